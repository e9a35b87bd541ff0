"""The words that say when something is due, and the words that do not."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.deadlines import find_due, find_limits, impossible_dates, read_deadline

YEAR = 2019

DAYS = [
    # a cell of the deadline column, its kind, the day it falls on
    ("2019年6月", "month", "2019-06-30"),
    ("6月", "month", "2019-06-30"),
    ("6月份", "month", "2019-06-30"),
    ("2019.6", "month", "2019-06-30"),
    ("2019/6", "month", "2019-06-30"),
    ("2019-06", "month", "2019-06-30"),
    ("２０１９年６月", "month", "2019-06-30"),
    ("2019 年 6 月", "month", "2019-06-30"),
    ("2019年6\n月", "month", "2019-06-30"),
    ("二〇一九年六月", "month", "2019-06-30"),
    ("二○一九年六月", "month", "2019-06-30"),
    ("十二月", "month", "2019-12-31"),
    ("2019年1-12月", "month", "2019-12-31"),
    ("6-11月", "month", "2019-11-30"),
    ("2019年6月至11月", "month", "2019-11-30"),
    ("2019年6月—2019年11月", "month", "2019-11-30"),
    ("2019年11月至次年1月", "month", "2020-01-31"),
    ("2019年11月底前", "date", "2019-11-30"),
    ("2019年11月底前完成", "date", "2019-11-30"),
    ("11月底前", "date", "2019-11-30"),
    ("11月末", "date", "2019-11-30"),
    ("6月底", "date", "2019-06-30"),
    ("2月底前", "date", "2019-02-28"),
    ("2020年2月底前", "date", "2020-02-29"),
    ("6月30日前", "date", "2019-06-30"),
    ("6月30日之前", "date", "2019-06-30"),
    ("6月30日以前", "date", "2019-06-30"),
    ("6月30日", "date", "2019-06-30"),
    ("6月30号前", "date", "2019-06-30"),
    ("六月三十日前", "date", "2019-06-30"),
    ("2019年12月31日24时前", "date", "2019-12-31"),
    ("2019年6月10日下午5点前", "date", "2019-06-10"),
    ("6月20日17:30前", "date", "2019-06-20"),
    ("2019-11-30", "date", "2019-11-30"),
    ("2019.11.30前", "date", "2019-11-30"),
    ("2019/11/30", "date", "2019-11-30"),
    ("6月上旬", "date", "2019-06-10"),
    ("6月中旬", "date", "2019-06-20"),
    ("6月下旬", "date", "2019-06-30"),
    ("6月前", "date", "2019-06-30"),
    ("2019年底", "date", "2019-12-31"),
    ("2019年底前", "date", "2019-12-31"),
    ("2019年年底前", "date", "2019-12-31"),
    ("2019年末", "date", "2019-12-31"),
    ("年底", "date", "2019-12-31"),
    ("年底前", "date", "2019-12-31"),
    ("年末", "date", "2019-12-31"),
    ("年内", "date", "2019-12-31"),
    ("年内完成", "date", "2019-12-31"),
    ("2019年内", "date", "2019-12-31"),
    ("今年年底", "date", "2019-12-31"),
    ("本年度内", "date", "2019-12-31"),
    ("2020年底前", "date", "2020-12-31"),
    ("次年1月底前", "date", "2020-01-31"),
    ("明年3月底前", "date", "2020-03-31"),
    ("上半年", "date", "2019-06-30"),
    ("上半年前", "date", "2019-06-30"),
    ("上半年底", "date", "2019-06-30"),
    ("2020年上半年", "date", "2020-06-30"),
    ("下半年", "date", "2019-12-31"),
    ("年中", "date", "2019-06-30"),
    ("第一季度", "date", "2019-03-31"),
    ("一季度", "date", "2019-03-31"),
    ("2019年第四季度", "date", "2019-12-31"),
    ("三季度末", "date", "2019-09-30"),
    ("6月1日至6月30日", "date", "2019-06-30"),
    ("6月1日-30日", "date", "2019-06-30"),
    ("2019年6月启动，11月底前完成", "date", "2019-11-30"),
    ("及时公开，2019年11月底前", "date", "2019-11-30"),
    ("2019年11月底前，长期坚持", "date", "2019-11-30"),
    ("2019年11月底前完成，每季度通报", "date", "2019-11-30"),
    ("完成时限：2019年11月底前", "date", "2019-11-30"),
    ("完成时间:6月底", "date", "2019-06-30"),
    ("办结期限：11月30日前", "date", "2019-11-30"),
    ("2019年", "year", "2019-12-31"),
    ("2019年度", "year", "2019-12-31"),
    ("2020年", "year", "2020-12-31"),
    ("全年", "year", "2019-12-31"),
    ("全年工作", "year", "2019-12-31"),
    ("2019年全年", "year", "2019-12-31"),
    ("今年", "year", "2019-12-31"),
    ("本年度", "year", "2019-12-31"),
    ("2019-2021年", "year", "2021-12-31"),
    ("2019年至2021年", "year", "2021-12-31"),
]


@pytest.mark.parametrize(("cell", "kind", "on"), DAYS)
def test_a_cell_that_names_a_day(cell, kind, on):
    due = read_deadline(cell, year=YEAR)
    assert (due.kind, due.on, due.dates) == (kind, on, ())


SEVERAL = [
    ("6月底前、11月底前", ("2019-06-30", "2019-11-30")),
    ("2019年6月、11月", ("2019-06-30", "2019-11-30")),
    ("6月30日和12月31日前", ("2019-06-30", "2019-12-31")),
    ("一季度、三季度末", ("2019-03-31", "2019-09-30")),
    ("2020年6月、11月底前", ("2020-06-30", "2020-11-30")),
    ("11月底前、次年1月底前", ("2019-11-30", "2020-01-31")),
    ("3月、6月、9月、12月底前", ("2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31")),
]


@pytest.mark.parametrize(("cell", "days"), SEVERAL)
def test_a_cell_that_names_several_days_is_due_on_the_last(cell, days):
    due = read_deadline(cell, year=YEAR)
    assert (due.dates, due.on) == (days, days[-1])


CADENCES = [
    ("每月", "monthly", None, None),
    ("每个月", "monthly", None, None),
    ("按月", "monthly", None, None),
    ("逐月", "monthly", None, None),
    ("每月5日前", "monthly", 5, None),
    ("每月28日前报送", "monthly", 28, None),
    ("每月底", "monthly", 31, None),
    ("每月月底前", "monthly", 31, None),
    ("每月中旬", "monthly", 20, None),
    ("每月最后一个工作日", "monthly", 31, None),
    ("次月10日前", "monthly", 10, None),
    ("月底前", "monthly", 31, None),
    ("每季度", "quarterly", None, None),
    ("每季", "quarterly", None, None),
    ("每个季度", "quarterly", None, None),
    ("按季度", "quarterly", None, None),
    ("按季度推进", "quarterly", None, None),
    ("每季度末", "quarterly", None, None),
    ("季度末", "quarterly", None, None),
    ("每季度至少1次", "quarterly", None, None),
    ("每三个月", "quarterly", None, None),
    ("2019年，每季度", "quarterly", None, None),
    ("每半年", "half-yearly", None, None),
    ("半年一次", "half-yearly", None, None),
    ("每六个月", "half-yearly", None, None),
    ("每年", "yearly", None, 1),
    ("年度", "yearly", None, 1),
    ("每年一次", "yearly", None, 1),
    ("一年一次", "yearly", None, 1),
    ("每年不少于1次", "yearly", None, 1),
    ("每年至少听取1次", "yearly", None, 1),
    ("每年至少两次", "yearly", None, 2),
    ("每年2次以上", "yearly", None, 2),
    ("全年不少于4次", "yearly", None, 4),
    ("一年不少于十二次", "yearly", None, 12),
    ("每两个月一次", "yearly", None, 6),
    ("每年3月31日前", "yearly", None, 1),
    ("每年3月、9月", "yearly", None, 2),
]


@pytest.mark.parametrize(("cell", "kind", "day", "times"), CADENCES)
def test_a_cell_that_names_a_cadence(cell, kind, day, times):
    due = read_deadline(cell, year=YEAR)
    assert (due.kind, due.day, due.n, due.on) == (kind, day, times, None)


WITHIN = [
    ("20个工作日内", 20, "workday"),
    ("收到之日起20个工作日内", 20, "workday"),
    ("自收到申请之日起二十个工作日内答复", 20, "workday"),
    ("印发后3日内", 3, "day"),
    ("印发之日起三日内", 3, "day"),
    ("十五日之内", 15, "day"),
    ("一周内", 1, "week"),
    ("两周以内", 2, "week"),
    ("一个月内", 1, "month"),
    ("3个月内", 3, "month"),
    ("半个月内", 15, "day"),
    ("半年内", 6, "month"),
    ("一年内", 12, "month"),
    ("24小时内", 24, "hour"),
    ("不超过5个工作日", 5, "workday"),
    ("20个工作日", 20, "workday"),
    ("24小时", 24, "hour"),
]


@pytest.mark.parametrize(("cell", "n", "unit"), WITHIN)
def test_a_cell_that_counts_from_a_trigger(cell, n, unit):
    due = read_deadline(cell, year=YEAR)
    assert (due.kind, due.n, due.unit, due.on) == ("within", n, unit, None)


WORDS = [
    ("及时公开", "promptly"),
    ("及时", "promptly"),
    ("即时", "promptly"),
    ("第一时间", "promptly"),
    ("随时", "promptly"),
    ("立即", "promptly"),
    ("立行立改", "promptly"),
    ("2019年及时公开", "promptly"),
    ("及时更新，持续推进", "promptly"),
    ("常态化", "standing"),
    ("常态化工作", "standing"),
    ("长期", "standing"),
    ("长期坚持", "standing"),
    ("持续推进", "standing"),
    ("贯穿全年", "standing"),
    ("2019年全年持续推进", "standing"),
    ("经常性工作", "standing"),
    ("日常工作", "standing"),
    ("每周", "standing"),
    ("按市里统一安排完成", "superior"),
    ("按市统一安排完成", "superior"),
    ("按省里时间节点完成", "superior"),
    ("按上级要求", "superior"),
    ("根据上级部署", "superior"),
    ("按照省政府统一部署推进", "superior"),
    ("以上级通知为准", "superior"),
    ("按国家有关要求及时完成", "superior"),
    ("与省同步", "superior"),
]


@pytest.mark.parametrize(("cell", "kind"), WORDS)
def test_a_cell_without_a_day(cell, kind):
    due = read_deadline(cell, year=YEAR)
    assert (due.kind, due.text) == (kind, cell)


@pytest.mark.parametrize(
    "cell",
    [
        "", " ", "—", "-", "/", "无", "\n", "按计划推进", "按时完成", "见附件", "适时",
        "2019年6月起", "2019年以来", "待定", "一、", "12345", "局办公室",
        "2月30日前", "2019年13月", "6月31日", "2019年2月29日前", "11月底前、2月30日前",
    ],
)  # fmt: skip
def test_a_cell_that_names_no_time_or_none_that_can_be(cell):
    assert read_deadline(cell, year=YEAR) is None


@pytest.mark.parametrize(
    "cell", ["11月底前", "年底前", "6月", "上半年", "今年底", "全年", "次年1月"]
)
def test_a_year_that_nobody_gives_is_not_guessed(cell):
    assert read_deadline(cell, year=None) is None


def test_a_year_of_its_own_needs_no_other():
    assert read_deadline("2020年11月底前", year=None).on == "2020-11-30"
    assert read_deadline("2020年6月、11月", year=None).dates == ("2020-06-30", "2020-11-30")
    assert read_deadline("2018年底", year=2019).on == "2018-12-31"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2月30日前完成", ["2月30日前"]),
        ("于2019年13月完成", ["2019年13月"]),
        ("6月31日、11月31日前", ["6月31日", "11月31日前"]),
        ("2019年2月29日前", ["2019年2月29日前"]),
        ("2月29日前", []),
        ("2020年2月29日前", []),
        ("2019年11月底前", []),
    ],
)
def test_dates_that_no_calendar_has_are_told(text, words):
    assert impossible_dates(text) == words


RUNNING = [
    ("推进网站集约化工作，持续提升服务水平，年底前全面完成网站集约化任务。", "date", "2019-12-31"),
    ("接受社会监督，2019年底实现“双随机、一公开”覆盖率100%。", "date", "2019-12-31"),
    ("力争2019年年底前，门户网站全部迁移至集约化平台。", "date", "2019-12-31"),
    ("及时梳理编制并在2019年年底前，推动各类信息同源发布。", "date", "2019-12-31"),
    ("到2023年底，公开机制趋于完善。", "date", "2023-12-31"),
    ("到2020年，基本建成标准体系。", "year", "2020-12-31"),
    ("各科室务于6月3日前报送方案。", "date", "2019-06-03"),
    ("6月份完成清理。", "month", "2019-06-30"),
    ("力争今年底实现全覆盖。", "date", "2019-12-31"),
    ("上半年完成制度修订。", "date", "2019-06-30"),
    ("第一季度完成上年度报告的编制。", "date", "2019-03-31"),
    ("2019年内完成。", "date", "2019-12-31"),
    ("于次年1月31日前报送。", "date", "2020-01-31"),
    ("按照省政府统一部署，2019年10月底前完成整合。", "date", "2019-10-31"),
    ("为了方便群众，年底前开通网上预约。", "date", "2019-12-31"),
    ("每个季度向档案馆提供主动公开政府信息原始文本。", "quarterly", None),
    ("按季度发布人力资源市场供求分析。", "quarterly", None),
    ("至少每季度通报一次抽查情况。", "quarterly", None),
    ("各科室要于每月28日前将进展情况报办公室。", "monthly", None),
    ("按月公开财政收支情况。", "monthly", None),
    ("每半年对网站信息进行一次全面检查。", "half-yearly", None),
    ("带头解读政策，主动引导预期，每年解读重要政策措施不少于1次。", "yearly", None),
    ("主要负责人每年至少听取1次汇报、协调解决问题。", "yearly", None),
    ("年度报告于每年1月31日前向社会公布。", "yearly", None),
    ("在信息形成或者变更之日起20个工作日内予以公开。", "within", None),
    ("政策文件公布后3个工作日内，发布解读材料。", "within", None),
    ("网站迁移按省里时间节点完成。", "superior", None),
]


@pytest.mark.parametrize(("sentence", "kind", "on"), RUNNING)
def test_a_sentence_with_a_deadline(sentence, kind, on):
    due = find_due(sentence, year=YEAR)
    assert (due.kind, due.on) == (kind, on)


@pytest.mark.parametrize(
    "sentence",
    [
        "并于2019年5月14日报请县人民政府常务会议审议通过。",
        "答复于2019年10月底前完成发布，及时回应了社会关切。",
        "2019年底前已完成全部清理。",
        "已于2019年6月底前全部公开。",
        "截至2019年6月底，共办结申请20件。",
        "对我委2010年以来的文件开展重新审查。",
        "自2019年5月15日起施行。",
        "调整2021-2022年输配电价。",
        "围绕2019年市政府工作报告，加大公开力度。",
        "2019年，我局未接到申请。",
        "纳入2019年度绩效考核。",
        "并在年终考核时扣减分值。",
        "工作有部署、实施有检查、年终有考核。",
        "年底考核时一并检查。",
        "明确每季度的形象进度。",
        "近三年内未发生事故。",
        "在5小时内发布权威信息，在24小时内举行新闻发布会。",
        "根据市委、市政府统一部署，积极推进各项工作。",
        "按要求公开预决算。",
        "定期听取汇报、研究解决重大问题。",
        "及时回应群众关切，持续推进公开。",
        "政策执行过程中，要持续开展解读。",
        "全年10次党组会议议决事项41项。",
        "贯彻落实2019年4月3日公布的新条例。",
        "依据2019年6月印发的方案。",
        "",
    ],
)
def test_a_sentence_without_a_deadline(sentence):
    assert find_due(sentence, year=YEAR) is None


WEAK = [
    ("及时公开权力清单、责任清单", "promptly"),
    ("及时更新主动公开目录。", "promptly"),
    ("第一时间转发上级重大信息", "promptly"),
    ("持续开展“减证便民”行动", "standing"),
    ("常态化开展网站巡查", "standing"),
]


@pytest.mark.parametrize(("sentence", "kind"), WEAK)
def test_prompt_and_standing_count_only_where_they_are_asked_for(sentence, kind):
    assert find_due(sentence, year=YEAR) is None
    assert find_due(sentence, year=YEAR, weak=True).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "坚持做好常态化疫情防控。",
        "完善政务公开常态化督导体系。",
        "坚持公开为常态、不公开为例外。",
        "及时回应群众关切。完善制度。",
        "加强研判，" * 30 + "及时公开信息。",
    ],
)
def test_prompt_in_a_longer_text_is_no_deadline(text):
    assert find_due(text, year=YEAR, weak=True) is None


def test_days_of_a_running_sentence_that_belong_together():
    due = find_due("6月30日和12月31日前报送总结。", year=YEAR)
    assert due.dates == ("2019-06-30", "2019-12-31")
    due = find_due("每年3月、9月各开展一次自查。", year=YEAR)
    assert (due.kind, due.n) == ("yearly", 2)
    due = find_due("6月底前完成初稿，8月底前征求意见，11月底前印发。", year=YEAR)
    assert due.dates == ("2019-06-30", "2019-08-31", "2019-11-30")


LIMITS = [
    ("在5小时内发布权威信息", [(5, "hour")]),
    ("在24小时内举行新闻发布会", [(24, "hour")]),
    ("对其他政务舆情在48小时内予以回应", [(48, "hour")]),
    ("在门户网站进行5个工作日的过程公示", [(5, "workday")]),
    ("办理时限在10个工作日以内", [(10, "workday")]),
    ("三个工作日内答复", [(3, "workday")]),
    ("十五日之内办结", [(15, "day")]),
    ("15日内办结", [(15, "day")]),
    ("两小时内上报", [(2, "hour")]),
    ("一周内反馈", [(1, "week")]),
    ("半个月内整改", [(15, "day")]),
    ("一个月内整改到位", [(1, "month")]),
    ("延长答复的期限最长不得超过20个工作日", [(20, "workday")]),
    ("公示时间不少于7天", [(7, "day")]),
    ("征求意见期限不少于30日", [(30, "day")]),
    ("公告期为5个工作日", [(5, "workday")]),
    ("受理5个工作日内告知、20个工作日内答复", [(5, "workday"), (20, "workday")]),
    ("6月15日内完成", []),
    ("2019年内完成", []),
    ("近三年内无事故", []),
    ("由原来的322个工作日压缩至230个工作日", []),
    ("办理时限均已压缩至10个工作日以内", []),
    ("每年不少于1次", []),
    ("加强国内外交流", []),
    ("第一时间回应", []),
]


@pytest.mark.parametrize(("text", "limits"), LIMITS)
def test_limits_in_running_text(text, limits):
    assert [(limit.n, limit.unit) for limit in find_limits(text)] == limits


def test_a_limit_carries_its_phrase():
    text = "对重大突发事件的政务舆情,在5小时内发布权威信息,在24小时内举行新闻发布会,其他。"
    assert [limit.text for limit in find_limits(text)] == [
        "在5小时内发布权威信息",
        "在24小时内举行新闻发布会",
    ]


CHINESE = "零一二三四五六七八九十"


def spelled(number: int) -> str:
    if number <= 10:
        return CHINESE[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["", "前", "之前", "以前"]))
def test_every_day_is_read_back(day, tail):
    plain = f"{day.year}年{day.month}月{day.day}日{tail}"
    digits = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    for text in (
        plain,
        full_width(plain),
        f"{day.year} 年 {day.month} 月 {day.day} 日{tail}",
        f"{digits}年{spelled(day.month)}月{spelled(day.day)}日{tail}",
        f"{day.isoformat()}{tail}",
        f"{day.year}.{day.month}.{day.day}{tail}",
    ):
        due = read_deadline(text, year=2050)
        assert (due.kind, due.on) == ("date", day.isoformat())
    assert read_deadline(f"{day.month}月{day.day}日{tail}", year=day.year).on == day.isoformat()


@given(st.integers(2000, 2099), st.integers(1, 12), st.sampled_from(["底", "底前", "末前", "下旬"]))
def test_every_end_of_month_is_read_back(year, month, tail):
    last = date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    assert read_deadline(f"{month}月{tail}", year=year).on == last
    assert read_deadline(f"{year}年{spelled(month)}月{tail}", year=None).on == last
    assert find_due(f"各科室{month}月{tail}完成整改。", year=year).on == last


@given(st.integers(1, 99), st.sampled_from(["小时", "个工作日", "日", "天", "周", "个月"]))
def test_every_limit_is_read_back(n, unit):
    units = {
        "小时": "hour",
        "个工作日": "workday",
        "日": "day",
        "天": "day",
        "周": "week",
        "个月": "month",
    }
    for number in (str(n), spelled(n)):
        limit = find_limits(f"接到申请后{number}{unit}内办结。")
        assert [(x.n, x.unit) for x in limit] == [(n, units[unit])]


@given(
    st.integers(1, 99),
    st.sampled_from(["每年不少于{}次", "每年至少听取{}次汇报", "全年不少于{}次"]),
)
def test_every_yearly_cadence_is_read_back(n, form):
    for number in (str(n), spelled(n)):
        due = find_due(form.format(number), year=YEAR)
        assert (due.kind, due.n) == ("yearly", n)


PIECES = (
    "年月日底前内末0123456789一二十〇每季度半年工作小时个周上下中旬至到、，。（）()以之起后及时长期"
    "按省市安排完成已了由 \n２９"
)


@given(st.one_of(st.text(max_size=60), st.text(alphabet=PIECES, max_size=60)))
def test_nothing_makes_it_stumble(text):
    for year in (None, YEAR):
        due = read_deadline(text, year=year)
        assert due is None or due.on is None or date.fromisoformat(due.on)
        find_due(text, year=year, weak=True)
    find_limits(text)
    impossible_dates(text)

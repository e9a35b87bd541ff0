"""The HTML of each component."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import engines

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.ui.gallery import specimens
from gongkai.ui.parts import Act, Card, Fact, Mark, Need, Pile, Sign, Status, Stripe

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _in_2026():
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)):
        yield


def show(source: str, **context: object) -> str:
    html = engines["django"].from_string(source).render(context)
    return re.sub(r"\s+", " ", html).strip()


def test_light_says_shape_word_day_and_rule():
    html = show("{% light 'amber' '将到期' '不足5个工作日。' due %}", due=date(2026, 3, 18))
    assert 'class="light light-amber"' in html
    assert "<svg" in html
    assert 'aria-label="将到期，2026年3月18日到期。不足5个工作日。"' in html
    assert 'tabindex="0"' in html
    assert '<time datetime="2026-03-18">3月18日 周三</time>' in html
    assert '<span class="light-rule">不足5个工作日。</span>' in html


def test_plain_light_shows_its_rule_and_takes_no_focus():
    html = show("{% sign s plain=True %}", s=Sign("late", "逾期2天", "已过期。"))
    assert "light-plain" in html
    assert "tabindex" not in html
    assert "已过期。" in html


def test_each_light_has_a_shape_of_its_own():
    shapes = {}
    for code in ("red", "amber", "green", "blue", "grey", "met", "late", "cancelled"):
        html = show("{% light code 'x' %}", code=code)
        shapes[code] = re.search(r"<svg.*?>(.*)</svg>", html)[1]
    assert len(set(shapes.values())) == len(shapes)


def test_text_is_escaped_everywhere():
    evil = "<b onclick=x>"
    for source in (
        "{% light 'red' e e %}",
        "{% status e %}",
        "{% message e 'note' e %}",
        "{% empty e e %}",
        "{% page_header e eyebrow=e note=e %}",
        "{% facts f %}",
        "{% marked e m %}",
        "{% needs n %}",
        "{% table e h r %}",
    ):
        html = show(
            source,
            e=evil,
            f=[Fact(evil, evil, note=evil)],
            m=[Mark(0, 3, "k")],
            n=[Need(evil, "/", Sign("red", evil), evil, evil)],
            h=[evil],
            r=[[evil]],
        )
        assert "<b" not in html.replace("<body", "")
        assert "&lt;b" in html or "&lt;" in html


def test_page_header_leads_back():
    html = show(
        "{% page_header '第8项' crumbs=c status='执行中' tone='good' %}",
        c=[("看板", "/b/"), ("这里", "")],
    )
    assert '<nav class="crumbs" aria-label="所在位置">' in html
    assert '<a href="/b/">看板</a>' in html
    assert "<span>这里</span>" in html
    assert "<h1>第8项" in html
    assert 'class="status status-good"' in html


def test_refused_action_keeps_its_place_and_says_why():
    act = Act("确认", "/x/", refusals=[Refusal("a.b", "还没有依据。请先上传。")])
    html = show("{% action a %}", a=act)
    assert 'aria-disabled="true"' in html
    assert "还没有依据。请先上传。" in html
    assert "<form" not in html
    assert "<button" not in html


def test_allowed_action_posts_with_what_it_carries():
    html = show("{% action a %}", a=Act("确认", "/x/", hidden={"version": 3}), csrf_token="t")
    assert '<form class="action" method="post" action="/x/">' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert '<input type="hidden" name="version" value="3">' in html


def test_action_with_a_form_opens_first_and_stays_open_after_an_error():
    act = Act("退回", "/x/", form=specimens.ReasonForm())
    assert '<details class="action opener">' in show("{% action a %}", a=act)
    wrong = Act("退回", "/x/", form=specimens.ReasonForm({"reason": ""}))
    html = show("{% action a %}", a=wrong)
    assert '<details class="action opener" open>' in html
    assert "field-wrong" in html


def test_link_action_has_no_token():
    html = show("{% action a %}", a=Act("看", "/x/", method="get"), csrf_token="t")
    assert '<a class="button button-plain" href="/x/">看</a>' in html
    assert "csrf" not in html


def test_actions_put_what_may_be_done_first():
    html = show("{% actions a %}", a=list(reversed(specimens.acts())))
    assert html.index("报送完成") < html.index("现在还不能做") < html.index("延长时限")
    assert "现在没有需要您做的" in show("{% actions a %}", a=[])


def test_field_joins_label_help_and_error():
    form = specimens.SampleForm({"title": ""})
    html = show("{% field f.title %}", f=form)
    assert '<label for="id_title">任务内容</label>' in html
    assert 'aria-describedby="id_title_help id_title_error"' in html
    assert 'id="id_title_help"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_field_says_so_and_required_does_not():
    form = specimens.SampleForm()
    assert "选填" in show("{% field f.note %}", f=form)
    assert "选填" not in show("{% field f.title %}", f=form)


def test_days_are_picked_in_the_browsers_calendar():
    class Day(forms.Form):
        on = forms.DateField(label="日期")

    html = show("{% field f.on %}", f=Day(initial={"on": date(2026, 3, 18)}))
    assert 'type="date"' in html
    assert 'value="2026-03-18"' in html
    assert Day({"on": "2026-03-18"}).is_valid()


def test_radios_are_a_group_with_a_legend():
    html = show("{% field f.kind %}", f=specimens.SampleForm())
    assert "<fieldset" in html
    assert "<legend>时限" in html


def test_form_says_errors_of_the_whole_first():
    class Both(forms.Form):
        a = forms.CharField(label="甲", required=False)

        def clean(self):
            raise forms.ValidationError("二者取一。")

    html = show("{% form_fields f %}", f=Both({"a": "1"}))
    assert html.index("二者取一。") < html.index("甲")


def test_facts_show_values_as_a_reader_expects():
    html = show(
        "{% facts f %}",
        f=[
            ("日期", date(2026, 3, 18)),
            ("数", 1284),
            ("无", None),
            ("是否", True),
            ("科", ["甲", "乙"]),
        ],
    )
    for said in ("2026年3月18日", "1,284", "—", "是", "甲、乙"):
        assert f"<dd>{said}</dd>" in html


def test_timeline_shows_facts_that_have_a_word():
    event = specimens.Happened(
        "延长",
        datetime(2026, 3, 11, 16, 20, tzinfo=SHANGHAI),
        "陈静",
        {"days": 10, "due_on": "2026-04-27", "secret_key": "x"},
    )
    html = show("{% timeline e %}", e=[event])
    assert "2026年3月11日 16:20" in html
    assert "<span>到期</span>2026年4月27日" in html
    assert "secret_key" not in html
    assert ">x<" not in html


def test_table_aligns_numbers():
    html = show("{% table '表' h r numbers='2' %}", h=["科室", "数"], r=[["甲", 1200]])
    assert '<td role="cell" class="number" data-label="数">1,200</td>' in html
    assert "<caption>表</caption>" in html


def test_needs_have_one_button_each():
    html = show("{% needs n %}", n=specimens.needs())
    assert html.count('class="button"') == len(specimens.needs())


def test_board_counts_and_leads_on():
    pile = Pile("科技科", [Card("任务", "/t/", Sign("red", "今天到期"))], 28, "/u/", "/all/")
    html = show("{% board p %}", p=[pile])
    assert '<a href="/u/">科技科</a>' in html
    assert ">28<" in html
    assert 'href="/all/"' in html


def test_bar_is_said_in_words():
    html = show("{% bar s '科技科' %}", s=[Stripe("late", "逾期", 2), ("green", "正常", 6)])
    assert 'aria-label="科技科：逾期2，正常6"' in html
    assert html.count("<rect") == 2


def test_progress_polls_until_it_is_done():
    html = show("{% progress '/p/' '读取' 1 4 %}")
    assert 'hx-get="/p/"' in html
    assert 'value="25"' in html
    assert "hx-get" not in show("{% progress '/p/' '读取' 4 4 True %}")


def test_progress_of_unknown_length_has_no_value():
    assert "value=" not in show("{% progress '/p/' '排队' %}")


def test_month_puts_days_under_their_weekday():
    html = show("{% month m today=t %}", m=specimens.month(), t=date(2026, 10, 15))
    first_week = re.search(r"<tbody><tr>(.*?)</tr>", html)[1]
    assert first_week.count('class="other"') == 3  # 1 October 2026 is a Thursday
    assert html.count('aria-current="date"') == 1


def test_marked_text_is_the_text_itself():
    html = show("{% marked s m %}", s=specimens.SOURCE, m=specimens.marks())
    bare = re.sub(r"<[^>]*>", "", html)
    assert bare == re.sub(r"\s+", " ", specimens.SOURCE)
    assert 'id="source-task-8"' in html
    assert 'data-keys="task-8 task-8-due "' in html


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 3, 18), "2026年3月18日"),
        ("2026-03-18", "2026年3月18日"),
        ("3项", "3项"),
        (0, "0"),
    ],
)
def test_said(value: object, said: str):
    assert show("{{ v|said }}", v=value) == said


def test_listing_page_shows_cells_by_kind():
    html = show("{% listing p %}", p=specimens.page())
    assert "共1,284条" in html
    assert 'aria-sort="ascending"' in html
    assert 'class="status status-good"' in html
    assert "导出XLSX" in html
    assert Status("x").tone == "plain"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 3, 18), "3月18日 周三"),
        (date(2019, 12, 31), "2019年12月31日"),
        (datetime(2026, 3, 18, 12, 5, tzinfo=SHANGHAI), "3月18日 周三 12:05"),
        (datetime(2026, 3, 18, 23, 59, 59, tzinfo=SHANGHAI), "3月18日 周三"),
        (None, ""),
    ],
)
def test_a_short_day_names_its_year_and_hour_where_they_matter(value, said: str):
    with clock.at(datetime(2026, 1, 5, tzinfo=SHANGHAI)):
        assert show("{{ v|short_day }}", v=value) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2026, 1, 5), "今天到期"), (date(2026, 1, 11), "还有6天"), (date(2026, 1, 3), "已过2天")],
)
def test_time_left(on: date, said: str):
    with clock.at(datetime(2026, 1, 5, 23, tzinfo=SHANGHAI)):
        assert show("{{ v|left }}", v=on) == said

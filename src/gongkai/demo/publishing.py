"""Information of the demo's bureau through the year: every kind and state, made by the actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.demo import columns, texts
from gongkai.demo.asking import ask_about, keep_words
from gongkai.demo.city import City
from gongkai.demo.standing import register
from gongkai.interpretations import api as interpretations
from gongkai.interpretations.api import Form, Missing, Stage
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications
from gongkai.publications.api import Attribute, Audience, Change, Edition, Kind

BUREAU = "清江市交通运输局"
DRAFTERS = {
    "科技科": "lintao",
    "办公室": "zhoumin",
    "法规科": "fangli",
    "基建科": "jiangbo",
    "运输科": "tangxue",
    "财务科": "guohai",
    "人事科": "luoqing",
    "公路中心": "mafei",
}
POLICIES = (
    (
        date(2026, 3, 24),
        "法规科",
        Kind.NORMATIVE,
        "清江市网络预约出租汽车经营服务管理实施细则",
        "清交规〔2026〕1号",
        date(2031, 3, 31),
    ),
    (
        date(2026, 5, 20),
        "运输科",
        Kind.POLICY,
        "关于加快公交优先发展的若干措施",
        "清交发〔2026〕15号",
        None,
    ),
    (
        date(2026, 7, 8),
        "法规科",
        Kind.NORMATIVE,
        "清江市农村公路养护管理办法",
        "清交规〔2026〕2号",
        date(2031, 7, 31),
    ),
    (
        date(2026, 10, 13),
        "法规科",
        Kind.NORMATIVE,
        "关于修改《清江市农村公路养护管理办法》的决定",
        "清交规〔2026〕3号",
        date(2031, 7, 31),
    ),
    (
        date(2026, 9, 16),
        "运输科",
        Kind.POLICY,
        "关于优化道路货运营商环境的通知",
        "清交发〔2026〕31号",
        None,
    ),
)
CLOSED: tuple[tuple[date, str, dict[str, Any]], ...] = (
    (
        date(2026, 4, 9),
        "关于科级干部任免事项的请示",
        {
            "attribute": Attribute.CLOSED,
            "ground": "internal",
            "reason": "属于人事管理方面的内部事务信息。",
        },
    ),
    (
        date(2026, 6, 11),
        "关于对某运输企业行政处罚案件的讨论记录",
        {"attribute": Attribute.CLOSED, "ground": "process", "reason": "属于讨论记录。"},
    ),
    (
        date(2026, 8, 13),
        "关于港口岸线使用申请材料的复函",
        {
            "attribute": Attribute.ON_REQUEST,
            "reason": "涉及企业经营情况，申请人需要时按规定提供。",
        },
    ),
)


def go_on(city: City, *, day: date, until: date) -> None:
    """Write, sign and publish what the days since the last call brought; at the end of the year
    work is left on the desk."""
    since = _last_told(day)
    if until - day > timedelta(days=6):
        for n in range(2 * day.toordinal(), 2 * day.toordinal() + 2):
            _publish(city, _routine(city, day, n))
    for on, section, kind, title, number, lapses in POLICIES:
        if since < on <= day:
            _policy(city, section, kind, title, number, lapses)
    if since < date(2026, 3, 10) <= day:
        column = publications.Column.objects.get(code="guide")
        how: dict[str, Any] = {"kind": Kind.INFORMATION, "column": column, "text": texts.GUIDE}
        _publish(city, _draft(city, "办公室", title=f"{BUREAU}政府信息公开指南", **how))
    for on, title, how in CLOSED:
        if since < on <= day:
            _file(city, _draft(city, "人事科", kind=Kind.DOCUMENT, title=title, **how), on)
    if since < until - timedelta(days=40) <= day:
        _mend(city)
    if since < until - timedelta(days=4) <= day:
        _leave_open(city)


def _last_told(day: date) -> date:
    """Return the day before this one of which the year tells: Tuesdays and Fridays."""
    return day - timedelta(days=4 if day.weekday() == 1 else 3)


def _routine(city: City, day: date, n: int) -> Edition:
    place = texts.PLACES[n % len(texts.PLACES)]
    section = list(DRAFTERS)[n % len(DRAFTERS)]
    kind, titles = (
        (Kind.ANNOUNCEMENT, texts.NOTICES)
        if n % 4 == 0
        else (Kind.INFORMATION, texts.FACTS)
        if n % 4 == 1
        else (Kind.NEWS, texts.NEWS)
    )
    title = titles[n % len(titles)].format(place=place, month=day.month)
    column = columns.column_for(city, title)
    audience = Audience.SYSTEM if n % 29 == 0 else Audience.PUBLIC
    return _draft(city, section, kind=kind, title=title, audience=audience, column=column)


def _draft(city: City, section: str, **how: Any) -> Edition:
    title = how.pop("title")
    usual: dict[str, Any] = {
        "title": title,
        "issuers": [BUREAU],
        "abstract": f"{title}。",
        "source": BUREAU,
        "text": f"<p>{title}。</p><p>具体情况由{section}解释，联系电话0771-5800000。</p>",
        "topic": "工业、交通",
        "formed_on": clock.today(),
    }
    what = publications.Draft(**{**usual, **how})
    return publications.draft(unit=city.units[section], actor=_drafter(city, section), what=what)


def _drafter(city: City, section: str) -> User:
    return city.people[DRAFTERS[section]]


def _again(edition: Edition) -> Edition:
    found = publications.edition_by_pk(edition.pk)
    if found is None:
        raise LookupError(edition.pk)
    return found


def _check(edition: Edition) -> Edition:
    """Ask for the checks and do what the worker would at once; the day's end finds them done."""
    edition = _again(edition)
    check = publications.ask_check(edition, actor=edition.saved_by, expected=edition.version)
    publications.run_check(check)
    return _again(edition)


def _send(edition: Edition) -> Edition:
    edition = _check(edition)
    publications.send(edition, actor=edition.saved_by, expected=edition.version)
    return _again(edition)


def _sign(edition: Edition, *, most: int = 9) -> Edition:
    """Let whoever is asked sign, one after the other, ``most`` steps at most."""
    edition = _send(edition)
    round_ = None
    for _ in range(most):
        round_ = approvals.newest_round(subject_key(edition))
        asked = approvals.asked_now(round_) if round_ else []
        if round_ is None or not asked or not asked[0][1]:
            break
        step, people = asked[0]
        approvals.sign(step, actor=people[0], digest=round_.digest, comment="同意。")
    if round_ is not None:
        publications.settle(approvals.round_by_key(subject_key(round_)) or round_)
    return _again(edition)


def _publish(city: City, edition: Edition) -> Edition:
    edition = _sign(edition)
    publications.publish(edition, actor=city.people["zhoumin"], expected=edition.version)
    return _again(edition)


def _file(city: City, edition: Edition, day: date) -> None:
    number = f"清交函〔{day.year}〕{day.timetuple().tm_yday}号"
    what = publications.Draft(
        **{
            **{name: getattr(edition, name) for name in ("title", "abstract", "source", "text")},
            "kind": Kind.DOCUMENT,
            "issuers": edition.issuers,
            "attribute": Attribute(edition.attribute),
            "ground": edition.ground,
            "reason": edition.reason,
            "formed_on": edition.formed_on,
            "document_number": number,
        }
    )
    edition = _again(edition)
    publications.save(edition, actor=edition.saved_by, what=what, expected=edition.version)
    edition = _sign(_again(edition))
    publications.file(edition, actor=city.people["zhoumin"], expected=edition.version)


def _policy(
    city: City, section: str, kind: Kind, title: str, number: str, lapses: date | None
) -> None:
    """Draft a policy with its plan and its material, sign both, bring them out together."""
    edition = _draft(
        city,
        section,
        kind=kind,
        title=title,
        document_number=number,
        column=columns.column_called(city, "政策文件"),
        effective_on=clock.today(),
        lapses_on=lapses,
        text=texts.POLICY.format(title=title),
    )
    _plan(city, section, edition)
    if kind is Kind.NORMATIVE:
        register(edition, _drafter(city, section))
    edition = _sign(edition)
    drafter = _drafter(city, section)
    material = interpretations.interpret(
        edition.item,
        actor=drafter,
        form=Form.CHART if kind is Kind.NORMATIVE else Form.QUESTIONS,
        stage=Stage.WITH,
        interpreter="李建华",
        is_head=kind is Kind.NORMATIVE,
    )
    written = publications.newest(material.item)
    what = publications.Draft(
        title=written.title,
        kind=Kind.INTERPRETATION,
        column=columns.column_called(city, "政策解读"),
        issuers=[BUREAU],
        abstract=f"{title}的背景、主要内容和新旧变化。",
        source=BUREAU,
        text=texts.MATERIAL.format(section=section),
        formed_on=clock.today(),
    )
    publications.save(written, actor=drafter, what=what, expected=written.version)
    _sign(_again(written))
    edition = _again(edition)
    publications.publish(edition, actor=city.people["zhoumin"], expected=edition.version)
    outbox.drain()


def _plan(city: City, section: str, edition: Edition) -> None:
    interpretations.set_plan(
        edition.item,
        actor=_drafter(city, section),
        outline="为什么制定、主要内容、对企业和群众有什么影响、与旧规定的不同。",
        forms=[Form.TEXT, Form.CHART],
        channels="门户网站、“清江交通”公众号",
        interpreter="李建华",
        is_head=True,
        expected=0,
    )


def _mend(city: City) -> None:
    """Revise one, correct one, withdraw two: one by mistake, one for privacy."""
    office = city.people["zhoumin"]
    rows = list(
        publications.published_to(None)
        .filter(item__kind=Kind.ANNOUNCEMENT)
        .select_related("item")
        .order_by("id")[:4]
    )
    for row, change, note in (
        (rows[0], Change.REVISION, "施工期延长，绕行路线相应调整。"),
        (rows[1], Change.CORRECTION, "原文中标单位名称漏一字，现予更正。"),
    ):
        new = publications.revise(
            row.item, actor=row.saved_by, change=change, expected=row.item.version
        )
        new = _again(new)
        what = publications.Draft(
            title=new.title,
            kind=Kind(new.item.kind),
            column=new.item.column,
            issuers=new.issuers,
            abstract=new.abstract,
            source=new.source,
            text=f"{new.text}<p>{note}</p>",
            change_note=note,
            formed_on=new.formed_on,
        )
        publications.save(new, actor=row.saved_by, what=what, expected=new.version)
        _publish(city, _again(new))
    for row, reason in ((rows[2], "duplicate"), (rows[3], "privacy")):
        edition = _again(row)
        publications.withdraw(
            edition,
            actor=office,
            reason=publications.WithdrawReason(reason),
            note="核实后撤回。",
            expected=edition.version,
        )


def _leave_open(city: City) -> None:
    """Leave on the desk what waits for somebody: a finding, a signature, a return, a button."""
    _check(
        _draft(
            city,
            "运输科",
            kind=Kind.ANNOUNCEMENT,
            title="关于西站停车场承包的公告",
            text="<p>有意者请于2026年11月31日前与张师傅联系，手机13800138000，其它单位不另行通知。</p>",
        )
    )
    _draft(city, "科技科", title="智慧交通平台建设情况", abstract="", source="", text="")
    policy = _draft(
        city,
        "法规科",
        kind=Kind.POLICY,
        title="关于规范停车收费的指导意见",
        document_number="清交发〔2026〕44号",
        text=texts.PARKING,
    )
    ask_about(city, _check(policy))
    keep_words(city)
    _send(_draft(city, "科技科", kind=Kind.NEWS, title="科技科组织信息安全演练"))
    _sign(_draft(city, "科技科", kind=Kind.ANNOUNCEMENT, title="电子客票系统升级公告"), most=1)
    _sign(_draft(city, "财务科", kind=Kind.NEWS, title="财务科开展年度预算编制培训"))
    returned = _send(_draft(city, "科技科", kind=Kind.NEWS, title="交通信号联网情况通报"))
    round_ = approvals.newest_round(subject_key(returned))
    if round_ is not None:
        step, people = approvals.asked_now(round_)[0]
        reason = "第二段的里程数与上月不一致，请核对。"
        publications.settle(
            approvals.return_to_drafter(step, actor=people[0], digest=round_.digest, reason=reason)
        )
    excepted = _draft(
        city,
        "法规科",
        kind=Kind.POLICY,
        title="关于暂停南岸港区夜间作业的通知",
        document_number="清交发〔2026〕45号",
    )
    for missing in Missing:
        interpretations.except_from(
            excepted.item,
            actor=city.people["lijianhua"],
            missing=missing,
            reason="台风红色预警，先发文后解读。",
        )
    excepted = _check(excepted)
    publications.send(
        excepted,
        actor=excepted.saved_by,
        expected=excepted.version,
        emergency=True,
        reason="台风红色预警，须当晚发布。",
    )
    round_ = approvals.newest_round(subject_key(excepted))
    if round_ is not None:
        step, people = approvals.asked_now(round_)[0]
        publications.settle(
            approvals.sign(step, actor=people[0], digest=round_.digest, comment="可以公开。")
        )
    excepted = _again(excepted)
    publications.publish(excepted, actor=city.people["zhoumin"], expected=excepted.version)
    outbox.drain()

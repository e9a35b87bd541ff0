"""A body's report on its year, written from its records; every figure knows what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from gongkai.reports.rules.material import Key, Material, TaskLine, Timed, keys
from gongkai.reports.rules.writing import Drafted, Writer, in_days, ordinal, sentence
from gongkai.reports.states import Measure, Section

_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节部分条、]*|[（(]?[一二三四五六七八九十\d]+[）)、.．])\s*"
)
_STANDS = {
    Measure.DONE: "已办结",
    Measure.READY: "已完成、待销号",
    Measure.GOING_ON: "正在推进",
}
_OCCASIONS: dict[str, tuple[Measure, Measure | None, str, str]] = {
    "hearing": (Measure.HEARINGS, None, "主要负责人听取汇报", "次"),
    "training": (Measure.TRAININGS, Measure.TRAINED, "举办培训", "期"),
    "public": (Measure.PUBLICITY, None, "开展宣传", "次"),
}
"""Kind of record → what it counts, how many took part, the words before and after."""

_SHORT = 60
"""So many characters of a task stand in its line; the whole is one click away."""


def draft(material: Material) -> list[Drafted]:
    """Write the whole report, passage by passage, in the order in which it is read."""
    passages = [_opening(material), _overall(material), *_works(material)]
    passages += [_ways(material), _problems(material), _next(material)]
    return [passage for passage in passages if passage.text]


def title_of(material: Material) -> str:
    """Return what such a report is called."""
    return f"{material.body}{material.year}年政务公开工作要点落实情况的报告"


def percent(part: int, whole: int) -> str:
    """Return a share as a report writes it: one digit after the point, none where it is whole."""
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share.normalize():f}%"


def _opening(material: Material) -> Drafted:
    out = Writer(Section.OPENING)
    cited = "、".join(
        f"《{one.title}》" + (f"（{one.number}）" if one.number else "") for one in material.sources
    ).replace("》、《", "》《")
    out.say(f"{material.year}年，{material.body}认真落实{cited}，共承担任务")
    out.count(Measure.TASKS, keys(material.tasks)).say("项，分解到")
    out.count(Measure.UNITS, material.units).say("个单位（科室）。截至")
    out.note(Measure.DAY, in_days(material.as_of), ()).say("，")
    _standing_of(out, material.tasks)
    return out.say("。现将落实情况报告如下：").passage()


def _standing_of(out: Writer, tasks: Iterable[TaskLine]) -> None:
    """Write how many of the tasks are done, done but not struck off, and under way."""
    tasks = list(tasks)
    stands = {
        Measure.DONE: keys(t for t in tasks if t.done_on),
        Measure.READY: keys(t for t in tasks if t.ready and not t.done_on),
        Measure.GOING_ON: keys(t for t in tasks if not t.done_on and not t.ready),
    }
    shown = [(measure, members) for measure, members in stands.items() if members]
    for n, (measure, members) in enumerate(shown or [(Measure.DONE, ())]):
        out.say("，" if n else "").say(_STANDS[measure]).count(measure, members).say("项")


def _overall(material: Material) -> Drafted:
    out = Writer(Section.OVERALL, "总体情况")
    if material.timed:
        _punctuality(out, material)
    if material.happenings:
        out.say("登记需要及时公开的事项").count(Measure.HAPPENINGS, material.happenings)
        out.say("件，每件单独计时。")
    if material.evidence:
        out.say("形成佐证材料").count(Measure.EVIDENCE, material.evidence)
        out.say("份，与任务逐项对应。")
    return out.passage()


def _punctuality(out: Writer, material: Material) -> None:
    on_time = keys(t for t in material.timed if t.closed_on and not t.late)
    late = keys(t for t in material.timed if t.closed_on and t.late)
    overdue = keys(material.overdue())
    out.say("截至").note(Measure.DAY, in_days(material.as_of), ()).say("，应当完成的时限事项")
    out.count(Measure.DUE, keys(material.timed)).say("件，其中按时完成")
    out.count(Measure.ON_TIME, on_time).say("件")
    if late:
        out.say("、逾期后完成").count(Measure.LATE, late).say("件")
    if overdue:
        out.say("、逾期未完成").count(Measure.OVERDUE, overdue).say("件")
    rate = percent(len(on_time), len(material.timed))
    out.say("，按时完成率").note(Measure.RATE, rate, on_time).say("。")


def _works(material: Material) -> Iterator[Drafted]:
    for part, tasks in _by_part(material.tasks).items():
        heading = _NUMBERED.sub("", part).strip() or "其他任务"
        out = Writer(Section.WORKS, heading).say("共")
        out.count(Measure.TASKS, keys(tasks)).say("项任务，")
        _standing_of(out, tasks)
        out.say("。")
        for n, task in enumerate(tasks, start=1):
            _task_line(out.say(f"\n{n}．"), task, material)
        yield out.passage()


def _by_part(tasks: Iterable[TaskLine]) -> dict[str, list[TaskLine]]:
    parts: dict[str, list[TaskLine]] = {}
    for task in tasks:
        parts.setdefault(task.part, []).append(task)
    return parts


def _task_line(out: Writer, task: TaskLine, material: Material) -> None:
    """Write one task: what it asks, who leads, how it stands, what was last said of it."""
    who = f"（{'、'.join(task.lead)}）" if task.lead else ""
    out.say(f"{_short(task.text)}{who}：")
    out.note(
        Measure.TASK, standing_words(task, material.as_of), (task.key,), key=f"task:{task.key}"
    )
    out.say("。")
    for said in task.said:
        if said.progress:
            out.say(sentence(said.progress))


def standing_words(task: TaskLine, as_of: date) -> str:
    """Return how a task stood on a day, in words."""
    if task.done_on:
        return f"已于{_day(task.done_on, as_of)}办结"
    if task.ready:
        return "已完成，待销号"
    if task.due_on and task.due_on < as_of:
        return f"应于{_day(task.due_on, as_of)}完成，已逾期"
    if task.due_on:
        return f"正在推进，下一个时限为{_day(task.due_on, as_of)}"
    return "长期坚持" if task.standing else "正在推进"


def _day(day: date, as_of: date) -> str:
    return in_days(day) if day.year == as_of.year else f"{day.year}年{in_days(day)}"


def _short(text: str) -> str:
    line = _NUMBERED.sub("", "".join(text.split())).rstrip("。；;")
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}……"


def _ways(material: Material) -> Drafted:
    out = Writer(Section.WAYS, "主要做法")
    units: dict[str, list[str]] = {}
    for way in material.ways:
        who = units.setdefault(sentence(way.text)[:-1], [])
        who += [way.unit] if way.unit not in who else []
    n = 0
    for n, (text, who) in enumerate(units.items(), start=1):
        out.say(f"{_newline(n)}{ordinal(n)}是{text}（{'、'.join(who)}）。")
    if any(held.kind in _OCCASIONS for held in material.held):
        _occasions(out.say(f"{_newline(n + 1)}{ordinal(n + 1)}是抓好组织和培训宣传。"), material)
    return out.passage()


def _occasions(out: Writer, material: Material) -> None:
    """Write how often was heard, trained and publicised, and how many took part."""
    for kind, (measure, heads, words, unit) in _OCCASIONS.items():
        held = [one for one in material.held if one.kind == kind]
        if not held:
            continue
        out.say(words).count(measure, [one.key for one in held]).say(unit)
        people = sum(one.count for one in held)
        if heads and people:
            out.say("、").note(heads, str(people), [one.key for one in held]).say("人次")
        out.say("。")


def _newline(n: int) -> str:
    return "\n" if n > 1 else ""


def _problems(material: Material) -> Drafted:
    out = Writer(Section.PROBLEMS, "存在问题")
    overdue = material.overdue()
    if overdue:
        out.say("一是有").count(Measure.OVERDUE, keys(overdue)).say("件时限事项逾期未完成，涉及")
        out.say(f"{_named(material, overdue)}。")
    problems = list(_said(material, "problems"))
    for n, line in enumerate(problems, start=2 if overdue else 1):
        out.say(f"{_newline(n)}{ordinal(n)}是{line}")
    return out.passage()


def _named(material: Material, timed: Iterable[Timed]) -> str:
    late: set[Key] = {one.task for one in timed}
    names = [f"“{_short(task.text)}”" for task in material.tasks if task.key in late]
    return "、".join(names)


def _next(material: Material) -> Drafted:
    out = Writer(Section.NEXT, "下一步打算")
    for n, line in enumerate(_said(material, "next_steps"), start=1):
        out.say(f"{_newline(n)}{ordinal(n)}是{line}")
    return out.passage()


def _said(material: Material, what: str) -> Iterator[str]:
    """Return what units wrote under this head, each sentence once, with the unit that wrote it."""
    seen: set[str] = set()
    for task in material.tasks:
        for said in task.said:
            line = sentence(getattr(said, what))
            if line and line not in seen:
                seen.add(line)
                yield f"{line[:-1]}（{said.unit}）。"

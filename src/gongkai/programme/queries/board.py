"""The board: tasks with their lights, grouped; counts come from the counters of duties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse

from gongkai.accounts.api import User, in_scope, scope_paths
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.programme import policies
from gongkai.programme.models import Programme, Task, TaskDuty
from gongkai.programme.rules import day_in_words

GROUPINGS = {"unit": "按单位", "person": "按责任人", "part": "按文件部分", "week": "按到期周"}
PART = "task_part__task__part"
"""The part of its document that a duty's task stands in."""

LAST = 10**9

CARDS_A_LANE = 6
"""So many cards show in a lane; the rest are one click away in the list."""

PRESSING = 8
"""So many late and so many slipping tasks stand above the lanes."""

MOST_PARTS = 12
"""So many timed parts of a task are read at most to show it once: months, units."""

LANES = 60
"""At most so many lanes; a larger body is seen unit by unit."""

WEEKS = 8


@dataclass(frozen=True)
class Card:
    """A duty as the board shows it: that of a task, or one that another field has opened."""

    duty: duties.Duty
    text: str
    url: str
    unit: str
    person: str
    row: int | None = None
    """The task's number in its document."""
    task_id: int | None = None

    @property
    def slot(self) -> str:
        """The period, or what set the clock going."""
        return self.duty.period

    @property
    def once(self) -> tuple[str, int]:
        """The same for all timed parts of one task, so that a lane shows it once."""
        return ("duty", self.duty.pk) if self.task_id is None else ("task", self.task_id)


@dataclass(frozen=True)
class Lane:
    """A group of cards: a unit, a person, a part or a week, with its counts by light."""

    title: str
    cards: tuple[Card, ...]
    more_url: str
    counts: dict[str, int] = field(default_factory=dict)
    """Light → number of duties, from the maintained counters; empty where there is no counter."""

    has_more: bool = False


@dataclass(frozen=True)
class Board:
    """All that the board page shows."""

    lanes: tuple[Lane, ...]
    needs: tuple[Card, ...]
    slipping: tuple[Card, ...]
    totals: dict[str, int]
    programmes: tuple[Programme, ...]
    programme_id: int | None
    unit: Unit | None


def visible_rows(user: User) -> QuerySet[duties.Duty]:
    """Return the duties of the user's scope, each with the task whose part it times, if one.

    The rows are the duties, so that the database finds and sorts them along the duties' own
    indexes, also among the many of one day (ADR 0094).
    """
    return _with_tasks(duties.narrowed(duties.visible_to(user), "owner", scope_paths(user)))


def _with_tasks(rows: QuerySet[duties.Duty]) -> QuerySet[duties.Duty]:
    return rows.select_related("task_part__task", "person", "owner")


def _open(rows: QuerySet[duties.Duty]) -> QuerySet[duties.Duty]:
    return rows.filter(closed_at=None).order_by("order_at", "id")


def card(duty: duties.Duty) -> Card:
    """Make a card of a duty; its task, owner and person have been read with it."""
    person = duty.person.full_name if duty.person else ""
    task = task_of(duty)
    if task is None:
        return Card(duty, duty.title, duty.url, duty.owner.name, person)
    url = reverse("programme:task", args=[task.pk])
    return Card(duty, task.text, url, duty.owner.name, person, task.row, task.pk)


def task_of(duty: duties.Duty) -> Task | None:
    """Return the task a part of which the duty times; None where another field opened it."""
    part = getattr(duty, "task_part", None)
    return part.task if isinstance(part, TaskDuty) else None


def number_of(duty: duties.Duty) -> str:
    """Say by what number a duty is known: its task's in the document, else its own."""
    task = task_of(duty)
    return f"第{task.row}项" if task else f"时限{duty.pk}号"


def board(
    user: User, *, by: str, programme_id: int | None = None, unit_id: int | None = None
) -> Board:
    """Gather the board for a user; the number of queries does not grow with the cards."""
    rows = visible_rows(user)
    if programme_id is not None:
        rows = rows.filter(task_part__task__programme=programme_id)
    unit = _units(user).filter(pk=unit_id).first() if unit_id else None
    if unit is not None:
        rows = rows.filter(owner__path__startswith=unit.path)
    counts = _counts(user, rows, programme_id, unit)
    lanes = {"unit": _by_unit, "person": _by_person, "part": _by_part, "week": _by_week}[by]
    return Board(
        lanes=tuple(lanes(user, rows, programme_id)),
        needs=_pressing(rows, duties.LATE_LIGHTS),
        slipping=_pressing(rows, duties.SOON_LIGHTS),
        totals=_totals(counts),
        programmes=tuple(policies.visible_programmes(user).order_by("-year", "-id")[:30]),
        programme_id=programme_id,
        unit=unit,
    )


def _pressing(rows: QuerySet[duties.Duty], lights: Iterable[duties.Light]) -> tuple[Card, ...]:
    """Return the most pressing tasks under these lights, each once with all its units."""
    found = _open(rows).filter(light__in=lights)[: PRESSING * MOST_PARTS]
    by_task: dict[object, list[Card]] = {}
    for duty in found:
        shown = card(duty)
        by_task.setdefault((shown.once, duty.light_rule), []).append(shown)
    return tuple(_joint_card(same) for same in list(by_task.values())[:PRESSING])


def _joint_card(same: Sequence[Card]) -> Card:
    units = list(dict.fromkeys(one.unit for one in same))
    named = units[0] if len(units) == 1 else f"{units[0]}等{len(units)}个单位"
    return replace(same[0], unit=named)


def _units(user: User) -> QuerySet[Unit]:
    return Unit.objects.filter(in_scope("path", user))


def _counts(
    user: User, rows: QuerySet[duties.Duty], programme_id: int | None, unit: Unit | None
) -> dict[int, dict[str, int]]:
    """Return unit → light → number: of one programme counted, of all from the counters."""
    if programme_id is None:
        return duties.counts_for([unit.path] if unit else scope_paths(user))
    found: dict[int, dict[str, int]] = {}
    lights = rows.order_by().values_list("owner", "light").annotate(n=Count("id"))
    for owner, light, n in lights:
        found.setdefault(owner, {})[light] = n
    return found


def _totals(counts: dict[int, dict[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for lights in counts.values():
        for light, n in lights.items():
            totals[light] = totals.get(light, 0) + n
    return totals


def unit_counts(user: User) -> dict[int, dict[str, int]]:
    """Return unit → light → number of duties, from the counters, for the user's scope."""
    return duties.counts_for(scope_paths(user))


def _by_unit(user: User, rows: QuerySet[duties.Duty], programme_id: int | None) -> Iterable[Lane]:
    counts = unit_counts(user) if programme_id is None else {}
    units = list(_with_duties(user, rows, programme_id)[:LANES])
    groups = _grouped(rows, "owner_id", [unit.pk for unit in units])
    for unit in units:
        more = tasks_url(programme_id, unit=unit.pk)
        if groups[unit.pk]:
            yield _lane(unit.name, groups[unit.pk], more, counts.get(unit.pk, {}))


def _with_duties(
    user: User, rows: QuerySet[duties.Duty], programme_id: int | None
) -> QuerySet[Unit]:
    """Return the units that get a lane; of all programmes together the counters name them."""
    if programme_id is not None:
        return Unit.objects.filter(pk__in=rows.order_by().values("owner")).order_by("pk")
    paths = scope_paths(user)
    counted = duties.counts_for(paths).keys() | duties.counts_for(paths, history=True).keys()
    return Unit.objects.filter(pk__in=counted).order_by("pk")


def _by_person(user: User, rows: QuerySet[duties.Duty], programme_id: int | None) -> Iterable[Lane]:
    people = rows.order_by("person").values_list("person", flat=True).distinct()
    for pk, cards in _grouped(rows, "person_id", list(people[:LANES])).items():
        title = cards[0].person if cards and pk else "还没有定人"
        yield _lane(title, cards, tasks_url(programme_id, person=pk or "none"), {})


def _by_part(user: User, rows: QuerySet[duties.Duty], programme_id: int | None) -> Iterable[Lane]:
    parts = rows.order_by(PART).values_list(PART, flat=True).distinct()[:LANES]
    groups = _grouped(rows, PART, list(parts))
    for part, cards in sorted(groups.items(), key=lambda kv: _row_of(kv[1])):
        title = "其他时限" if part is None else str(part) or "未分部分"
        yield _lane(title, cards, tasks_url(programme_id, part=part), {})


def _row_of(cards: Sequence[Card]) -> int:
    """Where in the document a lane begins; what stands in none comes last."""
    return next((card.row for card in cards if card.row is not None), LAST)


def _by_week(user: User, rows: QuerySet[duties.Duty], programme_id: int | None) -> Iterable[Lane]:
    monday = clock.today() - timedelta(days=clock.today().weekday())
    overdue = _by_day(rows).filter(due_on__lt=monday)
    late = [card(r) for r in overdue[: CARDS_A_LANE + 1]]
    if late:
        yield _lane("早已到期", late, tasks_url(programme_id, due="late"), {})
    for week in range(WEEKS):
        first = monday + timedelta(weeks=week)
        last = first + timedelta(days=6)
        due = _by_day(rows).filter(due_on__range=(first, last))[: CARDS_A_LANE + 1]
        title = _week_title(week, first, last)
        cards = [card(r) for r in due]
        yield _lane(title, cards, tasks_url(programme_id, due=first.isoformat()), {})


def _by_day(rows: QuerySet[duties.Duty]) -> QuerySet[duties.Duty]:
    """Return the open ones by their due day, which is the order of those that are due on a day."""
    return _open(rows).order_by("due_on", "id")


def _week_title(week: int, first: date, last: date) -> str:
    name = ("本周", "下周")[week] if week < 2 else f"{week}周后"
    return f"{name}（{first.month}月{first.day}日至{last.month}月{last.day}日）"


def _grouped(
    rows: QuerySet[duties.Duty], key: str, values: Sequence[object]
) -> dict[object, list[Card]]:
    """Read each group's first tasks; a task shows its most pressing part.

    Which they are is asked by key alone, a group at a time; the cards then are read together.
    """
    first = {value: _first_of(rows.filter(**{key: value})) for value in values}
    wanted = [pk for keys in first.values() for pk in keys]
    cards = {row.pk: card(row) for row in rows.order_by().filter(pk__in=wanted)}
    return {value: [cards[pk] for pk in keys] for value, keys in first.items()}


def _first_of(rows: QuerySet[duties.Duty]) -> list[int]:
    """Return the open ones, soonest first, then the last done where a lane has room for them.

    Two questions, because each can be answered along an index; the second is seldom asked.
    """
    most = CARDS_A_LANE * MOST_PARTS
    once: dict[int, int] = {}
    for task, pk in _open(rows).values_list("task_part__task", "pk")[:most]:
        once.setdefault(task or -pk, pk)
    if len(once) <= CARDS_A_LANE:
        last = rows.exclude(closed_at=None).order_by("-closed_on", "-id")
        for task, pk in last.values_list("task_part__task", "pk")[:most]:
            once.setdefault(task or -pk, pk)
    return list(once.values())[: CARDS_A_LANE + 1]


def _lane(title: str, cards: list[Card], more: str, counts: dict[str, int]) -> Lane:
    return Lane(title, tuple(cards[:CARDS_A_LANE]), more, counts, len(cards) > CARDS_A_LANE)


def tasks_url(programme_id: int | None = None, **filters: object) -> str:
    """The list of tasks, narrowed by the filters that are given."""
    words = {k: v for k, v in filters.items() if v not in ("", None)}
    if programme_id is not None:
        words["programme"] = programme_id
    return f"{reverse('programme:tasks')}?{urlencode(words)}"


def needs(user: User, *, limit: int = 50) -> list[Card]:
    """Return the units' open duties by time left; of a task's calm periods only the nearest."""
    if not (mine := list(policies.worked_paths(user))):
        return []
    rows = duties.Duty.objects.filter(policies.under(mine, "owner__path"))
    rows = duties.narrowed(rows, "owner", mine)
    burning = (duties.Light.RED, duties.Light.AMBER)
    nearest: dict[object, int] = {}
    seen = _open(rows).values_list("task_part__task", "owner", "light", "pk")
    for task, owner, light, pk in seen[: limit * MOST_PARTS]:
        calm = bool(task) and light not in burning
        nearest.setdefault((task, owner) if calm else pk, pk)
    chosen = list(nearest.values())[:limit]
    return [card(duty) for duty in _open(_with_tasks(rows).filter(pk__in=chosen))]


def board_url(programme: Programme) -> str:
    """The board showing one programme."""
    return f"{reverse('programme:board')}?programme={programme.pk}"


def task_count(programme: Programme) -> int:
    """Count the tasks in force; for the one message after binding."""
    return Task.objects.filter(programme=programme).exclude(state="revoked").count()


def due_in_words(row: Card) -> str:
    """Say when the card is due."""
    return day_in_words(row.duty.due_on.isoformat()) if row.duty.due_on else "时间待定"


def programmes(user: User) -> QuerySet[Programme]:
    """Return the programmes the user sees, newest first, as many as a choice can hold."""
    return policies.visible_programmes(user).order_by("-year", "-id")[:50]


def units_in_scope(user: User) -> QuerySet[Unit]:
    """Return the units whose tasks the user sees, as many as a choice can hold."""
    return _units(user).order_by("path")[:300]


def under_unit(rows: QuerySet[duties.Duty], value: str) -> QuerySet[duties.Duty]:
    """Keep the duties of a unit and of all below it."""
    unit = Unit.objects.filter(pk=value).first()
    return rows.filter(owner__path__startswith=unit.path) if unit else rows.none()


def by_work(rows: QuerySet[duties.Duty], value: str) -> QuerySet[duties.Duty]:
    """Keep what is still to be done ("open"), or what is over."""
    return rows.filter(closed_at__isnull=value == "open")


def people_in_scope(user: User) -> list[tuple[str, str]]:
    """Return the people who answer for duties the user sees, as choices."""
    theirs = TaskDuty.objects.filter(in_scope("unit__path", user), duty__person=OuterRef("pk"))
    people = User.objects.filter(Exists(theirs)).order_by("pk").values_list("pk", "full_name")
    return [("none", "还没有定人"), *((str(pk), name) for pk, name in people[:300])]


def of_person(rows: QuerySet[duties.Duty], value: str) -> QuerySet[duties.Duty]:
    """Keep the timed parts of a person, or those of nobody yet."""
    if value == "none":
        return rows.filter(person=None)
    return rows.filter(person_id=int(value))


def week_choices() -> list[tuple[str, str]]:
    """Return the weeks that the board shows, by their Monday."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    firsts = [monday + timedelta(weeks=week) for week in range(WEEKS)]
    return [
        (first.isoformat(), _week_title(week, first, first + timedelta(days=6)))
        for week, first in enumerate(firsts)
    ]

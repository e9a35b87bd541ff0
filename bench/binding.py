"""Measures making a table binding over the bare bulk insert of the rows it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Max, Model

from bench.city import City
from bench.measuring import Measure, clocked, interleaved, queries_of
from bench.sides import Side
from gongkai.outbox.api import drain
from gongkai.programme import api as programme

AIM = 10
UNITS = ("局办公室", "科技信息科牵头，运输管理科、水路运输科配合", "政策法规科、人事科")
TIMES = ("2026年9月", "2026年11月底前", "及时公开", "每季度")

Rows = dict[type[Model], list[Model]]


def measure(side: Side, *, times: int, rows: int) -> Iterator[Measure]:
    """Yield the one measure; both sides of it are rolled back, so that each starts alike."""
    with side.open():
        city = side.marks["city"]
        document = _accepted(city, rows)
        left, queries = left_by(lambda: _bind(document, city))
        works = {
            "bind": lambda: taken_back(lambda: _bind(document, city)),
            "bare": lambda: taken_back(lambda: insert(left)),
        }
        readings = interleaved(works, times)
    n = sum(len(some) for some in left.values())
    baseline = f"bulk_create of the same {n:,} rows in {len(left)} tables; {rows} tasks"
    bound, bare = readings["bind"], readings["bare"]
    yield Measure.of("bind.table", bound, bare, baseline, AIM, queries=queries)


def _accepted(city: City, rows: int) -> programme.Document:
    """Receive, read and accept the table, as an officer would."""
    lines = ["清江市交通运输局2026年政务公开责任分工表", "清江市交通运输局", "2026年2月27日"]
    lines += ["序号 |", "工作任务 |", "责任部门 |", "完成时间 |", "|"]
    for number in range(1, rows + 1):
        text = f"公开第{number}类重大建设项目的批准、招标、施工和竣工情况"
        lines += [f"{number} |", f"{text} |", f"{UNITS[number % 3]} |", f"{TIMES[number % 4]} |"]
        lines.append("|")
    document = programme.receive_document(
        actor=city.office,
        body=city.bodies[0],
        upload="\n".join(lines).encode(),
        name="责任分工表.txt",
    )
    drain()
    document.refresh_from_db()
    accepted, left = programme.accept_clear(document, actor=city.office)
    if (accepted, left) != (rows, 0):
        raise AssertionError(f"{accepted} of {rows} rows were accepted, {left} left open")
    document.refresh_from_db()
    return document


def _bind(document: programme.Document, city: City) -> None:
    programme.bind(document, actor=city.office, expected=document.version, year=2026)


def taken_back(work: Callable[[], None]) -> float:
    """Do the work, take it back, and return how long it took."""
    with transaction.atomic():
        took = clocked(work)
        transaction.set_rollback(True)
    return took


def left_by(work: Callable[[], None]) -> tuple[Rows, int]:
    """Do the work, collect every row it added to any table, take it back; and its queries."""
    models = [m for m in apps.get_models() if m._meta.auto_field is not None]
    with transaction.atomic():
        last = {m: m._default_manager.aggregate(last=Max("pk"))["last"] or 0 for m in models}
        sent = queries_of(work)
        added = {m: list(m._default_manager.filter(pk__gt=last[m])) for m in models}
        transaction.set_rollback(True)
    return {m: rows for m, rows in added.items() if rows}, sent


def insert(rows: Rows) -> None:
    """Insert the same rows, with nothing asked."""
    for model, some in rows.items():
        model._default_manager.bulk_create(some)

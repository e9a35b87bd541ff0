"""What may be written in the ledger of a task, by whom, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.accounts.api import Role
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.programme.tests.factories import at, bound_now
from gongkai.progress import actions, queries
from gongkai.progress.rules import Step

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def task(side):
    return bound_now(side).tasks.get(row=6)


def written(task, side, **changes):
    values = {
        "unit": side.section,
        "actor": side.officer,
        "measures": "每季度逐页检查网站。",
        "steps": [Step("列出栏目", "信息员甲", date(2026, 3, 20)), Step("逐页检查")],
        "answers": "信息员甲",
        "supervised": "科长每月过问一次",
        "expected": 0,
    }
    return actions.set_measures(task, **(values | changes))


def entered(task, side, **changes):
    values = {"unit": side.section, "actor": side.officer, "progress": "已列出全部栏目。"}
    return actions.record_progress(task, **(values | changes))


def test_measures_are_kept_with_their_steps(task, side):
    written(task, side)
    ledger = queries.ledger_of(task, side.section)
    assert ledger.step_list() == [
        Step("列出栏目", "信息员甲", date(2026, 3, 20)),
        Step("逐页检查"),
    ]
    assert (ledger.answers, ledger.supervised) == ("信息员甲", "科长每月过问一次")
    assert ledger.set_by == side.officer


def test_measures_are_changed_from_the_version_seen_only(task, side):
    first = written(task, side)
    second = written(task, side, measures="改为每月检查。", expected=first.version)
    assert (second.pk, second.version) == (first.pk, 2)
    for stale in (0, 1):
        with pytest.raises(Refused) as refused:
            written(task, side, measures="旧页面上的。", expected=stale)
        assert refused.value.codes == {"kernel.stale"}
    assert queries.ledger_of(task, side.section).measures == "改为每月检查。"


def test_the_newest_entry_comes_first_and_a_late_one_stands_at_its_day(task, side):
    entered(task, side, progress="三月二日")
    entered(task, side, progress="补记二月", on=date(2026, 2, 28))
    entered(task, side, progress="三月二日又一条", problems="缺人", next_steps="请人")
    said = [e.progress for e in queries.entries_of([task])]
    assert said == ["三月二日又一条", "三月二日", "补记二月"]


def test_entries_of_many_tasks_are_one_query(task, side, django_assert_num_queries):
    tasks = list(task.programme.tasks.all())
    entered(task, side)
    with django_assert_num_queries(1):
        rows = [(e.unit.name, e.written_by.full_name) for e in queries.entries_of(tasks)]
    assert len(rows) == 1


WRITES = {Role.OFFICER, Role.SECTION_HEAD}


@pytest.mark.parametrize("verb", [written, entered])
@pytest.mark.parametrize("role", list(Role))
def test_only_the_units_own_people_write(task, side, role, verb):
    actor = getattr(side, role.value)
    if role in WRITES:
        assert verb(task, side, actor=actor).pk
        return
    with pytest.raises(Refused) as refused:
        verb(task, side, actor=actor)
    assert refused.value.codes == {"progress.not_yours"}


@pytest.mark.parametrize("verb", [written, entered])
def test_another_bodys_officer_does_not_write(task, side, world, verb):
    with pytest.raises(Refused) as refused:
        verb(task, side, actor=world.other.officer)
    assert refused.value.codes == {"progress.not_yours"}


@pytest.mark.parametrize("state", ["done", "revoked"])
@pytest.mark.parametrize("verb", [written, entered])
def test_a_closed_task_is_not_written_to(task, side, state, verb):
    task.state = state
    task.save(update_fields=["state"])
    with pytest.raises(Refused) as refused:
        verb(task, side)
    assert refused.value.codes == {"progress.wrong_state"}


@pytest.mark.parametrize("verb", [written, entered])
def test_a_unit_without_a_part_writes_nothing(task, side, verb):
    elsewhere = task.programme.tasks.exclude(parts__unit=side.section).first()
    with pytest.raises(Refused) as refused:
        verb(elsewhere, side)
    assert refused.value.codes == {"progress.no_part"}


@pytest.mark.parametrize(
    ("verb", "changes", "code"),
    [
        (written, {"measures": " "}, "progress.no_measures"),
        (written, {"steps": [Step(" ", "甲")]}, "progress.empty_step"),
        (entered, {"progress": "\n"}, "progress.no_progress"),
        (entered, {"on": date(2026, 3, 3)}, "progress.ahead"),
    ],
)
def test_what_says_nothing_is_refused(task, side, verb, changes, code):
    with pytest.raises(Refused) as refused:
        verb(task, side, **changes)
    assert refused.value.codes == {code}
    assert not queries.entries_of([task])
    assert queries.ledger_of(task, side.section) is None

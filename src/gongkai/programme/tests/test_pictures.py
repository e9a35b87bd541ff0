"""The year of a programme as a picture: its counts are those of the list that they lead to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.programme import queries
from gongkai.programme.tests.factories import at, bound
from gongkai.programme.tests.pages import text_of
from gongkai.programme.views.showing import task_moments

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_march")]
QUERIES = 15


@pytest.fixture
def programme(side):
    return bound(side)


def page(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("programme:year"), asked)


def test_each_number_is_that_of_the_list_it_leads_to(client, side, programme):
    answer = page(client, side.leader, programme=programme.pk)
    numbers = 0
    for name in ("year", "load"):
        for row in answer.context[name].rows:
            for cell in row.cells:
                if cell.url:
                    listed = client.get(cell.url).content.decode()
                    assert len(re.findall(r"<tr[^>]*>(?:(?!</tr>).)*<td", listed, re.S)) == cell.n
                    numbers += 1
    assert numbers > 5


def test_what_has_no_day_is_said_beside_the_picture(client, side, programme):
    answer = page(client, side.leader, programme=programme.pk)
    counted = answer.context["counted"]
    total = sum(sum(found.values()) for found in counted.months.values())
    assert total + counted.undated + counted.elsewhere == sum(
        sum(found.values()) for _, found in counted.units
    )
    assert f"等上级时间的{counted.undated}件不在图上" in text_of(answer)


def test_who_sees_a_section_sees_its_numbers_only(client, side, world, programme):
    own = page(client, side.officer, programme=programme.pk).context["counted"]
    assert [unit for unit, _ in own.units] == [side.section]
    assert page(client, world.other.leader, programme=programme.pk).context["chosen"] is None


def test_the_questions_do_not_grow(client, side, programme, django_assert_max_num_queries):
    page(client, side.leader, programme=programme.pk)
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("programme:year"), {"programme": programme.pk})


def test_a_task_has_its_dues_and_its_happenings_on_a_line(side, programme):
    with clock.at(at(date(2026, 3, 3))):
        task = programme.tasks.get(row=6)
        view = queries.task_view(side.officer, task)
        line = task_moments(view, queries.timeline(task))
    assert line is not None
    due = [moment for moment in line.moments if moment.lane == "到期"]
    assert len(due) == task.duties.exclude(duty__due_on=None).count()
    assert {"到期", "任务"} <= set(line.lanes)

"""A task that a superior body hands down becomes a document and a task of one's own programme."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.programme.actions.binding import bind
from gongkai.programme.actions.intake import receive_document, take_reading
from gongkai.programme.actions.names import settle_name
from gongkai.programme.actions.review import accept
from gongkai.programme.models import Task
from gongkai.programme.rules import day_in_words
from gongkai.reading import result


@transaction.atomic
def take_handed_down(
    *, actor: User, body: Unit, lead: Unit, title: str, issuer: str, text: str, on: date | None
) -> Task:
    """Make the superior's words a document of this body and bind its one task on the lead unit.

    The way is that of every document (received, read, settled, accepted, bound), so that the task
    has its paper, its hash and its signatures as any other (ADR 0117). Without ``on`` the task
    waits for the superior's date. Raises ``Refused``; then nothing is left but the kept file.
    """
    today = clock.today()
    due = f"{day_in_words(on.isoformat())}前" if on else "等上级时间"
    head = f"{title}\n{issuer}\n{day_in_words(today.isoformat())}\n\n"
    paper = f"{head}{text}\n牵头单位：{lead.name}\n完成时间：{due}\n"
    document = receive_document(
        actor=actor, body=body, upload=paper.encode(), name="交办单.txt", title=title
    )
    reading = result.Reading(
        title=title,
        issuer=issuer,
        date=today.isoformat(),
        year=today.year,
        tasks=(
            result.Task(
                row=1,
                clause="",
                text=text,
                lead=(lead.name,),
                due=result.Due("date", due, on.isoformat()) if on else result.Due("superior", due),
                superior=issuer,
                start=len(head),
                end=len(head) + len(text),
            ),
        ),
    )
    document = take_reading(document, reading=reading, text=paper, quietly=True)
    for name in document.names.all():
        settle_name(name, actor=actor, units=[lead], expected=name.version)
    proposal = document.proposals.get()
    accept(proposal, actor=actor, expected=proposal.version)
    document.refresh_from_db()
    bound = bind(document, actor=actor, expected=document.version, year=today.year)
    return bound.tasks.select_related("programme__body").get()

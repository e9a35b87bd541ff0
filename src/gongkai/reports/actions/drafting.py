"""A report is drafted from the records, rewritten by people, and its figures brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.programme.api import Programme
from gongkai.reports import policies
from gongkai.reports.models import Draft, Passage, Tie, Wording
from gongkai.reports.queries.drafts import live_name, under_way
from gongkai.reports.queries.material import material
from gongkai.reports.rules import drafting
from gongkai.reports.rules.material import Material
from gongkai.reports.rules.travelling import Place, follow
from gongkai.reports.rules.writing import Counted, Drafted
from gongkai.reports.states import COUNTS


@transaction.atomic
def start_draft(
    *,
    actor: User,
    programmes: Sequence[Programme],
    as_of: date,
    title: str = "",
    recipient: str = "",
) -> Draft:
    """Draft the report on a body's programmes of one year from its records up to a day.

    Returns the one on the same programmes up to the same day when it is being written already,
    as it is. Without a title the report gets the usual one. Raises ``Refused``.
    """
    refuse_if(policies.why_not_start(programmes, actor=actor, as_of=as_of))
    there = under_way(programmes, as_of)
    if there is not None:
        return there
    known = material(programmes, as_of=as_of)
    draft = Draft(
        body=programmes[0].body,
        year=programmes[0].year,
        title=title.strip() or drafting.title_of(known),
        recipient=recipient.strip(),
        counts_until=as_of,
        started_at=clock.now(),
        started_by=actor,
    )
    if not _placed(draft, programmes):  # somebody started the same one while this was counted
        return Draft.objects.get(live=live_name(programmes, as_of))
    draft.programmes.set(programmes)
    for order, passage in enumerate(drafting.draft(known)):
        _write(draft, passage, order=order, actor=actor)
    record(
        "reports.draft_started",
        subject=draft,
        actor=actor,
        unit=draft.body,
        as_of=as_of.isoformat(),
    )
    return draft


def _placed(draft: Draft, programmes: Iterable[Programme]) -> bool:
    """Save the report as the one on its programmes up to its day; not when there is another."""
    draft.live = live_name(programmes, draft.counts_until)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        return False
    return True


def _write(draft: Draft, drafted: Drafted, *, order: int, actor: User) -> None:
    passage = Passage.objects.create(
        draft=draft,
        order=order,
        section=drafted.section,
        name=drafted.name,
        heading=drafted.heading,
        text=drafted.text,
    )
    _tie(passage, drafted.figures)
    _remember(passage, actor=actor, drafted=True)


def _tie(passage: Passage, figures: Iterable[Counted]) -> None:
    Tie.objects.bulk_create(
        Tie(
            passage=passage,
            key=figure.key,
            measure=figure.measure,
            value=figure.value,
            members=list(figure.members),
            start=figure.start,
            end=figure.end,
        )
        for figure in figures
    )


def _remember(passage: Passage, *, actor: User, drafted: bool = False) -> None:
    Wording.objects.create(
        passage=passage,
        text=passage.text,
        drafted=drafted,
        written_at=clock.now(),
        written_by=actor,
    )


@transaction.atomic
def head(draft: Draft, *, actor: User, expected: int, title: str, recipient: str) -> Draft:
    """Change how the report is headed and to whom it goes. Raises ``Refused``."""
    draft = lock(draft, expected=expected)
    refuse_if(policies.why_not("rewrite", draft, actor=actor))
    draft.title, draft.recipient = title.strip(), recipient.strip()
    draft.save(update_fields=["title", "recipient"])
    record(
        "reports.draft_headed",
        subject=draft,
        actor=actor,
        unit=draft.body,
        title=draft.title,
        recipient=draft.recipient,
    )
    return draft


@transaction.atomic
def rewrite(passage: Passage, *, actor: User, expected: int, text: str) -> Passage:
    """Give a passage another text; what it said before is kept.

    Each figure goes with its words; one whose words were changed is no longer tied, and says what
    was written instead. Raises ``Refused``.
    """
    passage = lock(passage, expected=expected)
    draft = passage.draft
    refuse_if(policies.why_not("rewrite", draft, actor=actor))
    text = _clean(text)
    if text == passage.text:
        return passage
    _move_ties(passage, text)
    passage.text = text
    passage.save(update_fields=["text"])
    _remember(passage, actor=actor)
    record(
        "reports.passage_rewritten",
        subject=draft,
        actor=actor,
        unit=draft.body,
        passage=str(passage),
    )
    return passage


def _clean(text: str) -> str:
    """Return typed text with one kind of line end and no empty lines."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _move_ties(passage: Passage, text: str) -> None:
    ties = list(passage.ties.order_by("id"))
    stood = [(tie.value, Place(tie.start, tie.end, tie.instead)) for tie in ties]
    places = follow(passage.text, text, stood)
    for tie, place in zip(ties, places, strict=True):
        _put(tie, place)
    Tie.objects.bulk_update(ties, ["start", "end", "instead"])


def _put(tie: Tie, place: Place) -> None:
    tie.start, tie.end, tie.instead = place.start, place.end, place.instead


@transaction.atomic
def redraft(passage: Passage, *, actor: User, expected: int) -> Passage:
    """Write a passage anew from the records up to the report's day; what it said before is kept.

    Raises ``Refused``, also when the records have nothing for it any more.
    """
    passage = lock(passage, expected=expected)
    draft = passage.draft
    refuse_if(policies.why_not("rewrite", draft, actor=actor))
    drafted = _drafted(draft, draft.counts_until).get(passage.name)
    if drafted is None:
        raise Refused(Refusal("reports.nothing_to_draft", "台账里已没有这一段的内容，请直接改写。"))
    _replace(passage, drafted, actor=actor)
    record(
        "reports.passage_redrafted",
        subject=draft,
        actor=actor,
        unit=draft.body,
        passage=str(passage),
    )
    return passage


@transaction.atomic
def refresh(draft: Draft, *, actor: User, expected: int, as_of: date) -> int:
    """Count every tied figure again up to a day and write it where it stands.

    A passage that nobody rewrote is drafted anew as a whole; in one that people rewrote, only the
    figures change. Parts that the records did not have before are added. Returns how many
    passages changed. Raises ``Refused``.
    """
    draft = lock(draft, expected=expected)
    refuse_if(policies.why_not("refresh", draft, actor=actor))
    refuse_if(policies.why_not_count_to(as_of))
    draft.counts_until = as_of
    if not _placed(draft, draft.programmes.all()):  # another counts up to that day: both stay
        draft.live = None
        draft.save(update_fields=["counts_until", "live"])
    now = _drafted(draft, as_of)
    passages = list(draft.passages.prefetch_related("ties"))
    changed = sum(_bring_up(passage, now.get(passage.name), actor) for passage in passages)
    named = {passage.name for passage in passages}
    for order, drafted in enumerate(now.values(), start=len(passages)):
        if drafted.name not in named:
            _write(draft, drafted, order=order, actor=actor)
    record(
        "reports.draft_refreshed",
        subject=draft,
        actor=actor,
        unit=draft.body,
        as_of=as_of.isoformat(),
        changed=changed,
    )
    return changed


def _drafted(draft: Draft, as_of: date) -> dict[str, Drafted]:
    return {one.name: one for one in drafting.draft(known_of(draft, as_of))}


def known_of(draft: Draft, as_of: date) -> Material:
    """Return what the records say of a draft's programmes up to a day."""
    programmes = draft.programmes.select_related("body", "document").order_by("id")
    return material(list(programmes), as_of=as_of)


def _bring_up(passage: Passage, drafted: Drafted | None, actor: User) -> bool:
    """Bring a passage up to what the records say now; returns whether its words changed."""
    untouched = passage.wordings.order_by("-id").values_list("drafted", flat=True)[0]
    if not (untouched and drafted):
        return _count_again(passage, drafted, actor)
    if drafted.text != passage.text:
        passage = lock(passage)
        _replace(passage, drafted, actor=actor)
        return True
    for tie, figure in zip(passage.ties.order_by("start"), drafted.figures, strict=True):
        tie.members = list(figure.members)
        tie.save(update_fields=["members"])
    return False


def _count_again(passage: Passage, drafted: Drafted | None, actor: User) -> bool:
    """Write the figures of a passage as they count now, its other words untouched."""
    counts = {figure.key: figure for figure in drafted.figures} if drafted else {}
    ties = list(passage.ties.all())
    text = passage.text
    for tie in ties:
        value, members = _count_of(tie, counts.get(tie.key))
        tie.members = members
        if tie.start is not None and tie.end is not None and value != tie.value:
            text = text[: tie.start] + value + text[tie.end :]
            _shift(ties, after=tie.start, by=len(value) - len(tie.value))
            tie.end, tie.value = tie.start + len(value), value
    Tie.objects.bulk_update(ties, ["members", "value", "start", "end"])
    if text == passage.text:
        return False
    passage = lock(passage)
    passage.text = text
    passage.save(update_fields=["text"])
    _remember(passage, actor=actor)
    return True


def _replace(passage: Passage, drafted: Drafted, *, actor: User) -> None:
    """Give a passage what the records give; its words before are kept, its ties are made anew."""
    passage.text = drafted.text
    passage.save(update_fields=["text"])
    passage.ties.all().delete()
    _tie(passage, drafted.figures)
    _remember(passage, actor=actor, drafted=True)


def _count_of(tie: Tie, figure: Counted | None) -> tuple[str, list[str]]:
    """Return what a tie counts now; a count of which the records say nothing any more is 0."""
    if figure is not None:
        return figure.value, list(figure.members)
    return ("0", []) if tie.measure in COUNTS else (tie.value, list(tie.members))


def _shift(ties: Iterable[Tie], *, after: int, by: int) -> None:
    for tie in ties:
        if tie.start is not None and tie.end is not None and tie.start > after:
            tie.start += by
            tie.end += by

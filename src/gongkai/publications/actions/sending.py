"""Sending an exact version round to be signed, taking what was decided, taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.publications import policies, queries
from gongkai.publications.actions.clocks import keep_clock
from gongkai.publications.actions.drafting import reflect
from gongkai.publications.models import Edition, Emergency, Sending
from gongkai.publications.states import AFTERWARDS_CHAIN, MOVES, EditionState

NO_CHAIN = Refusal("publications.no_chain", "还没有设定这类信息的审签流程，请联系政务公开办。")


@transaction.atomic
def send(
    edition: Edition, *, actor: User, expected: int, emergency: bool = False, reason: str = ""
) -> Edition:
    """Send an edition through its chain, strict where the draft was loose; keep what was sent.

    The index number was given when it was last checked (``ask_check``), so what is signed has it.
    An ``emergency`` takes the short chain, which keeps the secrecy review; ``reason`` is recorded
    and someone else approves afterwards. Raises ``Refused``.
    """
    edition = lock(edition, expected=expected)
    content = queries.content_of(edition)
    digest = queries.digest_of(edition)
    refuse_if(
        policies.why_not_send(
            edition, content, digest, actor=actor, emergency=emergency, reason=reason
        )
    )
    item = edition.item
    edition.state = MOVES["send"][1]
    edition.emergency = reason.strip() if emergency else ""
    edition.save(update_fields=["state", "emergency"])
    reflect(edition)
    Sending.objects.create(
        edition=edition,
        digest=digest,
        content=content.as_json(),
        sent_at=clock.now(),
        sent_by=actor,
    )
    facts: dict[str, Any] = {"emergency": True} if emergency else {}
    record(
        "publications.sent",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
        index_number=item.index_number,
        **facts,
    )
    _go_round(edition, digest, actor=actor)
    edition.refresh_from_db()  # the sender's own signature may have been the last
    return edition


def _go_round(edition: Edition, digest: str, *, actor: User) -> None:
    item = edition.item
    try:
        round_ = approvals.start_round(
            chain=queries.chain_of(edition),
            subject=subject_key(edition),
            digest=digest,
            unit=item.unit,
            actor=actor,
            title=edition.title,
            url=reverse("publications:item", args=[item.pk]),
            drafter=edition.saved_by,
        )
    except LookupError:
        raise Refused(NO_CHAIN) from None
    round_ = approvals.sign_own(round_, actor=actor)
    if round_.state == approvals.RoundState.COMPLETE:
        settle(round_)


@transaction.atomic
def settle(round_: approvals.Round) -> None:
    """Take what the signatures decided, once: signed, or returned with the reason."""
    kind, pk = split_subject(round_.subject)
    if kind == "publications.emergency":
        _settle_afterwards(round_)
    found = queries.edition_by_pk(int(pk)) if kind == "publications.edition" else None
    if found is None:
        return
    edition = lock(found)
    if edition.state != EditionState.SENT or edition.digest != round_.digest:
        return
    if round_.state == approvals.RoundState.RETURNED:
        _return(edition, round_)
    elif round_.state == approvals.RoundState.COMPLETE:
        _sign(edition)


def _return(edition: Edition, round_: approvals.Round) -> None:
    edition.state = MOVES["return"][1]
    edition.save(update_fields=["state"])
    reflect(edition)
    item = edition.item
    record("publications.returned", subject=item, actor=None, unit=item.unit, edition=edition.order)
    tell(
        [edition.saved_by],
        kind="publications.returned",
        subject=subject_key(item),
        sentence="您起草的一篇稿件被退回，请看退回意见，改好后再送审。",
        url=reverse("publications:item", args=[item.pk]),
        key=f"publications.returned:{edition.pk}:{edition.version}",
    )


def _sign(edition: Edition) -> None:
    edition.state, edition.signed_at = MOVES["sign"][1], clock.now()
    fields = ["state", "signed_at"]
    if edition.signing_forms:  # the day of signing is the day of forming
        edition.formed_on = clock.today()
        fields.append("formed_on")
    edition.save(update_fields=fields)
    keep_clock(edition)
    reflect(edition)
    item = edition.item
    record("publications.signed", subject=item, actor=None, unit=item.unit, edition=edition.order)
    tell(
        policies.publishers_of(item),
        kind="publications.signed",
        subject=subject_key(item),
        sentence="一篇稿件已签完，等您发布。",
        url=reverse("publications:item", args=[item.pk]),
        key=f"publications.signed:{edition.pk}:{edition.version}",
    )


@transaction.atomic
def recall(edition: Edition, *, actor: User, expected: int, reason: str = "") -> Edition:
    """Take an edition back into drafting; every signature over it is void. Raises ``Refused``."""
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not("recall", edition, actor=actor))
    edition.state, edition.publish_at = MOVES["recall"][1], None
    edition.signed_at = None
    edition.save(update_fields=["state", "publish_at", "signed_at"])
    approvals.supersede(subject_key(edition), digest="", actor=actor)
    if edition.signing_forms:
        edition.formed_on = None
        edition.save(update_fields=["formed_on"])
    keep_clock(edition)
    reflect(edition)
    item = edition.item
    record(
        "publications.recalled",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
        reason=reason.strip()[:200],
    )
    return edition


def ask_afterwards(edition: Edition, *, actor: User) -> Emergency:
    """Ask that the short chain be approved by someone else; inside the publishing transaction.

    Whoever drafted, sent or published it is not the one who approves (four eyes).
    """
    found = Emergency.objects.create(
        edition=edition, reason=edition.emergency, at=clock.now(), digest=edition.digest
    )
    item = edition.item
    approvals.start_round(
        chain=AFTERWARDS_CHAIN,
        subject=subject_key(found),
        digest=edition.digest,
        unit=item.unit,
        actor=actor,
        title=f"紧急发布补批：{edition.title}",
        url=reverse("publications:item", args=[item.pk]),
        drafter=edition.saved_by,
    )
    return found


def _settle_afterwards(round_: approvals.Round) -> None:
    found = queries.emergency_by_subject(round_.subject)
    if found is None or found.approved_at is not None or found.refused_at is not None:
        return
    found = lock(found)
    item = found.edition.item
    if round_.state == approvals.RoundState.COMPLETE:
        found.approved_at = clock.now()
        found.save(update_fields=["approved_at"])
        record("publications.approved_afterwards", subject=item, actor=None, unit=item.unit)
    elif round_.state == approvals.RoundState.RETURNED:
        found.refused_at = clock.now()
        found.save(update_fields=["refused_at"])
        record("publications.refused_afterwards", subject=item, actor=None, unit=item.unit)
        tell(
            policies.publishers_of(item),
            kind="publications.refused_afterwards",
            subject=subject_key(item),
            sentence="一篇紧急发布的信息补批未获同意，请按批示更正或撤回。",
            url=reverse("publications:item", args=[item.pk]),
            key=f"publications.refused_afterwards:{found.pk}",
        )

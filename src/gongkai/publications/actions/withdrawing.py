"""Taking back what is public, with a reason, and bringing it out again."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import Role, User, people_of
from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices import api as notices
from gongkai.publications import policies, queries
from gongkai.publications.actions.drafting import reflect
from gongkai.publications.actions.publishing import refuse_altered
from gongkai.publications.models import Edition, Named, Publication, Withdrawal
from gongkai.publications.states import MOVES, How, WithdrawReason

HIDDEN_TITLE = "（内容已撤回）"


@transaction.atomic
def withdraw(
    edition: Edition,
    *,
    actor: User,
    reason: WithdrawReason,
    note: str,
    expected: int,
    public_note: str = "",
) -> Edition:
    """Take a published edition back; it stays with all its files, readers get it no more.

    For secrecy or privacy nothing of title, number or abstract is left for anyone but named
    people: who took it back, who drafted it, and the body's secrecy reviewers and openness office.
    Raises ``Refused``.
    """
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not_withdraw(edition, actor=actor, reason=reason, note=note))
    now, item = clock.now(), edition.item
    edition.state = MOVES["withdraw"][1]
    edition.save(update_fields=["state"])
    Publication.objects.filter(edition=edition, ended_at=None).update(ended_at=now)
    Withdrawal.objects.create(
        edition=edition,
        reason=reason,
        note=note.strip(),
        public_note="" if reason.leaves_nothing else public_note.strip()[:300],
        at=now,
        by=actor,
    )
    if reason.leaves_nothing:
        _hide(edition, actor)
    reflect(edition)
    record(
        "publications.withdrawn",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
        reason=reason.label,
    )
    return edition


def _hide(edition: Edition, actor: User) -> None:
    """Name who may still see it, and take its title out of what others are shown."""
    item = edition.item
    item.hidden = True
    office = people_of(item.body, [Role.OPENNESS_OFFICE, Role.SECRECY_REVIEWER])
    for person in {p.pk: p for p in [actor, edition.saved_by, item.created_by, *office]}.values():
        Named.objects.get_or_create(item=item, person=person)
    told = [subject_key(item)]
    for row in queries.editions_of(item):
        emergency = queries.emergency_of(row)
        for subject in filter(None, (row, emergency)):
            rounds = approvals.hide_title(subject_key(subject), said=HIDDEN_TITLE)
            told += [subject_key(subject), *rounds]
    notices.hide(told, said=HIDDEN_TITLE)


def restore(edition: Edition, *, actor: User, expected: int) -> Edition:
    """Bring out again, exactly as it was, what was taken back; its clearance must still hold.

    The bytes of its files are read again first. Raises ``Refused``.
    """
    refuse_altered(edition)
    return _restore(edition, actor=actor, expected=expected)


@transaction.atomic
def _restore(edition: Edition, *, actor: User, expected: int) -> Edition:
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not_restore(edition, queries.digest_of(edition), actor=actor))
    now, item = clock.now(), edition.item
    edition.state = MOVES["restore"][1]
    edition.save(update_fields=["state"])
    edition.withdrawals.filter(restored_at=None).update(restored_at=now)
    Publication.objects.create(
        edition=edition, item=item, body=item.body, how=How.RESTORED, at=now, by=actor
    )
    reflect(edition)
    record(
        "publications.restored", subject=item, actor=actor, unit=item.unit, edition=edition.order
    )
    return edition

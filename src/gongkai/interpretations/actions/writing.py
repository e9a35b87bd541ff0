"""Materials: each is an item of its own, drafted, cleared and signed like any other."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.interpretations import policies, queries
from gongkai.interpretations.models import Material
from gongkai.interpretations.states import Form, Stage
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item


@transaction.atomic
def interpret(
    policy: Item,
    *,
    actor: User,
    form: Form,
    stage: Stage,
    interpreter: str,
    is_head: bool = False,
    title: str = "",
) -> Material:
    """Begin a material for a policy, in the section that drafted it; linked by itself.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_interpret(policy, actor=actor, interpreter=interpreter))
    edition = publications.newest(policy)
    what = publications.Draft(
        title=title.strip() or f"《{edition.title}》政策解读",
        kind=publications.Kind.INTERPRETATION,
        issuers=edition.issuers,
        source=edition.source,
        topic=edition.topic,
    )
    drafted = publications.draft(unit=policy.unit, actor=actor, what=what)
    material = Material.objects.create(
        policy=policy,
        item=drafted.item,
        form=form,
        stage=stage,
        interpreter=interpreter.strip()[:100],
        is_head=is_head,
        added_at=clock.now(),
        added_by=actor,
    )
    record(
        "interpretations.begun",
        subject=policy,
        actor=actor,
        unit=policy.unit,
        also=[subject_key(drafted.item)],
        form=form.label,
        stage=stage.label,
    )
    return material


@transaction.atomic
def unlink(material: Material, *, actor: User, reason: str, expected: int) -> Material:
    """Undo the link of a material that is not out, with the reason. Raises ``Refused``."""
    material = lock(material, expected=expected)
    refuse_if(policies.why_not_unlink(material, actor=actor))
    material.ended_at = clock.now()
    material.save(update_fields=["ended_at"])
    record(
        "interpretations.unlinked",
        subject=material.policy,
        actor=actor,
        unit=material.policy.unit,
        also=[subject_key(material.item)],
        reason=reason.strip()[:200],
    )
    return material


def publish_with(policy: Item) -> list[Edition]:
    """Bring out with a policy the materials that are signed (同步发布); return which.

    A material that may not come out stays signed; the openness office sees it in the register.
    """
    done: list[Edition] = []
    for edition in queries.waiting_materials(policy):
        try:
            done.append(publications.publish(edition, actor=None, expected=edition.version))
        except Refused:
            continue
    return done


def withdraw_with(policy: Item) -> list[Edition]:
    """Take back with a hidden policy the materials that are out, for its reason; return which.

    Their titles and texts say what the policy was. Repeating is harmless.
    """
    found = publications.newest_withdrawal(policy)
    if found is None:
        return []
    return [
        publications.withdraw(
            edition,
            actor=found.by,
            reason=publications.WithdrawReason(found.reason),
            note="所解读的文件已撤回。",
            expected=edition.version,
        )
        for edition in queries.out_materials(policy)
    ]

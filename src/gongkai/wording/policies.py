"""Who keeps the words of a body."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.accounts.api import Role, User, has_role, posts_of
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.wording.models import Word

NOT_OFFICE = Refusal("wording.not_yours", "用词由本机关政务公开办维护，请联系他们。")


def keeping_bodies(user: User) -> list[Unit]:
    """Return the bodies whose words the person keeps."""
    held = [h.unit for h in posts_of(user) if Role(h.role) is Role.OPENNESS_OFFICE]
    return list({unit.pk: unit for unit in held}.values())


def why_not_keep(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why a body's words may not be changed by this person."""
    if not has_role(actor, Role.OPENNESS_OFFICE, unit=body):
        yield NOT_OFFICE


def why_not_switch_off(body: Unit, *, actor: User, word: str, reason: str) -> Iterator[Refusal]:
    """Say why a word of the product may not be let be."""
    yield from why_not_keep(body, actor=actor)
    if len(reason.strip()) < 4:
        yield Refusal("wording.no_reason", "请写明为什么不再提示，例如“本地地名用字”。")


def why_not_end(word: Word, *, actor: User) -> Iterator[Refusal]:
    """Say why a row may not be ended."""
    yield from why_not_keep(word.body, actor=actor)
    if word.ended_at is not None:
        yield Refusal("wording.ended", "这一条已经停用。")

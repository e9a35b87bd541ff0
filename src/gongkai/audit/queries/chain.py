"""The check of the chain against itself and against anchors; changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.db.models import Max

from gongkai.audit import rules
from gongkai.audit.models import AuditEvent, Seal, Unsealed, triggers
from gongkai.audit.queries import keys
from gongkai.audit.rules import Content, Verdict

CHUNK = 1000
FORMAT = "gongkai-audit-anchor/1"


class BadAnchor(ValueError):
    """A file that is no anchor of ours; the message is a Chinese sentence."""


def content_of(event: AuditEvent) -> Content:
    """Return what the hash of an event covers."""
    return Content(
        event=event.event,
        at=event.at,
        actor=(event.actor_id, event.actor_name),
        acting_for=(event.acting_for_id, event.acting_for_name),
        unit=(event.unit_id, event.unit_path, event.unit_name),
        subjects=(event.subject, *event.also),
        facts=event.facts_text,
    )


def hash_of(event: AuditEvent) -> str:
    """Compute an event's hash anew from its row."""
    return rules.event_hash(content_of(event), keys.digest_with(event.algorithm))


def read_anchor(path: Path, public_key: str = "") -> Mapping[str, Any]:
    """Read an exported anchor and check its signature, by default with this site's key.

    Raises ``BadAnchor``.
    """
    try:
        anchor = json.loads(path.read_text(encoding="utf-8"))
        signature = bytes.fromhex(anchor["signature"])
        known = anchor["format"] == FORMAT
        int(anchor["sequence"]), str(anchor["link"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadAnchor(f"读不懂锚点文件 {path.name}，请核对是不是导出的原件。") from error
    if not known:
        raise BadAnchor(f"锚点文件 {path.name} 的格式不认识。")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key or keys.public_key()))
        key.verify(signature, rules.anchor_body(anchor))
    except (InvalidSignature, ValueError) as error:
        raise BadAnchor(
            f"锚点文件 {path.name} 的签名不对：文件被改过，或不是本单位签的。"
        ) from error
    checked: Mapping[str, Any] = anchor
    return checked


def verify(anchor: Path | None = None, *, public_key: str = "") -> Verdict:
    """Check every link from the first, and the chain against an anchor when one is given.

    The first broken link is the lowest number whose event, hash or predecessor does not fit.
    """
    try:
        marks = [read_anchor(anchor, public_key)] if anchor else []
    except BadAnchor as error:
        return Verdict(False, 0, None, str(error))
    return verify_against(marks)


def verify_against(anchors: list[Mapping[str, Any]]) -> Verdict:
    """Check the chain in one walk, and at each anchor's number that the link is the one signed."""
    signed = {int(a["sequence"]): a for a in anchors}
    walk = _Walk()
    for seal in _seals():
        problem = walk.step(seal) or _against(signed.get(seal.sequence), seal)
        if problem:
            return Verdict(False, walk.checked, walk.checked + 1, problem)
        walk.checked = seal.sequence
    problem = _end(walk.checked, signed) or _loose()
    if problem:
        return Verdict(False, walk.checked, None, problem)
    unsealed = Unsealed.objects.count()
    rest = f"另有 {unsealed} 条等待入链。" if unsealed else ""
    against = f"，与 {len(signed)} 个锚点一致" if signed else ""
    return Verdict(True, walk.checked, None, f"链完整：共 {walk.checked} 环{against}。{rest}")


class _Walk:
    """Where the walk stands: the last good number and its link."""

    def __init__(self) -> None:
        self.checked = 0
        self.link = rules.NO_LINK

    def step(self, seal: Seal) -> str:
        """Return what is wrong with the next link, "" when it fits."""
        number = self.checked + 1
        if seal.sequence != number:
            return f"第 {number} 环缺失。"
        problem = _link_problem(seal, self.link) or _event_problem(seal)
        self.link = seal.link
        return f"第 {number} 环断裂：{problem}。" if problem else ""


def _seals() -> Any:
    rows = Seal.objects.select_related("event").prefetch_related("event__mentions")
    return rows.order_by("sequence").iterator(chunk_size=CHUNK)


def _link_problem(seal: Seal, previous: str) -> str:
    if seal.previous != previous:
        return "与上一环接不上"
    try:
        digest = keys.digest_with(seal.algorithm)
    except ValueError:
        return "所记的算法不认识"
    expected = rules.link_hash(
        seal.sequence, seal.event_hash, seal.previous, seal.sealed_at, digest
    )
    return "" if expected == seal.link else "环的校验值不对"


def _event_problem(seal: Seal) -> str:
    event = seal.event
    if event.hash != seal.event_hash:
        return f"事件 {event.pk} 的校验值与入链时不同"
    return _content_problem(event)


def _content_problem(event: AuditEvent) -> str:
    try:
        computed = hash_of(event)
    except ValueError:
        return f"事件 {event.pk} 所记的算法不认识"
    if computed != event.hash:
        return f"事件 {event.pk} 的内容被改过"
    mentioned = {mention.subject for mention in event.mentions.all()}
    if mentioned != {event.subject, *event.also}:
        return f"事件 {event.pk} 所涉对象被改过"
    return ""


def _against(anchor: Mapping[str, Any] | None, seal: Seal) -> str:
    if anchor is None or anchor["link"] == seal.link:
        return ""
    return f"第 {seal.sequence} 环与 {anchor['day']} 的锚点不同：链在签锚点之后被重写过。"


def _end(last: int, signed: Mapping[int, Mapping[str, Any]]) -> str:
    beyond = max(signed, default=0)
    if beyond <= last:
        return ""
    day = signed[beyond]["day"]
    return f"链只到第 {last} 环，{day} 的锚点见过第 {beyond} 环：链尾被截掉了。"


def _loose() -> str:
    """Events outside the chain that do not wait for it, or have been changed while waiting."""
    absent = triggers.missing(connection)
    if absent:
        return f"数据库的防改触发器缺失：{'、'.join(absent)}。请重新执行迁移并查明原因。"
    waiting = Unsealed.objects.values("event_id")
    lost = AuditEvent.objects.filter(seal=None).exclude(pk__in=waiting).order_by("pk").first()
    if lost is not None:
        return f"事件 {lost.pk} 没有入链，也不在等待入链。"
    for row in AuditEvent.objects.filter(pk__in=waiting).order_by("pk").iterator(CHUNK):
        problem = _content_problem(row)
        if problem:
            return f"等待入链的{problem}。"
    return ""


def last_sequence() -> int:
    """Return the number of the last link, 0 when there is none."""
    return int(Seal.objects.aggregate(last=Max("sequence"))["last"] or 0)

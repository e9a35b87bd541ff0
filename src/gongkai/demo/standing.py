"""Normative documents of the demo's bureau: registered, and the one that amends another."""

from __future__ import annotations

from gongkai.accounts.api import User
from gongkai.normative import api as normative
from gongkai.normative.api import RelationKind
from gongkai.publications import api as publications
from gongkai.publications.api import Edition

AMENDED = "清江市农村公路养护管理办法"


def register(edition: Edition, drafter: User) -> None:
    """Register a document under a number made of its document number; relate what amends."""
    item = edition.item
    serial = edition.document_number.rpartition("〕")[2].removesuffix("号")
    normative.register(item, actor=drafter, number=f"QJJT-2026-{int(serial):04}", expected=0)
    earlier = publications.worked_items(drafter).filter(title=AMENDED).first()
    if earlier is not None and AMENDED in edition.title and earlier.pk != item.pk:
        note, kind = "修改第三条、第四条", RelationKind.AMENDS
        normative.relate(item, earlier, actor=drafter, kind=kind, note=note)

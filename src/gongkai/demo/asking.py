"""A draft of the demo's bureau on which others are asked, and the bureau's own wrong words."""

from __future__ import annotations

from datetime import date

from gongkai.coordination import api as coordination
from gongkai.coordination.api import Answer
from gongkai.demo.city import City
from gongkai.publications.api import Edition
from gongkai.screening import Entry
from gongkai.wording import api as wording

WORDS = (
    Entry("清江市交通局", "清江市交通运输局", "2019年机构改革改名", date(2019, 3, 1)),
    Entry("三桥隧道", "白塔山隧道", "隧道以山名为准"),
)


def ask_about(city: City, edition: Edition) -> None:
    """Ask two sections about a draft: one comments, the other has not answered."""
    for section, question in (
        ("财务科", "第三条涉及停车收入上缴，请核。"),
        ("运输科", "第二条涉及经营备案，请核。"),
    ):
        row = coordination.ask(
            edition,
            unit=city.units[section],
            actor=edition.saved_by,
            question=question,
            days=5,
        )
        if section == "财务科":
            coordination.answer(
                row,
                actor=city.people["guohai"],
                answer=Answer.COMMENTS,
                says="第三条“按月上缴”建议改为“按季上缴”，与财政规定一致。",
                expected=row.version,
            )


def keep_words(city: City) -> None:
    """Let the office add its own words."""
    for entry in WORDS:
        wording.add(city.bureau, actor=city.people["zhoumin"], entry=entry)

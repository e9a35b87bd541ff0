"""Index numbers: how a body writes them, and giving the next one; never twice, never changed."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.publications import policies, queries
from gongkai.publications.models import Grammar, Item, Serial
from gongkai.publications.rules import IndexGrammar

MOST_TRIES = 1000


@transaction.atomic
def set_grammar(body: Unit, *, actor: User, pattern: str, expected: int = 0) -> Grammar:
    """Set how a body's index numbers are written; numbers that were given stay.

    ``expected`` is the version that the page showed, 0 before there is one. Raises ``Refused``.
    """
    refuse_if(policies.why_not_set_grammar(body, pattern, actor=actor))
    found = queries.grammar_of(body)
    if found is None:
        found = Grammar(body=body)
    elif expected != found.version:
        raise Refused(Refusal("kernel.stale", "别人刚刚改过索引号规则。请看清后再提交。"))
    else:
        found = lock(found, expected=expected)
    found.pattern, found.set_at = pattern, clock.now()
    found.save()
    record("publications.grammar_set", subject=found, actor=actor, unit=body, pattern=pattern)
    return found


def give_number(item: Item, *, year: int) -> str:
    """Give an item its index number, inside the caller's transaction; the same one when repeated.

    A number that an import already took is passed over.
    """
    if item.index_number:
        return item.index_number
    grammar = queries.grammar_of(item.body)
    pattern = grammar.pattern if grammar else f"{item.body_id}/{queries.DEFAULT_PATTERN}"
    rule = IndexGrammar(pattern)
    serial = _serial(rule.scope(year))
    for _ in range(MOST_TRIES):
        serial.last += 1
        number = rule.number(year, serial.last)
        if not Item.objects.filter(index_number=number).exists():
            serial.save(update_fields=["last"])
            item.index_number = number
            item.save(update_fields=["index_number"])
            return number
    raise Refused(Refusal("publications.numbers_taken", "索引号连续被占用，请换一条索引号规则。"))


def _serial(scope: str) -> Serial:
    """Take the counter of a scope for this transaction."""
    try:
        with transaction.atomic():
            Serial.objects.get_or_create(scope=scope)
    except IntegrityError:  # another made it at the same moment
        pass
    return Serial.objects.select_for_update().get(scope=scope)

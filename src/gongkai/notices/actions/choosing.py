"""A person chooses how mail comes. One verb, one function, one transaction."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.notices.models import MailChoice
from gongkai.notices.states import Way


@transaction.atomic
def choose_way(user: User, *, way: Way) -> MailChoice:
    """Keep how the person wants mail; choosing the same again changes nothing."""
    choice, fresh = MailChoice.objects.select_for_update().get_or_create(user=user)
    if not fresh and choice.way == way:
        return choice
    choice.way = way.value
    choice.version += 1
    choice.save(update_fields=["way", "version"])
    record("notices.way_chosen", subject=user, actor=user, unit=user.body, way=way.label)
    return choice

"""Who sees what of an item: the one gate of readers, of those who work on it, of its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts.api import User, in_scope, scope_paths
from gongkai.files import api as files
from gongkai.kernel.identifiers import split_subject
from gongkai.organisation.api import Unit
from gongkai.publications.models import Edition, EditionFile, Item, Named, Reader
from gongkai.publications.states import Audience, EditionState, FileRole

FileReader = Callable[[User, Item, files.StoredFile], bool]
_FILE_READERS: dict[str, FileReader] = {}


def _signed_in(user: object) -> bool:
    return user is not None and not isinstance(user, AnonymousUser)


def published_to(user: User | None) -> QuerySet[Edition]:
    """Return the published editions that a reader may read: the one gate of all faces.

    Without a user (the public) only what is published to the public; with one, also what is
    published within the system, or to a unit above which or in which they hold a post.
    """
    out = Edition.objects.filter(state=EditionState.PUBLISHED, item__hidden=False)
    allowed = Q(audience=Audience.PUBLIC)
    if user is not None and _signed_in(user) and (paths := scope_paths(user)):
        above = {prefix for path in paths for prefix in _prefixes(path)}
        readers = Reader.objects.filter(
            edition=OuterRef("pk"), live=True, unit__path__in=sorted(above)
        )
        allowed |= Q(audience=Audience.SYSTEM)
        allowed |= Q(Exists(readers), audience=Audience.NAMED)
    return out.filter(allowed)


def _prefixes(path: str) -> list[str]:
    """Return the paths of a unit and of all above it: who is named is named with all below."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]


def worked_items(user: User) -> QuerySet[Item]:
    """Return the items whose drafts a person may see: those of units in their scope."""
    rows = Item.objects.filter(in_scope("unit__path", user) | in_scope("body__path", user))
    mine = Named.objects.filter(item=OuterRef("pk"), person=user)
    return rows.filter(Q(hidden=False) | Exists(mine))


def units_in_scope(user: User) -> list[int]:
    """Return the keys of at most two units in a person's scope: one, or more than one."""
    paths = [Q(path__startswith=path) for path in scope_paths(user)]
    if not paths:
        return []
    return list(Unit.objects.filter(reduce(or_, paths)).values_list("pk", flat=True)[:2])


def works_on(user: User, item: Item) -> bool:
    """Say whether a person sees the drafts of this item."""
    return worked_items(user).filter(pk=item.pk).exists()


def sees_register(user: User) -> bool:
    """Say whether the person sees a register at all."""
    return bool(scope_paths(user))


def readable(user: User | None, item: Item) -> Edition | None:
    """Return the published edition that this reader may read of an item; None without one."""
    return published_to(user).filter(item=item).first()


def may_see_file(user: User, file: files.StoredFile) -> bool:
    """Say whether a person may have a file of an item: the gate of files asks here.

    Who works on the item has all; other readers what is published, never an original, and of a
    cleaned file only its copy.
    """
    kind, pk = split_subject(file.subject) if file.subject else ("", "")
    if kind != "publications.item":
        return False
    item = Item.objects.filter(pk=pk).first()
    if item is None:
        return False
    if works_on(user, item):
        return True
    if not item.hidden and any(asks(user, item, file) for asks in _FILE_READERS.values()):
        return True
    edition = readable(user, item)
    return edition is not None and is_public_file(edition, file)


def let_see_files(name: str, asks: FileReader) -> None:
    """Let an app above give a file of a draft to those whom it asked about the draft.

    What is hidden is given to nobody by it. A second one of a name replaces it.
    """
    _FILE_READERS[name] = asks


def is_public_file(edition: Edition, file: files.StoredFile) -> bool:
    """Say whether exactly this file is what readers of the edition get."""
    rows = EditionFile.objects.filter(edition=edition, removed_at=None)
    rows = rows.exclude(role=FileRole.ORIGINAL)
    return rows.filter(Q(copy=file) | Q(copy=None, file=file)).exists()

"""Two versions of an item side by side: fields, paragraphs, files, and with what to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.comparing import Row, compare_versions
from gongkai.publications import queries
from gongkai.publications.queries import Edition
from gongkai.publications.rules import (
    FIELD_LABELS,
    Content,
    FileFact,
    changed_fields,
    version_words,
)
from gongkai.publications.states import Attribute, Audience, FileRole, Ground, Kind
from gongkai.publications.views import showing
from gongkai.publications.views.records import edition_or_404
from gongkai.richtext.api import paragraphs
from gongkai.ui.compared import shown, summary
from gongkai.ui.parts import Crumb
from gongkai.ui.words import moment

_WORDED = {"kind": Kind, "attribute": Attribute, "ground": Ground, "audience": Audience}
_SHOWN_APART = {"text", "files", "readers", "change", "change_note", "index_number"}


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, in words, empty where it was empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Differences:
    """All in which two versions differ; ``rows`` hold the paragraphs of both."""

    fields: tuple[FieldChange, ...]
    readers: bool
    rows: tuple[Row, ...]
    files_added: tuple[str, ...]
    files_gone: tuple[str, ...]
    files_changed: tuple[str, ...]
    """Files of the same name with other bytes."""

    @property
    def any_file(self) -> bool:
        """Whether a file came, went or is another."""
        return bool(self.files_added or self.files_gone or self.files_changed)


def differences(old: Content, new: Content) -> Differences:
    """Compare two versions of an item."""
    before, after = old.as_json(), new.as_json()
    changed = [one for one in changed_fields(before, after) if one not in _SHOWN_APART]
    added, gone, other = _files(old.files, new.files)
    return Differences(
        fields=tuple(
            FieldChange(FIELD_LABELS[one], _said(one, before[one]), _said(one, after[one]))
            for one in changed
        ),
        readers=old.readers != new.readers,
        rows=compare_versions(list(paragraphs(old.text)), list(paragraphs(new.text))),
        files_added=added,
        files_gone=gone,
        files_changed=other,
    )


def _said(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    text = str(value)
    return _WORDED[name](text).label if text and name in _WORDED else text


Names = tuple[str, ...]


def _files(old: Sequence[FileFact], new: Sequence[FileFact]) -> tuple[Names, Names, Names]:
    """Return which files came, went, and kept their name with other bytes."""
    before = {(one.role, one.title): one.sha256 for one in old}
    after = {(one.role, one.title): one.sha256 for one in new}
    return (
        tuple(_named(key for key in after if key not in before)),
        tuple(_named(key for key in before if key not in after)),
        tuple(_named(key for key in after if key in before and before[key] != after[key])),
    )


def _named(keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    for role, title in keys:
        yield f"{title}（{FileRole(role).label}）"


@dataclass(frozen=True)
class Other:
    """A version that may be compared with: how the address names it, and in words."""

    key: str
    label: str


def _others(edition: Edition) -> list[Other]:
    """Return what an edition may be compared with, the likeliest first.

    That is what of itself was sent before and has since changed, then the editions before it.
    """
    sent = [
        Other(f"sent-{row.pk}", f"{moment(row.sent_at)}送审的稿子")
        for row in queries.sendings_of(edition)
        if row.digest != edition.digest
    ]
    before = [
        Other(f"edition-{row.pk}", version_words(row.order, row.change))
        for row in queries.editions_of(edition.item)
        if row.order < edition.order
    ]
    return [*sent, *before] if edition.order == 1 else [*before, *sent]


def _content(edition: Edition, key: str) -> Content:
    """Return what an offered version held. Raises ``Http404``."""
    kind, _, number = key.partition("-")
    found = queries.content_before(edition, kind, int(number)) if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition beside an earlier version of its item (``?with=``, ``?whole=1``)."""
    edition = edition_or_404(user_of(request), pk)
    others = _others(edition)
    chosen = next((one for one in others if one.key == request.GET.get("with")), None)
    if chosen is None and "with" in request.GET:
        raise Http404
    chosen = chosen or (others[0] if others else None)
    whole = request.GET.get("whole") == "1"
    now = queries.content_of(edition)
    found = differences(_content(edition, chosen.key), now) if chosen else None
    where = Crumb(edition.item.title, reverse("publications:item", args=[edition.item_id]))
    context = {
        "edition": edition,
        "version_words": version_words(edition.order, edition.change),
        "crumbs": showing.crumbs(where),
        "others": others,
        "chosen": chosen,
        "whole": whole,
        "found": found,
        "rows": shown(found.rows, whole=whole) if found else [],
        "summary": summary(found.rows) if found else "",
    }
    return render(request, "publications/compare.html", context)

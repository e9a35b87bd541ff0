"""The checks before publication: asked for, run by the worker, findings let pass by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.kernel.sealed import trace
from gongkai.publications import policies, queries
from gongkai.publications.actions.drafting import PURPOSE, reflect
from gongkai.publications.actions.linking import look_at_links
from gongkai.publications.actions.numbering import give_number
from gongkai.publications.models import Check, Edition, EditionFile, Finding
from gongkai.publications.states import CheckState, FileRole
from gongkai.richtext.api import missing_alternatives, plain
from gongkai.screening import (
    Code,
    Severity,
    clean_copy,
    each_once,
    screen_file,
    screen_text,
)
from gongkai.screening import Finding as Found
from gongkai.wording import api as wording


@transaction.atomic
def ask_check(edition: Edition, *, actor: User, expected: int) -> Check:
    """Ask for the checks of what is saved now; the index number is given with it.

    What was checked exactly as it is stays checked. Raises ``Refused``.
    """
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not("save", edition, actor=actor))
    item = edition.item
    if item.index_number is None:
        give_number(item, year=(edition.formed_on or clock.today()).year)
        reflect(edition)
    before = queries.check_of(edition)
    if before is not None and before.state == CheckState.DONE:
        return before
    check = Check.objects.create(
        edition=edition, digest=edition.digest, asked_at=clock.now(), asked_by=actor
    )
    record(
        "publications.check_asked",
        subject=check,
        also=[subject_key(item)],
        actor=actor,
        unit=item.unit,
        edition=edition.order,
    )
    return check


@dataclass(frozen=True)
class _Cleaned:
    row: EditionFile
    copy: files.StoredFile | None
    removed: Sequence[str]


def run_check(check: Check) -> None:
    """Clean the files that need a public copy, look at everything, keep what was found.

    The work runs outside any transaction; what it found is kept in one. Does nothing for a check
    that is not running, or whose edition changed meanwhile (it is asked for again then).
    """
    edition = queries.edition_by_pk(check.edition_id)
    if edition is None or check.state != CheckState.RUNNING or edition.digest != check.digest:
        return
    cleaned = [_clean(row, check) for row in queries.files_of(edition) if row.cleaned_at is None]
    _keep_copies(edition, check, cleaned)
    check.refresh_from_db()
    edition.refresh_from_db()
    if edition.digest == check.digest:
        _keep_findings(check, edition, list(_look(edition)))


def _clean(row: EditionFile, check: Check) -> _Cleaned:
    """Make the public copy of a file, where something has to be taken out of it."""
    if row.role == FileRole.ORIGINAL:  # never leaves the desk
        return _Cleaned(row, None, ())
    cleaned = clean_copy(row.file.name, files.read_bytes(row.file))
    if not cleaned.removed:
        return _Cleaned(row, None, ())
    actor = check.asked_by or row.file.created_by
    copy = files.store(
        cleaned.data,
        name=cleaned.name,
        actor=actor,
        unit=row.file.unit,
        purpose=PURPOSE,
    )
    return _Cleaned(row, copy, cleaned.removed)


@transaction.atomic
def _keep_copies(edition: Edition, check: Check, cleaned: Sequence[_Cleaned]) -> None:
    """Put the copies to the edition; the check then speaks of the version with them."""
    if not cleaned:
        return
    edition = lock(edition)
    item = edition.item
    for one in cleaned:
        if one.copy is not None:
            files.attach(one.copy, subject_key(item))
        one.row.copy, one.row.cleaned = one.copy, list(one.removed)
        one.row.cleaned_at = clock.now()
        one.row.save(update_fields=["copy", "cleaned", "cleaned_at"])
    reflect(edition)
    check.digest = edition.digest
    check.save(update_fields=["digest"])


def _look(edition: Edition) -> Iterable[Found]:
    """Look at all that would be published: the fields, the text, each file's public copy."""
    day = clock.today()
    lexicon = wording.lexicon_for(edition.item.body)
    secret = trace("findings", purpose="publications.screening").encode()
    fields = {
        "标题": edition.title,
        "内容概述": edition.abstract,
        "正文": plain(edition.text),
        "说明": edition.change_note,
    }
    for place, text in fields.items():
        yield from screen_text(text, place=place, lexicon=lexicon, day=day, secret=secret)
    yield from _images(edition)
    yield from look_at_links(edition)
    for row in queries.files_of(edition):
        if row.role == FileRole.ORIGINAL:
            continue
        out = row.copy or row.file
        data = files.read_bytes(out)
        shown = screen_file(out.name, data, lexicon=lexicon, day=day, secret=secret)
        for one in shown.findings:
            # what is let pass of a file as a whole is let pass of these bytes only
            yield one if one.around else replace(one, around=out.sha256[:16])


def _images(edition: Edition) -> Iterable[Found]:
    """Yield that images of the text have no words for who cannot see them."""
    blind = missing_alternatives(edition.text)
    if blind:
        says = f"正文有{len(blind)}张图片没有文字说明，读屏软件读不出来，请补上。"
        which = "".join(image.src for image in blind)
        yield Found(Code.NO_ALTERNATIVE, Severity.ASK, "正文", 0, 0, "", says, around=which)


@transaction.atomic
def _keep_findings(check: Check, edition: Edition, found: Sequence[Found]) -> None:
    """Keep the findings; what was let pass before, found again as it was, stays let pass."""
    check = Check.objects.select_for_update().get(pk=check.pk)
    if check.state != CheckState.RUNNING:
        return
    passed = {
        row.key: row
        for row in Finding.objects.filter(
            check_run__edition__item=edition.item, overruled_at__isnull=False
        ).select_related("overruled_by")
    }
    rows = []
    for one in each_once(found):
        row = Finding(
            check_run=check,
            key=one.key,
            code=one.check,
            severity=one.severity,
            place=one.place[:300],
            excerpt=one.excerpt[:300],
            says=one.says[:500],
            suggestion=one.suggestion[:200],
        )
        old = passed.get(one.key)
        if old is not None:
            row.overruled_by, row.overruled_at = old.overruled_by, old.overruled_at
            row.overruled_why = old.overruled_why
        rows.append(row)
    Finding.objects.bulk_create(rows)
    check.state, check.done_at = CheckState.DONE, clock.now()
    check.save(update_fields=["state", "done_at"])
    item = edition.item
    counts: dict[str, Any] = {
        "stops": sum(row.severity == "stop" for row in rows),
        "asks": sum(row.severity == "ask" for row in rows),
    }
    record("publications.checked", subject=item, actor=None, unit=item.unit, **counts)


@transaction.atomic
def fail_check(check: Check) -> None:
    """Say that the checks could not be done; they are asked for again by hand."""
    Check.objects.filter(pk=check.pk, state=CheckState.RUNNING).update(state=CheckState.FAILED)


@transaction.atomic
def overrule(finding: Finding, *, actor: User, reason: str, expected: int) -> Finding:
    """Let a finding pass, by name and with a reason. Raises ``Refused``."""
    finding = lock(finding, expected=expected)
    edition = finding.check_run.edition
    refuse_if(policies.why_not_overrule(edition, actor=actor, reason=reason))
    finding.overruled_by, finding.overruled_at = actor, clock.now()
    finding.overruled_why = reason.strip()[:500]
    finding.save(update_fields=["overruled_by", "overruled_at", "overruled_why"])
    item = edition.item
    record(
        "publications.finding_overruled",
        subject=item,
        actor=actor,
        unit=item.unit,
        code=Code(finding.code).label,
        place=finding.place,
        reason=finding.overruled_why,
    )
    return finding

"""The links of a text are tried before it comes out: gone, inside our network, or not reached."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator

from django.conf import settings

from gongkai.fetching import Unfetched, fetch
from gongkai.publications import queries
from gongkai.publications.models import Edition
from gongkai.publications.states import FileRole
from gongkai.richtext.api import Link, links
from gongkai.screening import Code, Severity
from gongkai.screening import Finding as Found
from gongkai.screening.findings import unspoken

MOST_TRIED = 50
MOST_SECONDS = 120
_FILE = re.compile(r"/files/(\d+)/")
_WEB = ("http://", "https://")
_ELSEWHERE = ("mailto:", "tel:", "#")


def look_at_links(edition: Edition) -> Iterator[Found]:
    """Yield what is wrong with the links of the text; those of others' sites are tried (B5).

    Where links are not tried (no way to the open web from here), only the addresses are judged.
    """
    outside = []
    given = {row.file_id for row in queries.files_of(edition) if row.role != FileRole.ORIGINAL}
    for link in _each_once(links(edition.text)):
        file = _FILE.fullmatch(link.href)
        if (file and int(file[1]) in given) or link.href.startswith(_ELSEWHERE):
            continue
        if link.href.startswith(_WEB):
            outside.append(link)
        else:
            said = "是办公系统里的地址，公众打不开。请去掉，或把文件加为附件。"
            yield _found(Code.INNER_LINK, Severity.ASK, link, said)
    if settings.LINKS_TRIED:
        yield from _tried(outside)


def _each_once(found: Iterable[Link]) -> Iterable[Link]:
    return {link.href: link for link in found}.values()


def _tried(outside: list[Link]) -> Iterator[Found]:
    """Try the links in their order, as many as there is time for."""
    until = time.monotonic() + MOST_SECONDS
    for n, link in enumerate(outside):
        if n >= MOST_TRIED or time.monotonic() > until:
            said = f"还有{len(outside) - n}个链接没有试开，请自己点开核对。"
            yield Found(Code.UNTRIED_LINK, Severity.NOTE, "正文", 0, 0, "", said)
            return
        try:
            fetch(link.href)
        except Unfetched as why:
            yield _problem(link, why)


def _problem(link: Link, found: Unfetched) -> Found:
    if found.why == "gone":
        said = "打不开，对方已没有这个网页。请换地址或去掉。"
        return _found(Code.DEAD_LINK, Severity.ASK, link, said)
    if found.why == "inside":
        said = "是内部网络的地址，公众打不开。请换成互联网上的地址。"
        return _found(Code.INNER_LINK, Severity.ASK, link, said)
    return _found(Code.UNTRIED_LINK, Severity.NOTE, link, "这次没有试开，请自己点开核对。")


def _found(code: Code, severity: Severity, link: Link, said: str) -> Found:
    words = unspoken(link.text.strip()[:40] or link.href[:60])
    shown, around = unspoken(link.href[:200]), hashlib.sha256(link.href.encode()).hexdigest()
    return Found(code, severity, "正文", 0, 0, shown, f"链接“{words}”{said}", around=around)

"""What the elements of a page mean for reading: which break, hide, close or clutter."""

from __future__ import annotations

import re

from gongkai.reading.formats.html.tokens import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr"
)
BLOCK = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "legend li main menu nav ol optgroup option p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
HIDDEN = _words(
    "script style template noscript head title textarea select datalist iframe object embed "
    "noembed noframes svg math canvas audio video xml rt rp map"
)
CLUTTER = _words("nav footer aside button menu")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = frozenset(("td", "th"))
ROWS = frozenset(("thead", "tbody", "tfoot"))
TABLE = frozenset(("table", "tr", "caption")) | CELLS | ROWS

_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # A start tag closes what stands open of the first set, up to one of the second.
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "tr": (frozenset(("tr", "caption")), frozenset(("table",))),
    **dict.fromkeys(CELLS, (CELLS | {"caption"}, frozenset(("tr", "table")))),
    **dict.fromkeys(ROWS, (ROWS | {"tr", "caption"}, frozenset(("table",)))),
}
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])font-size\s*:\s*0(?![.\d]*[1-9])", re.I
)
_CLUTTER_NAME = re.compile(
    r"crumb|share|(?:^|[\s_-])(?:sub|top|main)?nav|menu|foot(?:er)?(?:$|[\s_-])|copyright"
    r"|side-?bar|tool-?bar|qr-?code|(?:^|\s)(?:ewm|dqwz|weizhi|position|location|breadnav)(?:$|\s)"
    r"|pagination|font-?size|(?:^|[\s_-])print(?:$|[\s_-])",
    re.I,
)


def implied_end(name: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return which open elements a start tag closes, and at which ones the search stops."""
    if name in _CLOSES:
        return _CLOSES[name]
    if name in BLOCK and name not in TABLE:
        return frozenset(("p",)), TABLE | {"div", "li", "dd", "body"}
    return None


def hides(token: Token) -> bool:
    """Tell whether a reader of the page never sees what stands inside the element."""
    if token.name in HIDDEN or "hidden" in token.attributes:
        return True
    return bool(_HIDING_STYLE.search(token.get("style")))


def clutters(token: Token) -> bool:
    """Tell whether the element is by its name, class or id around the document, not in it."""
    if token.name in CLUTTER:
        return True
    if token.name in ("body", "html", "main", "article", "td", "table"):
        return False
    return bool(_CLUTTER_NAME.search(f"{token.get('class')} {token.get('id')}"))


def path_name(token: Token) -> str:
    """Return "div#id.class" with at most two classes."""
    mark = f"#{token.get('id')}" if token.get("id") else ""
    classes = "".join(f".{name}" for name in token.get("class").split()[:2])
    return f"{token.name}{mark}{classes}"[:80]

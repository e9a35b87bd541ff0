"""The component tags, a builtin of every template; each shows one template in ``ui/parts``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.ui import fields, pictures, words
from gongkai.ui.charts import Bars, Moments
from gongkai.ui.compared import Shown
from gongkai.ui.parts import Act, Card, Crumb, DayCell, Fact, Mark, Need, Pile, Sign, Stripe

register = template.Library()
Context = dict[str, Any]
RECENT = 5
"""So many happenings stand open on a phone."""


# -- words -------------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | str | None) -> str:
    """2026年3月18日; a moment's day is taken at the office; nothing for None."""
    return words.day(value)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """3月18日 周三, with its year when that is another."""
    return words.short_day(value)


@register.filter
def full_day(value: date | datetime | None) -> str:
    """2026年3月18日 星期三."""
    return words.full_day(value)


@register.filter
def left(value: date | datetime | None) -> str:
    """还有6天, 今天到期, 已过2天: calendar days from today."""
    return words.left(value, clock.today())


@register.filter
def moment(value: datetime | None) -> str:
    """2026年3月18日 15:30, at the office."""
    return words.moment(value)


@register.filter
def said(value: object) -> str | SafeString:
    """Show any plain value as a reader expects it: dates in Chinese, 是/否, a dash for nothing."""
    return words.said(value)


@register.simple_tag
def when(value: date | datetime | None, short: bool = False) -> str | SafeString:
    """Show a day or moment as a ``time`` element."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        iso = timezone.localtime(value).isoformat(timespec="minutes")
    else:
        iso = value.isoformat()
    text = words.short_day(value) if short else words.said(value)
    return format_html('<time datetime="{}">{}</time>', iso, text)


# -- frame -------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/page_header.html")
def page_header(
    title: str,
    crumbs: Iterable[Crumb | tuple[str, str]] = (),
    eyebrow: str = "",
    note: str = "",
    status: str = "",
    tone: str = "plain",
) -> Context:
    """Title of the page with the way to it."""
    steps = [c if isinstance(c, Crumb) else Crumb(*c) for c in crumbs]
    return {
        "title": title,
        "crumbs": steps,
        "eyebrow": eyebrow,
        "note": note,
        "status": status,
        "tone": tone,
    }


@register.inclusion_tag("ui/parts/icon.html")
def icon(name: str) -> Context:
    """A small picture beside a word; never alone."""
    return {"name": name}


# -- saying ------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/light.html")
def light(
    code: str,
    label: str = "",
    rule: str = "",
    due: date | datetime | None = None,
    plain: bool = False,
) -> Context:
    """A light: shape, word, day; its rule on hover and focus, or beside it when ``plain``."""
    return {"sign": Sign(str(code), label, rule, due), "plain": plain}


@register.inclusion_tag("ui/parts/light.html")
def sign(value: Sign, plain: bool = False) -> Context:
    """A light from a ``Sign``."""
    return {"sign": value, "plain": plain}


@register.inclusion_tag("ui/parts/status.html")
def status(label: str, tone: str = "plain") -> Context:
    """A word for a state; tones plain, good, wait, binding, off."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/parts/message.html")
def message(text: str, tone: str = "note", title: str = "") -> Context:
    """A box that says something; tones note, good, warning, refusal."""
    return {"text": text, "tone": tone, "title": title}


@register.inclusion_tag("ui/parts/refusals.html")
def refusals(items: Sequence[Refusal], title: str = "现在不能这样做") -> Context:
    """Why something was not done, each reason a sentence."""
    return {"refusals": items, "title": title}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> Context:
    """What would stand here, and the next step."""
    return {"title": title, "text": text, "url": url, "label": label}


# -- doing -------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/action.html")
def action(act: Act) -> Context:
    """One button, or the greyed button with its reasons."""
    return {"act": act}


@register.inclusion_tag("ui/parts/actions.html")
def actions(acts: Iterable[Act], label: str = "可以做的事") -> Context:
    """The bar of buttons of a record: what may be done first, what may not below with reasons."""
    found = list(acts)
    return {
        "can": [a for a in found if not a.refusals],
        "cannot": [a for a in found if a.refusals],
        "label": label,
    }


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField) -> Context:
    """A form field with label, help and errors joined to it for screen readers."""
    return fields.context_of(bound)


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form: Form) -> Context:
    """All fields of a form, errors of the whole form first."""
    return {"form": form}


# -- records -----------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/facts.html")
def facts(items: Iterable[Fact | tuple[str, object]]) -> Context:
    """A key–value list."""
    return {"facts": [f if isinstance(f, Fact) else Fact(*f) for f in items]}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[Any], more_url: str = "") -> Context:
    """What happened, newest first: entries with ``label at actor_name facts``."""
    found = [words.happening(e) for e in entries]
    return {"first": found[:RECENT], "rest": found[RECENT:], "more_url": more_url}


@register.inclusion_tag("ui/parts/table.html")
def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: str = ""
) -> Context:
    """A plain table; ``numbers`` names the 1-based columns that hold numbers, as "2,3"."""
    numeric = {int(n) for n in numbers.split(",") if n}
    kinds = ["number" if i in numeric else "text" for i in range(1, len(heads) + 1)]
    return {
        "caption": caption,
        "heads": list(zip(heads, kinds, strict=True)),
        "rows": [list(zip(row, kinds, heads, strict=True)) for row in rows],
    }


@register.inclusion_tag("ui/parts/listing.html")
def listing(page: Any) -> Context:
    """A list page made by ``gongkai.ui.lists.Listing``."""
    return {"page": page}


@register.inclusion_tag("ui/parts/needs.html")
def needs(items: Iterable[Need], heading: int = 3, first: int = 0) -> Context:
    """What waits for a person, each with its light, its reason and one button.

    A phone shows the ``first`` so many and folds the others; 0 folds none.
    """
    found = list(items)
    shown = first or len(found)
    return {"first": found[:shown], "rest": found[shown:], "heading": heading}


@register.inclusion_tag("ui/parts/board.html")
def board(piles: Iterable[Pile], label: str = "看板") -> Context:
    """Columns of cards."""
    return {"piles": list(piles), "label": label}


@register.inclusion_tag("ui/parts/card.html")
def card(item: Card) -> Context:
    """One card."""
    return {"card": item}


# -- long work, pictures, sources --------------------------------------------------------------


@register.inclusion_tag("ui/parts/progress.html")
def progress(
    url: str, label: str, done: int = 0, total: int = 0, finished: bool = False
) -> Context:
    """Long work that reports itself: polls ``url``, which answers with this same fragment."""
    share = min(100, done * 100 // total) if total else None
    return {
        "url": url,
        "label": label,
        "done": done,
        "total": total,
        "finished": finished,
        "share": share,
    }


@register.inclusion_tag("ui/parts/bar.html")
def bar(
    stripes: Iterable[Stripe | tuple[str, str, int]], label: str, most: int = 0, key: str = "full"
) -> Context:
    """A bar of lights, e.g. a unit's load; ``most`` is the n of the longest bar beside it.

    ``key`` says the numbers below it: "full" with words, "short" with signs only, "" not at all.
    """
    items = [s if isinstance(s, Stripe) else Stripe(*s) for s in stripes]
    return {"bar": pictures.bar(items, most=most), "label": label, "key": key}


@register.inclusion_tag("ui/parts/chart.html")
def chart(picture: Bars | Moments) -> Context:
    """A chart with its table; the page loads ``ui/charts.html`` in its head."""
    return {"chart": picture, "data_id": f"{picture.name}-data"}


@register.inclusion_tag("ui/parts/month.html")
def month(cells: Iterable[DayCell], today: date | None = None, label: str = "") -> Context:
    """A month as a grid of days, Monday first."""
    return {"month": pictures.month(list(cells)), "today": today, "label": label}


@register.inclusion_tag("ui/parts/marked.html")
def marked(text: str, marks: Iterable[Mark], base: int = 0) -> Context:
    """A source text with the stretches that something was read from."""
    return {"segments": pictures.segments(text, list(marks), base=base)}


@register.inclusion_tag("ui/parts/compared.html")
def compared(rows: Iterable[Shown], caption: str, old: str = "原来", new: str = "现在") -> Context:
    """Two texts side by side, row by row, with what was taken out and put in."""
    return {"rows": list(rows), "caption": caption, "old": old, "new": new}

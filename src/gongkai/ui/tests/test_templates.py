"""What no template of the house may hold; the content policy would break it on screen anyway."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}")
TAG = re.compile(r"\{%.*?%\}")
FORBIDDEN = {
    r"\sstyle\s*=": "put it into the css file",
    r"<style\b": "put it into the css file",
    r"<script\b(?![^>]*\bsrc=)": "put it into a static js file",
    r"\son[a-z]+\s*=": "listen in a static js file",
    r"\shx-on\b": "listen in a static js file",
    r"javascript:": "use a form or a link",
    r"\|\s*safe\b": "build HTML with format_html or an inclusion tag",
    r"autoescape\s+off": "build HTML with format_html or an inclusion tag",
    r"https?://(?!www\.w3\.org)": "serve it ourselves",
}


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_there_are_templates():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline(path: Path):
    text = COMMENT.sub("", path.read_text())
    found = [f"{p} ({why})" for p, why in FORBIDDEN.items() if re.search(p, text, re.IGNORECASE)]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_opens_with_a_comment_that_lists_inputs(path: Path):
    assert path.read_text().startswith("{#"), "say first, in {# … #}, what the template is given"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_posted_form_carries_its_token(path: Path):
    forms = re.findall(
        r"<form\b[^>]*method=\"(?:post|\{\{)[^>]*>.*?</form>", path.read_text(), re.S
    )
    carried = ("{% csrf_token %}", "_carried.html")
    assert all(any(c in form for c in carried) for form in forms)


def styled_classes() -> set[str]:
    css = "".join(path.read_text() for path in SOURCE.glob("*/static/**/*.css"))
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.S)))


def used_classes(text: str) -> set[str]:
    """Classes written out in full; those with a value inside are made of known parts."""
    found = set()
    bare = VALUE.sub("{}", TAG.sub(" ", COMMENT.sub("", text)))
    for attribute in re.findall(r"class=\"([^\"]*)\"", bare):
        found |= {word for word in attribute.split() if "{" not in word and word[-1] != "-"}
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_class_has_a_style(path: Path):
    unknown = used_classes(path.read_text()) - styled_classes() - HOOKS
    assert not unknown, "give it a style in ui.css, or use a component that has one"


# Names that only mark a place, for a journey in the browser or for a reader of the HTML.
HOOKS = {"listing", "text", "record-clock", "record-timeline", "action", "progress-label"}


def test_the_lint_finds_what_it_should():
    assert re.search(r"\son[a-z]+\s*=", '<a onclick="x">')
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", '<script src="/a.js" defer>')
    assert used_classes('<p class="a {% if x %}b{% endif %} c-{{ d }}">') == {"a", "b"}

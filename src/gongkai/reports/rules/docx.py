"""A report as .docx: the standard look, an office's own template, what a template may contain."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongkai.reports.rules.paper import Paper

LINE = Pt(29)
"""22 lines on 225 mm (GB/T 9704)."""

STYLES = {
    "报告标题": ("方正小标宋简体", 22, 0, WD_ALIGN_PARAGRAPH.CENTER),
    "报告主送": ("仿宋_GB2312", 16, 0, WD_ALIGN_PARAGRAPH.LEFT),
    "报告一级标题": ("黑体", 16, 32, WD_ALIGN_PARAGRAPH.LEFT),
    "报告二级标题": ("楷体_GB2312", 16, 32, WD_ALIGN_PARAGRAPH.LEFT),
    "报告正文": ("仿宋_GB2312", 16, 32, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "报告落款": ("仿宋_GB2312", 16, 0, WD_ALIGN_PARAGRAPH.RIGHT),
}
"""Name → font, size and first-line indent in points, alignment."""

LINES = (
    ("报告标题", "{{ title }}"),
    ("报告主送", ""),
    ("报告主送", "{%p if recipient %}"),
    ("报告主送", "{{ recipient }}："),
    ("报告主送", "{%p endif %}"),
    ("报告正文", "{%p for section in sections %}"),
    ("报告正文", "{%p if section.level == 1 %}"),
    ("报告一级标题", "{{ section.heading }}"),
    ("报告正文", "{%p endif %}"),
    ("报告正文", "{%p if section.level == 2 %}"),
    ("报告二级标题", "{{ section.heading }}"),
    ("报告正文", "{%p endif %}"),
    ("报告正文", "{%p for paragraph in section.paragraphs %}"),
    ("报告正文", "{{ paragraph }}"),
    ("报告正文", "{%p endfor %}"),
    ("报告正文", "{%p endfor %}"),
    ("报告正文", ""),
    ("报告落款", "{{ signature }}"),
    ("报告落款", "{{ day }}"),
)
FIELDS = frozenset({"title", "recipient", "sections", "signature", "day"})
PARTS = frozenset({"level", "heading", "paragraphs"})
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.Not,
)
"""What a template may be made of: it puts values in and repeats over them, and computes nothing."""

WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


class NotATemplate(ValueError):
    """A .docx cannot be used as a template; the sentence says why."""


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """Return the report as .docx, in the office's template or the standard look.

    Raises ``NotATemplate`` when the template cannot be filled in.
    """
    filled = DocxTemplate(io.BytesIO(template or standard()))
    try:
        filled.render(paper.as_context(), jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise NotATemplate(f"版式文件里的填写标记有误：{error.message}") from error
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()


def check(template: bytes) -> None:
    """See whether a .docx can be a template. Raises ``NotATemplate`` with what to mend.

    It may name what ``FIELDS`` and ``PARTS`` offer, repeat and choose; all else is refused, so that
    a template can compute nothing and run nothing.
    """
    try:
        names = [n for n in zipfile.ZipFile(io.BytesIO(template)).namelist() if WORD_PARTS.match(n)]
        filled = DocxTemplate(io.BytesIO(template))
        filled.init_docx()
        texts = [filled.patch_xml(filled.get_xml())]
        texts += [filled.patch_xml(_other_part(template, name)) for name in names if _other(name)]
        trees = [_environment().parse(text) for text in texts]
    except TemplateError as error:
        raise NotATemplate(f"填写标记有误：{error.message}") from error
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise NotATemplate("这个文件打不开，请用 Word 或 WPS 另存为 .docx 再上传。") from error
    named = {name for tree in trees for name in _names(tree)}
    missing = [name for name in ("title", "sections") if name not in named]
    if missing:
        raise NotATemplate(
            f"缺少填写标记：{'、'.join('{{ ' + n + ' }}' for n in missing)}。请从标准版式改起。"
        )
    render(SAMPLE, template)


def _other(name: str) -> bool:
    return name != "word/document.xml"


def _other_part(template: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(template)).read(name).decode("utf-8", "replace")


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True)


def _names(tree: nodes.Template) -> set[str]:
    """Return the fields that a template names. Raises ``NotATemplate`` for what is not allowed."""
    targets = (loop.target for loop in tree.find_all(nodes.For))
    loops = {target.name for target in targets if isinstance(target, nodes.Name)}
    names: set[str] = set()
    for node in _all(tree):
        if not isinstance(node, ALLOWED):
            raise NotATemplate("版式文件里只能用标准版式里有的填写标记，不能用算式、函数和宏。")
        if isinstance(node, nodes.Name) and node.name not in FIELDS | loops:
            raise NotATemplate(f"没有“{node.name}”这个填写标记。请对照标准版式。")
        if isinstance(node, nodes.Getattr) and node.attr not in PARTS:
            raise NotATemplate(f"没有“{node.attr}”这个填写标记。请对照标准版式。")
        if isinstance(node, nodes.For) and not _repeats(node):
            raise NotATemplate("只能对各部分（sections）和各段（paragraphs）重复。请对照标准版式。")
        if isinstance(node, nodes.Name):
            names.add(node.name)
    return names


def _all(node: nodes.Node) -> list[nodes.Node]:
    return [node, *(below for child in node.iter_child_nodes() for below in _all(child))]


def _repeats(loop: nodes.For) -> bool:
    over = loop.iter
    sections = isinstance(over, nodes.Name) and over.name == "sections"
    paragraphs = isinstance(over, nodes.Getattr) and over.attr == "paragraphs"
    return (sections or paragraphs) and not loop.recursive


@cache
def standard() -> bytes:
    """Return the standard template, which an office can take as the start of its own."""
    document = Document()
    _page(document)
    for name, (font, size, indent, alignment) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - as asked for
        _look(style, font, size, indent, alignment)
    for name, text in LINES:
        document.add_paragraph(text, style=name)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Docx) -> None:
    """A4 with 37 mm above, 28 mm at the binding, a type area of 156 × 225 mm; numbers below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = line.add_run(text)
        run.font.size = Pt(14)
        _east_asian(run.font.element.get_or_add_rPr(), "宋体")
        if field:
            whole = OxmlElement("w:fldSimple")
            whole.set(qn("w:instr"), field)
            run._r.addprevious(whole)
            whole.append(run._r)


def _look(
    style: ParagraphStyle, font: str, size: int, indent: int, alignment: WD_ALIGN_PARAGRAPH
) -> None:
    style.font.name, style.font.size = font, Pt(size)
    _east_asian(style.element.get_or_add_rPr(), font)
    form = style.paragraph_format
    form.alignment = alignment
    form.first_line_indent = Pt(indent)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.space_before = form.space_after = Pt(0)


def _east_asian(properties: object, font: str) -> None:
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)  # type: ignore[attr-defined]  # an rPr


SAMPLE = Paper(title="样张", recipient="某某", sections=(), signature="某某局", day="2026年1月1日")

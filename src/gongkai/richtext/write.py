"""Blocks → HTML in the one form in which a body is kept; decides nothing about its content."""

from __future__ import annotations

from html import escape

from gongkai.richtext.nodes import (
    MARKS,
    Block,
    Cell,
    Figure,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)


def write(blocks: list[Block]) -> str:
    """Return the HTML of the blocks, each of the outermost on a line of its own."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _element(block.tag, _runs(block.runs), ("class", " ".join(block.classes)))
        case Listing():
            start = str(block.start) if block.tag == "ol" and block.start != 1 else ""
            items = "".join(f"<li>{_blocks(item)}</li>" for item in block.items)
            return _element(block.tag, items, ("start", start))
        case Quote():
            return _element("blockquote", _blocks(block.blocks))
        case Figure():
            return _figure(block)
        case Rule():
            return "<hr>"
        case Table():
            return _table(block)


def _blocks(blocks: list[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _element(tag: str, inner: str, *attributes: tuple[str, str]) -> str:
    told = "".join(f' {name}="{escape(value)}"' for name, value in attributes if value)
    return f"<{tag}{told}>{inner}</{tag}>"


def _tags(run: Run) -> list[tuple[str, str]]:
    marks = [(mark, f"<{mark}>") for mark in MARKS if mark in run.marks]
    link = [("a", f'<a href="{escape(run.href)}">')] if run.href else []
    return link + marks


def _runs(runs: list[Run]) -> str:
    out: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in runs:
        wanted = _tags(run)
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
            same += 1
        out += [f"</{tag}>" for tag, _ in reversed(opened[same:])]
        out += [start for _, start in wanted[same:]]
        out.append("<br>" if run.text == "\n" else escape(run.text, quote=False))
        opened = wanted
    out += [f"</{tag}>" for tag, _ in reversed(opened)]
    return "".join(out)


def _figure(figure: Figure) -> str:
    told = f'<img src="{escape(figure.src)}"'
    if figure.decorative:
        told += ' alt="" role="presentation"'
    elif figure.alt is not None:
        told += f' alt="{escape(figure.alt)}"'
    caption = _element("figcaption", escape(figure.caption, quote=False)) if figure.caption else ""
    return f"<figure>{told}>{caption}</figure>"


def _table(table: Table) -> str:
    head = heading_rows(table)
    caption = _element("caption", escape(table.caption, quote=False)) if table.caption else ""
    parts = [("thead", table.rows[:head]), ("tbody", table.rows[head:])]
    written = "".join(
        _element(name, "".join(_row(row, name == "thead") for row in rows))
        for name, rows in parts
        if rows
    )
    return f"<table>{caption}{written}</table>"


def heading_rows(table: Table) -> int:
    """Return how many rows at the top hold nothing but headings; a merge never leaves them."""
    head = 0
    while head < len(table.rows) and all(cell.header for cell in table.rows[head]):
        head += 1
    reach = max((i + c.rowspan for i in range(head) for c in table.rows[i]), default=0)
    return head if reach <= head else 0


def _row(row: list[Cell], head: bool) -> str:
    return "<tr>" + "".join(_cell(cell, head) for cell in row) + "</tr>"


def _cell(cell: Cell, head: bool) -> str:
    scope = ("colgroup" if cell.colspan > 1 else "col") if head else "row"
    return _element(
        "th" if cell.header else "td",
        _blocks(cell.blocks),
        ("class", " ".join(cell.classes)),
        ("scope", scope if cell.header else ""),
        ("colspan", str(cell.colspan) if cell.colspan > 1 else ""),
        ("rowspan", str(cell.rowspan) if cell.rowspan > 1 else ""),
    )

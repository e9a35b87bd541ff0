"""Measures the checks before publication: a document with its attachments, and a long text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

from bench.documents import UNITS
from bench.measuring import Measure, clocked, interleaved
from gongkai.screening import screen_file, screen_text, shipped_lexicon

DAY = date(2026, 6, 15)
AIMS = {"screen.files": 10, "screen.text": 12}
LINE = (
    "各单位要按照职责分工落实政务公开工作要点，及时公开重大建设项目的批准、招标、施工和竣工情况，"
    "主动回应社会关切，做到应公开尽公开。联系电话0771-5801234，2026年11月30日前报送。"
)
LINES_A_PAGE = 8
TEN = 10


def measure(names: tuple[str, ...], *, times: int, share: float) -> Iterator[Measure]:
    """Yield the measures named; ``share`` of their usual size."""
    pages = max(2, int(20 * share))
    for name in names:
        make = _files if name == "screen.files" else _text
        works, baseline = make(pages)
        readings = interleaved(works, times)
        yield Measure.of(name, readings["checks"], readings["base"], baseline, AIMS[name])


def _files(pages: int) -> tuple[dict[str, Callable[[], float]], str]:
    """A document and ten attachments of three kinds: all checks, and the bare text of them all."""
    made = [("通知.docx", _docx(pages))]
    made += [(f"附件{n}.{kind}", MAKERS[kind](2)) for n, kind in enumerate(KINDS, 1)]
    lexicon = shipped_lexicon()

    def checks() -> None:
        found = [screen_file(name, data, lexicon=lexicon, day=DAY) for name, data in made]
        if not all(one.opened and one.text_length for one in found):
            raise AssertionError("a file was not read")

    def base() -> None:
        for name, data in made:
            if not READERS[name.rpartition(".")[2]](data).strip():
                raise AssertionError(f"no text in {name}")

    words = f"the bare text of a .docx of {pages} pages and ten attachments, by three libraries"
    return {"checks": lambda: clocked(checks), "base": lambda: clocked(base)}, words


def _text(pages: int) -> tuple[dict[str, Callable[[], float]], str]:
    """The same text ten times as long."""
    one = "\n".join([LINE] * LINES_A_PAGE * pages * 5)
    lexicon = shipped_lexicon()

    def check(text: str) -> float:
        return clocked(lambda: screen_text(text, place="正文", lexicon=lexicon, day=DAY))

    words = f"a text of {len(one):,} characters; the other is ten times as long"
    return {"checks": lambda: check("\n".join([one] * TEN)), "base": lambda: check(one)}, words


KINDS = ("docx", "docx", "docx", "docx", "xlsx", "xlsx", "xlsx", "pdf", "pdf", "pdf")


def _docx(pages: int) -> bytes:
    import docx

    document = docx.Document()
    for _ in range(pages * LINES_A_PAGE):
        document.add_paragraph(LINE)
    return _saved(document)


def _xlsx(pages: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for number in range(pages * 40):
        book.active.append([number, LINE[:40], UNITS[number % len(UNITS)], "2026年11月30日"])
    return _saved(book)


def _pdf(pages: int) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.setFont("STSong-Light", 12)
        for line in range(LINES_A_PAGE * 3):
            canvas.drawString(72, 760 - 25 * line, LINE[:36])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _saved(thing: object) -> bytes:
    out = io.BytesIO()
    thing.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _docx_text(data: bytes) -> str:
    import docx

    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def _xlsx_text(data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row)


def _pdf_text(data: bytes) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


MAKERS: dict[str, Callable[[int], bytes]] = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}
READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _docx_text,
    "xlsx": _xlsx_text,
    "pdf": _pdf_text,
}

"""Measures the reader: a document 100 times as long over one, as running text and as tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from bench.measuring import Measure, clocked, interleaved
from gongkai.reading.read import read
from gongkai.reading.source import load

ROWS = 24
"""Tasks of one document, as many as the division-of-work table of a bureau has."""

AIM = 110
TITLE = "清江市交通运输局2026年政务公开工作要点"
HEAD = ("序号", "工作任务", "具体要求", "责任单位", "完成时间")
UNITS = ("局办公室", "科技科牵头，运输科、水运科配合", "局属各单位", "法规科、人事科")
TIMES = ("2026年3月", "2026年11月底前", "及时公开", "常态化工作", "每季度", "按市里统一安排完成")
NUMERALS = "一二三四五六七八九十"


def measure(names: tuple[str, ...], *, times: int, longer: int) -> Iterator[Measure]:
    """Yield a measure for each kind of document named."""
    for kind in (name.removeprefix("reader.") for name in names):
        make = MAKERS[kind]
        one, long = make(ROWS), make(ROWS * longer)
        works = {"one": _reading(one, kind), "long": _reading(long, kind)}
        _check(one, long, kind, longer)
        readings = interleaved(works, times)
        baseline = f"one .{kind} of {ROWS} tasks; the other is {longer} times as long"
        yield Measure.of(f"reader.{kind}", readings["long"], readings["one"], baseline, AIM)


def _reading(data: bytes, kind: str) -> Callable[[], float]:
    return lambda: clocked(lambda: read(load(data, f"plan.{kind}")))


def _check(one: bytes, long: bytes, kind: str, longer: int) -> None:
    """Make sure that both are read whole: a reader that stops early is not fast."""
    found = [len(read(load(data, f"plan.{kind}")).tasks) for data in (one, long)]
    if found[0] < ROWS or found[1] < longer * ROWS:
        raise AssertionError(f"of .{kind} {found} tasks were read, not all of them")


def _row(number: int) -> tuple[str, str, str, str, str]:
    group = f"（{NUMERALS[number // 8 % 10]}）重点领域公开"
    text = f"公开第{number}类重大建设项目的批准、招标、施工和竣工情况，覆盖率达到100%"
    return str(number), group, text, UNITS[number % 4], TIMES[number % 6]


def _prose(tasks: int) -> bytes:
    lines = [TITLE, "清江市交通运输局", "2026年2月27日", ""]
    for number in range(tasks):
        if number % 8 == 0:
            lines.append(f"{_chinese(number // 8 + 1)}、推进第{number // 8 + 1}类重点领域公开")
        _, _, text, units, when = _row(number)
        lines.append(f"（{NUMERALS[number % 8]}）{text}，{when}完成。（{units}负责）")
    return "\n".join(lines).encode()


def _chinese(number: int) -> str:
    """Write a number below 1,000 as a heading counts."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{NUMERALS[hundreds - 1]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else NUMERALS[tens - 1]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (NUMERALS[ones - 1] if ones else "")


def _html(tasks: int) -> bytes:
    rows = [HEAD, *(_row(number) for number in range(1, tasks + 1))]
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><table>{cells}</table>"
    return f"<!DOCTYPE html><meta charset=utf-8>{page}".encode()


def _xlsx(tasks: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("分工表")
    sheet.append([TITLE])
    sheet.append(HEAD)
    for number in range(1, tasks + 1):
        sheet.append(_row(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MAKERS: dict[str, Callable[[int], bytes]] = {"txt": _prose, "html": _html, "xlsx": _xlsx}

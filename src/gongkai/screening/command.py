"""The command ``gongkai screen``: files in, findings out; needs no database and no web."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

from gongkai.reading.limits import MAX_BYTES
from gongkai.screening.cleaning import clean_copy
from gongkai.screening.files import screen_file
from gongkai.screening.findings import Finding, Severity
from gongkai.screening.lexicon import Entry, Lexicon, parse_entries, shipped_entries

_LATEST = date(9999, 12, 31)
"""Without a day the lexicon counts as it stands at its newest."""
_CALLS = frozenset((Severity.STOP, Severity.ASK))
_USAGE = "用法：gongkai screen 文件… [--json] [--day 日期] [--lexicon 词库.csv] [--clean 文件夹]。"


class _Refused(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Refused(_USAGE)


def main(argv: list[str]) -> int:
    """Print what is found in the files; return the exit code.

    0 when nothing has to be done, 1 when a finding stops or asks, 2 with one line on standard
    error when a file cannot be opened or the command was not understood.
    """
    try:
        options = _parser().parse_args(argv)
        lexicon = Lexicon((*shipped_entries(), *_own(options.lexicon)))
        found = [_screen(Path(file), lexicon, options) for file in options.files]
    except _Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    if options.json:
        shown = {
            file: [_as_json(one) for one in findings]
            for file, findings in zip(options.files, found, strict=True)
        }
        _write(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for findings in found:
            for one in findings:
                _write(_line(one))
    return int(any(one.severity in _CALLS for findings in found for one in findings))


def _parser() -> _Parser:
    parser = _Parser(
        prog="gongkai screen",
        description="公开前检查文件：个人信息、错字、隐藏内容。压缩包和嵌入的文件一并检查。",
        allow_abbrev=False,
    )
    parser.add_argument("files", metavar="文件", nargs="+")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--day", type=date.fromisoformat, default=_LATEST, help="按哪一天的词库")
    parser.add_argument("--lexicon", metavar="词库.csv", help="另加一份词库")
    parser.add_argument("--clean", metavar="文件夹", help="把去掉隐藏信息的副本存到这里")
    return parser


def _own(path: str | None) -> tuple[Entry, ...]:
    if path is None:
        return ()
    try:
        table = _read(Path(path)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(f"{path}：词库要用UTF-8编码保存。") from error
    entries, errors = parse_entries(table)
    if errors:
        raise _Refused(f"{path}：{'；'.join(map(str, errors))}")
    return entries


def _screen(path: Path, lexicon: Lexicon, options: argparse.Namespace) -> tuple[Finding, ...]:
    data = _read(path)
    if options.clean:
        _save_copy(path, data, Path(options.clean))
    return screen_file(path.name, data, lexicon=lexicon, day=options.day).findings


def _save_copy(path: Path, data: bytes, folder: Path) -> None:
    copy = clean_copy(path.name, data)
    target = folder / copy.name
    try:
        if target.exists():
            raise _Refused(f"{target}：已有这个文件，没有覆盖。请换一个文件夹。")
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(copy.data)
    except OSError as error:
        raise _Refused(f"{target}：存不下，请检查文件夹和权限。") from error
    if copy.removed:
        _write(f"{target}：去掉了{'、'.join(copy.removed)}。")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _Refused(f"{path}：文件超过 {MAX_BYTES >> 20} MB，请分成几份。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _Refused(f"{path}：没有这个文件，请检查路径和文件名。") from error
    except (OSError, ValueError) as error:
        raise _Refused(f"{path}：打不开，请检查路径和权限。") from error


def _line(one: Finding) -> str:
    words = f"（{one.excerpt}）" if one.excerpt else ""
    right = f"建议：{one.suggestion}。" if one.suggestion else ""
    return f"[{one.severity.label}] {one.check.label} {one.place}：{one.says}{words}{right}"


def _as_json(one: Finding) -> dict[str, object]:
    return {
        "key": one.key,
        "check": one.check.value,
        "severity": one.severity.value,
        "place": one.place,
        "start": one.start,
        "end": one.end,
        "excerpt": one.excerpt,
        "says": one.says,
        "suggestion": one.suggestion,
    }


def _write(text: str) -> None:
    # In bytes: a console in GBK has no place for every sign of a document.
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()

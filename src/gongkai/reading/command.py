"""The command ``gongkai read``: a file in, JSON or its text out; reads through the reader."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import NoReturn

from gongkai.reading.blocks import Unreadable
from gongkai.reading.limits import MAX_BYTES
from gongkai.reading.source import load, too_large

_UNREADABLE = 2


class _Usage(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Usage(message)


def main(argv: list[str]) -> int:
    """Print what was read of a file, "-" for standard input; return the exit code.

    0 when it could be read; 2, with one line on standard error and nothing on standard output,
    when it could not or the command was not understood.
    """
    try:
        options = _parser().parse_args(argv)
    except _Usage:
        return _refuse("用法：gongkai read 文件 [--json | --text]；文件写 - 时读标准输入。")
    try:
        output = _output(options.file, as_text=options.text)
    except Unreadable as unreadable:
        return _refuse(f"{_one_line(options.file)}：{unreadable.sentence}")
    _write(output)
    return 0


def read_file(path: str) -> bytes:
    """Return the bytes of a file or, for "-", of standard input, never more than the limit.

    Raises ``Unreadable`` (missing, not_a_file, no_access, too_large).
    """
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_BYTES:
                    raise too_large()
                data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Unreadable("missing", "没有这个文件，请检查路径和文件名。") from error
    except IsADirectoryError as error:
        raise Unreadable("not_a_file", "这是文件夹，请给出其中一个文件。") from error
    except OSError as error:
        raise Unreadable("no_access", "打不开这个文件，请检查读取权限。") from error
    if len(data) > MAX_BYTES:
        raise too_large()
    return data


def _parser() -> _Parser:
    parser = _Parser(
        prog="gongkai read",
        description="读一份文件（.txt .html .docx .xlsx .pdf），输出条款、任务、引用和数字。",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="文件", help="文件路径；- 为标准输入")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON（默认）")
    form.add_argument("--text", action="store_true", help="输出清理以前的全文，位置以它为准")
    return parser


def _output(path: str, *, as_text: bool) -> bytes:
    source = load(read_file(path), "标准输入" if path == "-" else Path(path).name)
    if as_text:
        return source.text.encode()
    from gongkai.reading.read import read

    reading = read(source).as_json()
    return (json.dumps(reading, ensure_ascii=False, indent=2) + "\n").encode()


def _write(output: bytes) -> None:
    try:
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader downstream has had enough; Python must not complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return _UNREADABLE


def _one_line(path: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in path) or "（空文件名）"

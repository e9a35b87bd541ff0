"""The command as a clerk types it: exit codes, one clear line, the text to the byte."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from gongkai.reading import command
from gongkai.reading.tests import builders


@pytest.fixture
def run(capsysbinary, monkeypatch):
    def run(*argv: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = command.main(list(argv))
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    return run


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "分工表.html"
    path.write_bytes(builders.as_html())
    return path


def test_text_is_printed_to_the_byte(run, tmp_path) -> None:
    path = tmp_path / "要点.txt"
    path.write_bytes("\ufeff一\r\n二\r三\n\n".encode("utf-16-le"))
    assert run(str(path), "--text") == (0, "一\r\n二\r三\n\n".encode(), "")


def test_json_is_the_default_and_its_offsets_are_those_of_the_text(run, plan) -> None:
    code, out, err = run(str(plan))
    assert (code, err) == (0, "")
    assert run(str(plan), "--json")[1] == out
    reading = json.loads(out)
    text = run(str(plan), "--text")[1].decode()
    assert [task["row"] for task in reading["tasks"]] == [1, 2, 3, 4, 5, 6]
    assert "夯实基础" in out.decode()  # not escaped
    for task, row in zip(reading["tasks"], builders.ROWS, strict=True):
        assert task["text"] == row.text
        assert row.text in text[task["start"] : task["end"]]


def test_standard_input(run) -> None:
    code, out, _ = run("-", "--text", stdin="各科室：".encode("gb18030"))
    assert (code, out.decode()) == (0, "各科室：")


@pytest.mark.parametrize(
    "argv", [(), ("--text",), ("a", "b"), ("a", "--xml"), ("a", "--json", "--text"), ("a", "--te")]
)
def test_wrong_usage_is_one_line(run, argv) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, b"")
    assert err.startswith("用法：")
    assert err.count("\n") == 1


def test_what_cannot_be_read_is_one_line(run, tmp_path) -> None:
    files = {
        "空.txt": b"",
        "坏.docx": builders.as_docx()[:3000],
        "图.txt": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "锁.pdf": builders.as_pdf(password="x"),
        "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    big = tmp_path / "大.txt"
    with big.open("wb") as file:
        file.truncate(command.MAX_BYTES + 1)
    paths = [
        *(str(tmp_path / name) for name in files),
        str(big),
        str(tmp_path),
        str(tmp_path / "没有"),
    ]
    for path in [*paths, str(big / "x"), "a\x00b", "a\nb", ""]:
        for form in ("--json", "--text"):
            code, out, err = run(path, form)
            assert (code, out) == (2, b""), path
            assert err.count("\n") == 1
            assert err.endswith("。\n")


def test_a_file_without_permission(run, plan, monkeypatch) -> None:
    def refuse(*args, **kwargs):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)
    code, out, err = run(str(plan))
    assert (code, out) == (2, b"")
    assert "权限" in err


def test_endless_input_is_refused(run, monkeypatch) -> None:
    monkeypatch.setattr(command, "MAX_BYTES", 1000)
    code, out, err = run("-", stdin=b"a" * 1001)
    assert (code, out) == (2, b"")
    assert "MB" in err


def test_the_installed_command_needs_no_django(tmp_path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("各科室：")
    code = (
        "import sys; from gongkai.cli import main; code = main(sys.argv[1:]);"
        "assert 'django' not in sys.modules; raise SystemExit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(path)],
        env={key: value for key, value in os.environ.items() if not key.startswith("DJANGO")},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["title"] is None


def test_a_reader_that_leaves_early_is_no_error(tmp_path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("公开" * 500_000)
    code = "import sys; from gongkai.cli import main; raise SystemExit(main(sys.argv[1:]))"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, "read", str(path), "--text"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with reader:
        reader.stdout.read(10)
        reader.stdout.close()
        assert reader.stderr.read() == b""
    assert reader.returncode == 0

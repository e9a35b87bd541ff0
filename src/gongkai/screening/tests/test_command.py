"""The command: what it prints, what it returns, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gongkai.screening.command import main
from gongkai.screening.tests.builders import ID, MOBILE, dirty_docx, parts, plain_docx


def run(capfdbinary, *words):
    code = main([str(word) for word in words])
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_clean_file_says_nothing(tmp_path, capfdbinary):
    assert run(capfdbinary, put(tmp_path, "a.docx", plain_docx())) == (0, "", "")


def test_findings_stand_one_a_line_and_set_the_code(tmp_path, capfdbinary):
    one = put(tmp_path, "a.txt", "布署工作。")
    two = put(tmp_path, "b.txt", f"证号{ID}")
    code, out, _ = run(capfdbinary, one, two)
    assert code == 1
    word, number = out.splitlines()
    says = "“布署”疑为错字，请核对。（布署工作。）建议：部署。"
    assert word == f"[请核实] 用词 附件“a.txt”，第1行：{says}"
    says = "有身份证号码。请删去，或只留末四位。（110***********002X）"
    assert number == f"[必须处理] 身份证号码 附件“b.txt”，第1行：{says}"


def test_a_note_alone_asks_nothing(tmp_path, capfdbinary):
    assert run(capfdbinary, put(tmp_path, "a.txt", "各单位,各部门"))[0] == 0


def test_json(tmp_path, capfdbinary):
    path = put(tmp_path, "a.txt", f"电话{MOBILE}")
    code, out, _ = run(capfdbinary, path, "--json")
    ((file, (one,)),) = json.loads(out).items()
    assert (code, file, one["check"], one["excerpt"]) == (
        1,
        str(path),
        "personal.mobile",
        "138****8000",
    )
    assert MOBILE not in out


def test_the_lexicon_of_a_day_and_of_an_office(tmp_path, capfdbinary):
    path = put(tmp_path, "a.txt", "环境保护部要求")
    assert run(capfdbinary, path)[0] == 1
    assert run(capfdbinary, path, "--day", "2017-01-01")[0] == 0
    own = put(tmp_path, "own.csv", "\ufeff错误写法,正确写法\n要求,请求\n")
    code, out, _ = run(capfdbinary, path, "--day", "2017-01-01", "--lexicon", own)
    assert (code, "建议：请求" in out) == (1, True)
    bad = put(tmp_path, "bad.csv", "错误写法,正确写法\n要求,\n")
    assert run(capfdbinary, path, "--lexicon", bad)[2].endswith("第2行：“要求”没有填正确写法。\n")


def test_a_clean_copy_is_saved_and_never_over_another(tmp_path, capfdbinary):
    path, folder = put(tmp_path, "a.docx", dirty_docx()), tmp_path / "out"
    code, out, _ = run(capfdbinary, path, "--clean", folder)
    assert (code, "批注" in out.splitlines()[0]) == (1, True)
    assert "word/comments.xml" not in parts((folder / "a.docx").read_bytes())
    code, _, err = run(capfdbinary, path, "--clean", folder)
    assert (code, "没有覆盖" in err) == (2, True)


@pytest.mark.parametrize(
    "words", [[], ["--nothing"], ["a.txt", "--day", "x"], ["missing.txt"], ["."]]
)
def test_what_cannot_be_done_is_said_in_one_line(words, tmp_path, capfdbinary, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capfdbinary, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_it_needs_no_django(tmp_path):
    path = put(tmp_path, "a.docx", plain_docx())
    script = (
        "import sys; from gongkai.cli import main; code = main(sys.argv[1:]);"
        "sys.exit(code or 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, "screen", str(path)], check=False)
    assert done.returncode == 0

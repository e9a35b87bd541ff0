"""Documents of many kinds, and what a careful reader of them holds to be certain."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai.reading import command
from gongkai.reading.tests.corpus.build import built

HERE = Path(__file__).parent / "corpus"

# Known failures, "document:key" → why the expectation stands; what is mended is struck out.
KNOWN: dict[str, str] = {}

NAMES = sorted(path.name.removesuffix(".expected.json") for path in HERE.glob("*.expected.json"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@cache
def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{name}.expected.json").read_text())
    return found


@cache
def file_of(name: str, folder: Path) -> Path:
    """Return the document's path; Word and Excel files are built into the folder."""
    for kind in ("txt", "html"):
        if (HERE / f"{name}.{kind}").is_file():
            return HERE / f"{name}.{kind}"
    for kind in ("docx", "xlsx"):
        data = HERE / f"{name}.{kind}.json"
        if data.is_file():
            target = folder / f"{name}.{kind}"
            target.write_bytes(built(json.loads(data.read_text()), kind))
            return target
    raise FileNotFoundError(name)


@pytest.fixture
def run(capsysbinary, folder):
    """Give the command's answer for a document: exit code, standard output, standard error."""

    def run(name: str, form: str = "--json") -> tuple[int, bytes, bytes]:
        key = (name, form)
        if key not in ANSWERS:
            code = command.main([str(file_of(name, folder)), form])
            ANSWERS[key] = (code, *capsysbinary.readouterr())
        return ANSWERS[key]

    return run


ANSWERS: dict[tuple[str, str], tuple[int, bytes, bytes]] = {}


def cases() -> Iterator[Any]:
    """Yield a case for each key of each expected answer, and for each expected task."""
    for name in NAMES:
        yield case(name, "beginnings", "beginnings", None)
        for key, value in expected(name).items():
            if key != "tasks":
                yield case(name, key, key, value)
                continue
            for number, task in enumerate(value, 1):
                yield case(name, f"task{number}", "task", task)


def case(name: str, label: str, key: str, value: Any) -> Any:
    told = f"{name[:2]}:{label}"
    marks = [pytest.mark.xfail(reason=KNOWN[told], strict=True)] if told in KNOWN else []
    return pytest.param(name, key, value, id=f"{name}:{label}", marks=marks)


@pytest.mark.parametrize(("name", "key", "value"), [*cases()])
def test_answer(name, key, value, run) -> None:
    code, out, err = run(name)
    assert (code, err) == (0, b"")
    answer = json.loads(out)
    if key == "task":
        assert_task(answer, value)
    else:
        CHECKS.get(key, lambda answer, value: same(answer[key], value))(answer, value)


def same(found: Any, value: Any) -> None:
    assert folded(found) == folded(value)


def folded(value: Any) -> Any:
    """Return words in half-width digits and without white space; the issue leaves both open."""
    if isinstance(value, str):
        return "".join(value.translate(DIGITS).split())
    return [folded(one) for one in value] if isinstance(value, list) else value


DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def cited(answer: dict[str, Any]) -> list[list[str | None]]:
    every = [[one["title"], one["number"]] for one in answer["citations"]]
    return [one for index, one in enumerate(every) if one not in every[:index]]


def paths(answer: dict[str, Any]) -> list[str]:
    return [one["path"] for one in answer["clauses"] if one["path"]]


def has_all(found: list[Any], value: list[Any]) -> None:
    assert not [one for one in value if folded(one) not in folded(found)], found


def claimed(answer: dict[str, Any]) -> list[list[Any]]:
    keys = ("kind", "stated", "computed", "agrees")
    return sorted([one[key] for key in keys] for one in answer["figures"])


def check_headings(answer: dict[str, Any], value: dict[str, str]) -> None:
    found = {one["path"]: one["heading"] for one in answer["clauses"]}
    assert {path: found.get(path) for path in value} == value


def check_said(answer: dict[str, Any], value: dict[str, str]) -> None:
    found = {one["path"]: one["text"] for one in answer["clauses"]}
    cut = {path: found.get(path, "")[: len(words)] for path, words in value.items()}
    assert cut == value


def check_absent(answer: dict[str, Any], value: list[str]) -> None:
    words = json.dumps(answer, ensure_ascii=False)
    assert not [one for one in value if one in words]


def check_beginnings(answer: dict[str, Any], value: None) -> None:
    """Check that no words begin with the end of a sentence that was cut off before them."""
    found = [one["text"] for one in (*answer["clauses"], *answer["tasks"])]
    assert not [one for one in found if one.startswith(tuple("。，；、：）)"))]


CHECKS = {
    "beginnings": check_beginnings,
    "citations": lambda answer, value: same(cited(answer), value),
    "cites": lambda answer, value: has_all(cited(answer), value),
    "paths": lambda answer, value: same(paths(answer), value),
    "has_paths": lambda answer, value: has_all(paths(answer), value),
    "headings": check_headings,
    "said": check_said,
    "rows": lambda answer, value: same([one["row"] for one in answer["tasks"]], value),
    "rowsum": lambda answer, value: same(len(answer["tasks"]), value),
    "leaves": lambda answer, value: has_all([one["clause"] for one in answer["tasks"]], value),
    "absent": check_absent,
    "no_tasks": lambda answer, value: same(
        [one["text"] for one in answer["tasks"] if any(named(one, each) for each in value)], []
    ),
    "figures": lambda answer, value: same(claimed(answer), sorted(value)),
}


def assert_task(answer: dict[str, Any], value: dict[str, Any]) -> None:
    """Check that a task of that name holds all that is said of it."""
    fits = [one for one in answer["tasks"] if named(one, value)]
    assert fits, [(one["row"], one["clause"], one["text"][:20]) for one in answer["tasks"]]
    held = [{key: held_by(one, key, said) for key, said in value["is"].items()} for one in fits]
    wanted = {key: wanted_as(key, said) for key, said in value["is"].items()}
    fitting = all(one == wanted for one in held) if value.get("every") else wanted in held
    assert fitting, [(one, wanted) for one in held]


def named(task: dict[str, Any], value: dict[str, Any]) -> bool:
    return (
        value.get("row", task["row"]) == task["row"]
        and value.get("clause", task["clause"]) == task["clause"]
        and task["text"].startswith(value.get("begins", ""))
        and value.get("has", "") in task["text"]
    )


def wanted_as(key: str, said: Any) -> Any:
    return sorted(said) if key == "flags" else [] if key == "without" else said


def held_by(task: dict[str, Any], key: str, said: Any) -> Any:
    """Return of the task what is to be compared with the words under this key."""
    if key == "due":
        due = task["due"]
        return due if due is None or said is None else {one: due.get(one) for one in said}
    if key == "limits":
        return [[one["n"], one["unit"]] for one in task["limits"]]
    if key == "targets":
        return [[one["value"], one["unit"], one["op"]] for one in task["targets"]]
    if key == "flags":
        return sorted(set(said) & set(task["flags"]))
    if key == "without":
        return sorted(set(said) & set(task["flags"]))
    if key == "inherited":
        return (task.get("inherited") or {}).get("lead")
    return task[key]


def plain(text: str) -> str:
    """Return words without white space, in one width and one script."""
    import opencc

    # CJK radicals and full-width forms as their usual characters; entities as what they stand for.
    folded = unicodedata.normalize("NFKC", html.unescape(text))
    return "".join(opencc.OpenCC("t2s").convert(folded).split())


def inside(words: str, text: str) -> bool:
    """Say whether all words stand in the text, in order; labels and brackets may stand between."""
    rest = iter(plain(text))
    return all(char in rest for char in plain(words))


@pytest.mark.parametrize("name", NAMES)
class TestEveryDocument:
    def test_text_and_json_agree_on_every_span(self, name, run) -> None:
        code, out, err = run(name, "--text")
        assert (code, err) == (0, b"")
        text = out.decode()
        answer = json.loads(run(name)[1])
        for one in answer["clauses"]:
            assert 0 <= one["start"] < one["end"] <= len(text), one["path"]
            span = text[one["start"] : one["end"]]
            assert inside(one["heading"], span), one["path"]
            assert inside(one["text"], span), one["path"]
        for one in answer["tasks"]:
            assert 0 <= one["start"] < one["end"] <= len(text), one["row"]
            assert inside(one["text"], text[one["start"] : one["end"]]), one["row"]
        for one in answer["figures"]:
            assert inside(one["text"], text[one["start"] : one["end"]])

    def test_spans_of_office_files_say_where(self, name, run, folder) -> None:
        answer = json.loads(run(name)[1])
        told = [one.get("where") for one in (*answer["clauses"], *answer["tasks"])]
        if file_of(name, folder).suffix in (".docx", ".xlsx"):
            assert all(told)

    def test_the_text_of_a_text_file_is_the_file(self, name, run, folder) -> None:
        path = file_of(name, folder)
        if path.suffix == ".txt":
            for encoding in ("utf-8", "gb18030", "utf-16"):
                try:
                    words = path.read_bytes().decode(encoding)
                except UnicodeDecodeError:
                    continue
                assert run(name, "--text")[1].decode() == words.removeprefix("\ufeff")
                return
            raise AssertionError("a file in no known encoding")

    def test_tasks_name_clauses_and_known_words(self, name, run) -> None:
        answer = json.loads(run(name)[1])
        known = {"", *(one["path"] for one in answer["clauses"])}
        kinds = {"date", "month", "year", "within", "monthly", "quarterly", "half-yearly", "yearly",
                 "promptly", "standing", "superior", None}  # fmt: skip
        for one in answer["tasks"]:
            assert one["clause"] in known
            assert (one["due"] or {"kind": None})["kind"] in kinds
            assert one["text"]
            assert {limit["unit"] for limit in one["limits"]} <= {
                "hour", "day", "workday", "week", "month",
            }  # fmt: skip
            assert ("no-unit" in one["flags"]) == (not one["lead"] and not one["support"])
            assert ("no-deadline" in one["flags"]) == (one["due"] is None)


@pytest.mark.parametrize("form", ["--json", "--text"])
@pytest.mark.parametrize("name", [name for name in NAMES if list(HERE.glob(f"{name}.*x.json"))])
def test_half_a_file_is_refused_in_one_line(name, form, folder, capsysbinary) -> None:
    whole = file_of(name, folder)
    half = folder / f"half-{whole.name}"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    code = command.main([str(half), form])
    out, err = capsysbinary.readouterr()
    assert (code, out) == (2, b"")
    assert err.decode().endswith("。\n")
    assert err.count(b"\n") == 1


def test_every_document_has_its_answer() -> None:
    found = {path.name.split(".")[0] for path in HERE.iterdir() if path.name[0].isdigit()}
    assert found == set(NAMES)


def test_known_failures_are_cases() -> None:
    assert set(KNOWN) <= {f"{one.id[:2]}:{one.id.rpartition(':')[2]}" for one in cases()}

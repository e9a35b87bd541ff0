"""The bench runs and prints each declared measure; how fast anything is, no test asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bench.plan import DECLARED, SMALL, Plan
from tests.guards.sources import ROOT


def test_a_tiny_run_prints_every_declared_measure_once():
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--scale", "tiny"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["name"] for line in lines] == list(DECLARED)
    for line in lines:
        assert line["ratio"] > 0, line
        assert line["baseline"], line
        assert line["value_ms"] > 0, line
        assert line["aim"] > 0, line
        assert line["range"][0] <= line["ratio"] <= line["range"][1], line


@pytest.mark.parametrize(
    ("text", "scale"), [("20k", 20_000), ("200K", 200_000), ("1m", 1_000_000), ("50000", 50_000)]
)
def test_a_scale_is_read(text, scale):
    assert Plan.of(text).scale == scale


@pytest.mark.parametrize("text", ["many", "k", "", str(SMALL)])
def test_what_is_no_scale_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # each with its own words
        Plan.of(text)

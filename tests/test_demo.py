"""The demo as a stranger starts it: made once, kept, thrown away on request, served."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder in which the demo was started once, so that each test can run by itself."""
    folder = tmp_path_factory.mktemp("demo")
    gongkai(folder, "demo", "--no-serve")
    return folder


def environment(var):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_"))}
    return clean | {"GONGKAI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}


def gongkai(var, *words):
    command = [sys.executable, "-m", "gongkai.cli", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def rows(var, sql):
    with sqlite3.connect(var / "gongkai.sqlite3") as database:
        return database.execute(sql).fetchall()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_first_start_makes_a_year_of_work(var):
    states = dict(rows(var, "select state, count(*) from programme_document group by state"))
    assert states == {"bound": 4, "read": 1}
    assert rows(var, "select count(*) from programme_task") > [(30,)]
    lights = {light for (light,) in rows(var, "select distinct light from duties_duty")}
    assert {"green", "amber", "red", "met", "late"} <= lights
    roles = {role for (role,) in rows(var, "select distinct role from accounts_post")}
    assert len(roles) == 8
    assert rows(var, "select count(*) from outbox_errand") == [(0,)]


def test_mails_are_laid_down_and_none_is_sent(var):
    states = rows(var, "select distinct state from notices_mail where state != 'dropped'")
    assert states == [("sent",)]
    [(sent,)] = rows(var, "select count(*) from notices_mail where state = 'sent'")
    laid_down = "".join(path.read_text() for path in (var / "mails").iterdir())
    assert laid_down.count("Message-ID: ") == sent > 10
    assert "@qingjiang.example" in laid_down


def test_a_second_start_keeps_the_data(var):
    rows(var, "update accounts_user set full_name = '周敏敏' where username = 'zhoumin'")
    gongkai(var, "demo", "--no-serve")
    found = rows(var, "select full_name from accounts_user where username = 'zhoumin'")
    assert found == [("周敏敏",)]


def test_it_prints_its_address_and_answers_there(var):
    port = free_port()
    command = [sys.executable, "-m", "gongkai.cli", "demo", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(var), stdout=subprocess.PIPE, text=True
    ) as demo:
        try:
            page = wait_for(f"http://127.0.0.1:{port}/sign-in/")
        finally:
            demo.terminate()
        said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert "演示" in page
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
    for name in ("zhoumin", "lintao", "sunyi"):
        assert re.search(rf"\b{name}\b", page)


def wait_for(url):
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {url}")


def test_reset_starts_over(var):
    rows(var, "update accounts_user set full_name = '周敏敏' where username = 'zhoumin'")
    gongkai(var, "demo", "--reset", "--no-serve")
    found = rows(var, "select full_name from accounts_user where username = 'zhoumin'")
    assert found == [("周敏",)]

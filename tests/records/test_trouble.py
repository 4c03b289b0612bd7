"""A locked store and a full one: a clear page, nothing half kept, and the same thing sent again is kept once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from liftback.web.shared import middleware

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LIFTBACK_", "DJANGO_"))},
        "LIFTBACK_DATA": str(tmp_path_factory.mktemp("trouble")),
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    command = [sys.executable, "-m", "tests.records.locking"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("trouble", ["locked", "full"])
def test_what_cannot_be_kept_gets_a_page_and_is_not_half_kept(seen: Any, trouble: str) -> None:
    answers = seen[trouble]["answers"]
    assert answers["import"] == answers["check-in 4"] == [503, True]
    told_kept = [name for name, (status, _) in answers.items() if name.startswith("check-in") and status == 302]
    assert seen[trouble]["rows"][:2] == [len(told_kept), 0]
    assert trouble == "full" or told_kept == []


@pytest.mark.parametrize("trouble", ["locked", "full"])
def test_what_was_kept_before_can_still_be_read(seen: Any, trouble: str) -> None:
    assert seen[trouble]["answers"]["reading"] == [200, True]


def test_the_same_sent_again_is_kept_once(seen: Any) -> None:
    assert {status for name, (status, _) in seen["well"]["answers"].items() if name != "reading"} == {302}
    assert seen["well"]["rows"] == seen["again"]["rows"] == [5, 1, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError(28, "No space left on device")])
def test_the_page_says_what_to_do_and_when(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("liftback.web.lifter.data.own_settings.back", broken)
    answer = Client().post("/units/", {"unit": "kg"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    page = answer.content.decode()
    assert "nothing was half kept" in page
    assert "what you typed is still there" in page
    assert str(error) not in page


def test_trouble_before_any_view_gets_the_page_too(rf: Any) -> None:
    def broken(_request: object) -> Any:
        raise OperationalError("database is locked")

    assert middleware.Trouble(broken)(rf.get("/")).status_code == 503


def test_a_store_that_cannot_be_read_at_all_gets_the_page_without_anybody(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> Any:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("liftback.web.shared.context.Visitor.person", property(broken))
    answer = middleware.Trouble(broken)(rf.get("/"))
    assert answer.status_code == 503
    assert b"<h1" in answer.content

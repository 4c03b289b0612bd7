"""The log holds no word that anybody told, typed or was given: not in a page, in an error, in an e-mail, in a job."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from liftback.records import consents, write
from liftback.records.jobs import tasks, tick, working
from liftback.records.mail import outbox, sending
from liftback.records.models import Clinic, Mail
from liftback.web.shared import logs
from tests.logged import PLANTED, Lines, listening
from tests.people import NOW, People, everybody, lifter_of, story

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADERS: dict[str, Any] = {
    "HTTP_USER_AGENT": f"{PLANTED} agent", "HTTP_REFERER": f"http://testserver/{PLANTED}/",
    "HTTP_X_REQUEST_ID": f"{PLANTED}-id",
}  # fmt: skip


@pytest.fixture
def people() -> People:
    cache.clear()
    return everybody()


@pytest.fixture
def log(people: People, capfd: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """Every line from now on; the test fails where one of them, or anything printed, holds a planted word."""
    with listening() as heard:
        yield heard
    printed = capfd.readouterr()
    assert heard.of(PLANTED) == []
    assert PLANTED not in (printed.out + printed.err).casefold()
    assert "people.example" not in "".join(heard.kept)


def signed_in(people: People, name: str = "lifter", **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    client.force_login(getattr(people, name), backend=BACKEND)
    return client


def test_a_line_is_written_for_each_request_with_the_name_of_its_address(log: Lines) -> None:
    answer = Client().get(f"/now/?words={PLANTED}", **HEADERS)
    line = json.loads(next(one for one in log.kept if '"event": "request"' in one))
    assert {"route": "lifter:now", "method": "GET", "status": 200}.items() <= line.items()
    assert line["id"] == answer.headers["Request-Id"]
    assert set(line) == {"event", "id", "level", "logger", "method", "ms", "route", "status", "time"}


def test_addresses_with_secrets_leave_their_name_alone(log: Lines) -> None:
    client = Client(raise_request_exception=False)
    for where in ("asked/{}/", "booked/{}/", "call/{}/", "calendar/{}.ics", "join/{}/", "nowhere/{}/", "at/{}/"):
        client.get("/" + where.format(PLANTED), **HEADERS)
        client.post("/" + where.format(PLANTED), {"words": PLANTED}, **HEADERS)
    client.generic("PLANTED", "/now/")
    client.get("/", HTTP_HOST=f"{PLANTED}.example")
    assert sum('"event": "request"' in one for one in log.kept) >= 15


def test_what_people_type_stays_out(people: People, log: Lines) -> None:
    here = Clinic.objects.get(slug="this")
    consent = consents.current(clinic=here, kind=consents.CONSULT, now=NOW)
    told = {
        "form_id": str(uuid4()), "consent": str(consent.pk), "agreed": "yes", "name": f"{PLANTED} name",
        "reach": "phone", "phone": "(212) 555-0142", "email": f"{PLANTED}@people.example", "state": "NY",
        "zip": "10001",
        "words": f"{PLANTED}: I can't feel when I wipe",
    }  # fmt: skip
    stranger = Client(raise_request_exception=False)
    assert stranger.post("/at/this/consult/", told).status_code == 302
    stranger.post("/at/this/consult/", {**told, "form_id": str(uuid4()), "phone": PLANTED, "zip": PLANTED})
    stranger.post("/at/this/consult/", {**told, "form_id": PLANTED, "consent": PLANTED})
    stranger.post("/now/", {"words": PLANTED})
    client = signed_in(people)
    entry = {"client_id": str(uuid4()), "pain": "3", "note": f"{PLANTED} note"}
    assert client.post("/check-in/", entry).status_code == 302
    client.post("/check-in/", {**entry, "client_id": PLANTED, "pain": PLANTED})
    client.post("/log/", {"file": SimpleUploadedFile(f"{PLANTED}.csv", PLANTED.encode() * 99)})
    client.post("/sync/", f'{{"{PLANTED}": [', content_type="application/json")
    client.post("/sync/", f'{{"entries": "{PLANTED}"}}', content_type="application/json")
    client.post("/settings/", {"name": PLANTED, "zone": PLANTED, "unit": PLANTED})


def test_sign_ins_stay_out(people: People, log: Lines) -> None:
    client = Client(raise_request_exception=False)
    for _ in range(10):  # until they are too many
        client.post("/account/login/", {"login": f"{PLANTED}@people.example", "password": f"{PLANTED} word"})
    client.post("/account/login/", {"login": people.lifter.email, "password": f"{PLANTED} word"})
    client.post("/account/signup/", {"email": f"{PLANTED}@people.example", "password1": f"long {PLANTED} word 42"})
    client.post("/account/password/reset/", {"email": f"{PLANTED}@people.example"})
    Client(enforce_csrf_checks=True).post("/check-in/", {"note": PLANTED}, **HEADERS)


@pytest.mark.parametrize("error", [ValueError, DatabaseError, OSError, RecursionError, KeyError])
def test_a_fault_is_told_by_its_type_and_its_place(
    people: People, log: Lines, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    from liftback.records import read  # noqa: PLC0415 - patched here alone

    def breaks(**_given: Any) -> None:
        secret = PLANTED  # a local that no trace may show
        try:
            raise LookupError(secret)
        except LookupError as first:
            raise error(f"{secret} in a message") from first

    write.keep_story(actor=people.lifter, lifter=lifter_of(people.lifter), document=story(), via="interview", now=NOW)
    monkeypatch.setattr(read, "page", breaks)
    answer = signed_in(people).get(f"/answers/?{PLANTED}", **HEADERS)
    assert answer.status_code in (500, 503)
    assert f"{PLANTED} in a message" not in answer.content.decode()
    if answer.status_code == 500:
        line = json.loads(log.of('"level": "error"')[0])
        assert line["error"] == f"{error.__name__} < LookupError"
        assert "visiting.py:" in line["place"]
        assert line["id"] == answer.headers["Request-Id"]


def test_e_mails_and_jobs_stay_out(people: People, log: Lines, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 9
    outbox.put(key=PLANTED, kind=PLANTED, to=f"{PLANTED}@people.example", subject=PLANTED, body=PLANTED, now=NOW)
    assert sending.send(Mail.objects.get().pk, now=NOW) == sending.WAITS

    def breaks(*_args: Any, **_given: Any) -> int:
        raise RuntimeError(PLANTED)

    steps: dict[str, Any] = tick.STEPS
    monkeypatch.setitem(steps, "remind", breaks)
    assert "remind" not in tick.tick(now=NOW)
    monkeypatch.setattr(tasks, "refresh_one", breaks)
    tasks.refresh_lifter.enqueue(lifter_of(people.lifter).pk)
    row = DBTaskResult.objects.get(task_path=tasks.refresh_lifter.module_path)
    working.worker_of("w").run_task(row)
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert PLANTED not in row.traceback, "nor does the store keep what it said"
    assert '"error": "RuntimeError"' in "".join(log.kept)


def test_lines_of_others_say_where_and_nothing_else(log: Lines) -> None:
    logging.getLogger("somebody.else").error(f"{PLANTED} %s", PLANTED, extra={"route": PLANTED, "user": PLANTED})
    logging.getLogger("django.request").warning("Not Found: %s", f"/{PLANTED}/")
    logging.getLogger("liftback.x").warning("a fixed word", extra={"anything": PLANTED})
    for name in ("somebody.else", "liftback.x"):  # too few values: the message cannot even be put together
        broken = {"name": name, "msg": "%s %s", "args": (PLANTED,), "levelname": "ERROR", "module": "m", "lineno": 3}
        log.handle(logging.makeLogRecord(broken))
    kept = [json.loads(one) for one in log.kept]
    assert kept[0]["event"].startswith("test_logs:")
    assert kept[2]["event"] == "a fixed word"


def test_the_log_in_a_terminal_has_columns(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logs.lines(columns=True))
    handler.handle(logging.makeLogRecord({"name": "liftback.jobs", "msg": "tick", "levelno": 20, "levelname": "INFO"}))
    assert "tick" in capsys.readouterr().out
    handler.setFormatter(logs.lines(columns=False))
    handler.handle(logging.makeLogRecord({"name": "liftback.jobs", "msg": "tick", "levelname": "INFO", "count": 3}))
    assert json.loads(capsys.readouterr().out)["count"] == 3

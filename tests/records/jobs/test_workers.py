"""Workers as processes: many at once do each thing once, one that is killed loses nothing, and the end is clean."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from liftback.records.jobs import working
from tests.records.jobs.mailbox import Mailbox
from tests.records.jobs.sites import Site, eventually

MAILS = 20
LONG_AGO = "2020-01-01 00:00:00"
pytestmark = pytest.mark.xdist_group("workers")
TABLES = ("records_mail", "django_tasks_database_dbtaskresult", "records_heartbeat")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Mailbox]]:
    """An installation whose e-mails go to the mailbox."""
    box = Mailbox().start()
    made = Site(
        tmp_path_factory.mktemp("site"), LIFTBACK_EMAIL="smtp", LIFTBACK_SMTP_HOST="127.0.0.1",
        LIFTBACK_SMTP_PORT=str(box.port), LIFTBACK_FROM="post@clinic.example",
    )  # fmt: skip
    assert made.manage("migrate").returncode == 0
    yield made, box
    made.stop()
    box.stop()


@pytest.fixture
def box(place: tuple[Site, Mailbox]) -> Mailbox:
    """The mailbox, empty and quick."""
    found = place[1]
    found.slow = 0.0
    found.got.clear()
    found.thinking.clear()
    return found


@pytest.fixture
def site(place: tuple[Site, Mailbox]) -> Iterator[Site]:
    """The installation, with nothing to do."""
    for table in TABLES:
        place[0].query(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    yield place[0]
    place[0].stop()


def put(site: Site, many: int) -> None:
    """So many e-mails that wait."""
    for place in range(many):
        site.query(
            'INSERT INTO records_mail (key, kind, "to", reply_to, subject, body, calendar, method, state, not_before,'  # noqa: S608 - made up here
            " attempts, last_error, made_at) VALUES"
            f" ('k{place}', 'test', 'p{place}@people.example', '', 's', 'b', '', '', 'queued', '{LONG_AGO}', 0, '',"
            f" '{LONG_AGO}')"
        )


def much_later(site: Site) -> None:
    """Let every lease run out."""
    site.query(f"UPDATE records_mail SET leased_until = '{LONG_AGO}' WHERE state = 'sending'")  # noqa: S608 - ours
    jobs = "django_tasks_database_dbtaskresult"
    site.query(f"UPDATE {jobs} SET started_at = '{LONG_AGO}' WHERE status = 'RUNNING'")  # noqa: S608 - ours
    site.query("DELETE FROM records_heartbeat")


def states(site: Site) -> list[dict[str, int]]:
    """How many e-mails and jobs are in each state."""
    return [
        dict(site.query(f"SELECT {column}, COUNT(*) FROM {table} GROUP BY 1"))  # noqa: S608 - names of our own
        for column, table in (("state", "records_mail"), ("status", "django_tasks_database_dbtaskresult"))
    ]


def addresses(box: Mailbox) -> Counter[str]:
    return Counter(to for to, _ in box.got)


def test_two_workers_send_every_email_once(site: Site, box: Mailbox) -> None:
    put(site, MAILS)
    site.worker(), site.worker()
    eventually(lambda: len(box.got) >= MAILS)
    eventually(lambda: states(site)[0] == {"sent": MAILS})
    assert addresses(box) == Counter(f"p{place}@people.example" for place in range(MAILS))
    assert len({got["Message-ID"] for _, got in box.got}) == MAILS
    assert "people.example" not in site.log()


def test_a_worker_killed_in_the_middle_of_an_email_loses_nothing(site: Site, box: Mailbox) -> None:
    box.slow = 5.0
    put(site, 3)
    first = site.worker()
    assert box.thinking.wait(60)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert states(site) == [{"sending": 1, "queued": 2}, {"RUNNING": 1, "READY": 2}]
    box.slow = 0.0
    much_later(site)
    site.worker()
    eventually(lambda: states(site) == [{"sent": 3}, {"SUCCESSFUL": 3}])
    sent = addresses(box)
    assert set(sent) == {f"p{place}@people.example" for place in range(3)}
    assert sorted(sent.values()) in ([1, 1, 1], [1, 1, 2])
    assert len({got["Message-ID"] for _, got in box.got}) == 3, "whoever gets it twice gets the same one"


def test_a_worker_that_is_stopped_ends_what_it_does(site: Site, box: Mailbox) -> None:
    box.slow = 2.0
    put(site, 1)
    worker = site.worker()
    assert box.thinking.wait(60)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert states(site) == [{"sent": 1}, {"SUCCESSFUL": 1}]
    assert len(box.got) == 1
    assert "Traceback" not in site.log()


def test_jobs_that_take_long_keep_no_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, begun, worked_out = threading.Event(), threading.Event(), threading.Event()

    def slow(_name: str) -> int:
        begun.set()
        assert worked_out.wait(60), "the pages waited for the jobs"
        return 0

    def pages() -> int:
        if begun.wait(60):
            worked_out.set()
            stop.set()
        return 0

    monkeypatch.setattr(working, "jobs", slow)
    monkeypatch.setattr(working, "pages", pages)
    working.work(stop)
    assert worked_out.is_set()


@pytest.mark.parametrize("error", [OperationalError("planted words"), ValueError("planted words")])
def test_a_worker_lives_on_after_trouble(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, tries = threading.Event(), []

    def troubled() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise error
        stop.set()
        return 0

    monkeypatch.setattr(working, "AFTER_TROUBLE", 0.01)
    monkeypatch.setattr(working, "pages", troubled)
    monkeypatch.setattr(working, "jobs", lambda _name: 0)
    working.work(stop)
    assert len(tries) == 3
    assert "planted" not in caplog.text

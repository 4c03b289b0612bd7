"""An e-mail goes out once, whole and harmless; a mail server that is away or says no loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from liftback.records.health import look, troubles
from liftback.records.jobs.carrying import carry_mails
from liftback.records.mail import outbox, sending
from liftback.records.models import Booking, Clinic, Mail
from liftback.records.read.clinic.mails import unsent
from tests.people import NOW, clinic
from tests.records.jobs.mailbox import Mailbox

pytestmark = pytest.mark.django_db
ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    """A mail server, and the settings that name it."""
    box = Mailbox().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 5
    settings.DEFAULT_FROM_EMAIL, settings.SITE = "Liftback <post@clinic.example>", "https://clinic.example"
    yield box
    box.stop()


@pytest.fixture
def here() -> Clinic:
    return clinic("here", email="desk@here.example")


def put(key: str = "k", **more: Any) -> Mail:
    """An e-mail that waits."""
    given: dict[str, Any] = {"kind": "test", "to": "ann@people.example", "subject": "Your call", "body": "A link."}
    assert outbox.put(key=key, now=NOW, **{**given, **more})
    return Mail.objects.get(key=key)


def test_an_email_arrives_as_it_was_written(server: Mailbox, here: Clinic) -> None:
    mail = put(clinic=here, calendar=ICS, method="REQUEST")
    assert sending.send(mail.pk, now=NOW) == sending.SENT
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.leased_until, mail.attempts) == ("sent", NOW, None, 1)
    ((to, got),) = server.got
    assert to == "ann@people.example"
    assert got["From"] == "Here clinic <post@clinic.example>"
    assert (got["Reply-To"], got["Subject"]) == ("desk@here.example", "Your call")
    assert got["Message-ID"] == sending.message_id("k")
    assert got["Message-ID"].endswith("@clinic.example>")
    assert parsedate_to_datetime(got["Date"]) == NOW
    plain, invitation = got.iter_parts()
    assert plain.get_content().strip() == "A link."
    assert invitation.get_content_type() == "text/calendar"
    assert invitation["Content-Type"].params["method"] == "REQUEST"
    assert invitation.get_content().replace("\r\n", "\n") == ICS.replace("\r\n", "\n")


def test_an_email_is_sent_once(server: Mailbox) -> None:
    mail = put()
    assert [sending.send(mail.pk, now=NOW) for _ in range(3)] == [sending.SENT, sending.LEFT, sending.LEFT]
    assert len(server.got) == 1


def test_an_email_does_not_go_out_before_its_time(server: Mailbox) -> None:
    mail = put(not_before=NOW + timedelta(hours=1))
    assert sending.send(mail.pk, now=NOW) == sending.LEFT
    assert carry_mails(now=NOW) == 0
    assert sending.send(mail.pk, now=NOW + timedelta(hours=1)) == sending.SENT


@pytest.mark.parametrize("name", ["Ann\r\nBcc: all@people.example", "Ann\nX: y", "Ann <ann@x.example>, eve", "“Ann”"])
def test_no_name_adds_a_header_or_an_address(server: Mailbox, here: Clinic, name: str) -> None:
    here.name = name
    here.save()
    assert sending.send(put(clinic=here, subject=f"Call with {name}").pk, now=NOW) == sending.SENT
    ((to, got),) = server.got
    assert to == "ann@people.example"
    assert got["Bcc"] is None
    assert got["X"] is None
    assert [one.addr_spec for one in got["From"].addresses] == ["post@clinic.example"]


def test_a_mail_server_that_is_away_is_seen_and_loses_nothing(server: Mailbox, here: Clinic) -> None:
    server.stop()
    mail, now = put(clinic=here), NOW
    rests = []
    for _ in range(6):
        assert sending.send(mail.pk, now=now) == sending.WAITS
        mail.refresh_from_db()
        assert (mail.state, mail.last_error) == ("queued", "ConnectionRefusedError")
        assert sending.send(mail.pk, now=now) == sending.LEFT, "it rests"
        assert mail.leased_until is not None
        rests.append(int((mail.leased_until - now).total_seconds() / 60))
        now = mail.leased_until
    assert rests == [1, 5, 5, 5, 5, 5]
    seen = unsent(here, now=now)
    assert (seen.waiting, seen.since, seen.refused) == (1, NOW, 0)
    assert not unsent(clinic("there"), now=now)
    assert look(now=now).mails_due == 1
    assert "e-mails wait: is the mail server away?" in troubles(look(now=now))
    server.start()
    assert sending.send(mail.pk, now=now) == sending.SENT
    assert len(server.got) == 1
    assert not unsent(here, now=now)
    assert Mail.objects.get().last_error == ""


def test_a_server_that_wants_it_later_gets_it_later(server: Mailbox) -> None:
    server.busy.add("ann@people.example")
    mail, now = put(), NOW
    rests = []
    for _ in range(5):
        assert sending.send(mail.pk, now=now) == sending.WAITS
        mail.refresh_from_db()
        assert mail.leased_until is not None
        rests.append(int((mail.leased_until - now).total_seconds() / 60))
        now = mail.leased_until
    assert rests == [1, 5, 15, 60, 60]
    assert mail.last_error == "SMTPRecipientsRefused 451"
    server.busy.clear()
    assert sending.send(mail.pk, now=now) == sending.SENT


def test_an_address_that_is_refused_for_good_is_given_up_and_shown(
    server: Mailbox, here: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    server.refuses.add("ann@people.example")
    mail, now = put(clinic=here), NOW
    for _ in range(2):
        assert sending.send(mail.pk, now=now) == sending.WAITS
        now += timedelta(hours=1)
    assert sending.send(mail.pk, now=now) == sending.DROPPED
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("dropped", "refused 550")
    assert unsent(here, now=now).refused == 1
    assert sending.send(mail.pk, now=now + timedelta(days=1)) == sending.LEFT
    assert "secret-words" not in caplog.text
    assert "ann@" not in caplog.text


def call(here: Clinic, **more: Any) -> Booking:
    """A call that is sure."""
    starts = NOW + timedelta(hours=1)
    given = {"clinic": here, "zone": "UTC", "clinic_zone": here.zone, "wall": "2026-11-23 08:00", "tzdata": "x"}
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=15), "made_at": NOW, "changed_at": NOW}
    form = "00000000-0000-4000-8000-000000000001"
    return Booking.objects.create(**{**given, **times, "form_id": form, "state": "confirmed", "sequence": 2, **more})


@pytest.mark.parametrize(
    ("state", "sequence", "expected"),
    [("confirmed", 2, "sent"), ("confirmed", 1, "dropped"), ("cancelled", 2, "dropped"), ("expired", 2, "dropped")],
)
def test_a_reminder_looks_once_more_before_it_goes(
    server: Mailbox, here: Clinic, state: str, sequence: int, expected: str
) -> None:
    booking = call(here, state=state)
    mail = put(kind="call_reminder_1h", clinic=here, booking=booking, sequence=sequence)
    assert sending.send(mail.pk, now=NOW) == expected
    assert len(server.got) == (expected == "sent")
    mail.refresh_from_db()
    assert mail.state == expected


def test_what_a_killed_sender_left_is_sent_by_the_next(server: Mailbox) -> None:
    mail = put()
    Mail.objects.update(state="sending", leased_until=NOW + sending.LEASE, attempts=1)
    assert sending.free(now=NOW) == 0
    assert sending.send(mail.pk, now=NOW) == sending.LEFT, "somebody may be sending it"
    later = NOW + sending.LEASE + timedelta(seconds=1)
    assert sending.free(now=later) == 1
    assert sending.send(mail.pk, now=later) == sending.SENT


def test_a_sender_that_comes_back_too_late_changes_nothing(server: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lease is over and another one has it: the end that it notes is of no one."""
    mail = put()
    made = sending.message_of

    def slow(given: Mail, *, now: datetime) -> Any:
        Mail.objects.filter(pk=given.pk).update(leased_until=NOW + timedelta(hours=1))
        return made(given, now=now)

    monkeypatch.setattr(sending, "message_of", slow)
    sending.send(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.leased_until) == ("sending", datetime(2026, 11, 23, 13, 0, tzinfo=UTC))


def test_one_job_for_an_email_however_often_it_is_asked() -> None:
    put("a"), put("b")
    assert [carry_mails(now=NOW) for _ in range(3)] == [2, 0, 0]

"""What staff do with calls: yes, no, how it went, another time, another therapist, and past the rules with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from liftback.records.models import (
    AuditRow,
    Booking,
    CallHours,
    CallHoursException,
    Clinic,
    ConsultRequest,
    ContactAttempt,
    Mail,
    Membership,
    TakenTime,
)
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import calls as looks
from liftback.records.staff import Staff
from liftback.records.write.clinic import bookings, call_hours, calls, feeds
from liftback.records.write.clinic.call_hours import Hours
from tests.people import NOW, TODAY, licence, person, staff_of
from tests.records.clinic.call_people import asked, at_work, booked, cells_of, details, practice, starts, therapist

pytestmark = pytest.mark.django_db
State = Booking.State


@pytest.fixture
def clinic() -> Clinic:
    return practice()


@pytest.fixture
def staff(clinic: Clinic) -> Staff:
    return at_work(clinic.memberships.get())


def do(staff: Staff, booking: Booking, now: datetime = NOW, **more: Any) -> dict[str, Any]:
    return {"staff": staff, "booking": booking.pk, "now": now, **more}


def to(staff: Staff, at: datetime, why: str = "") -> calls.Override:
    return calls.Override(therapist=staff.membership.pk, starts_at=at, why=why)


def test_what_was_asked_for_becomes_sure_once(clinic: Clinic, staff: Staff) -> None:
    Clinic.objects.update(booking="request")
    clinic.refresh_from_db()
    made = booked(clinic, starts(clinic)[0])
    calls.accept(**do(staff, made))
    calls.accept(**do(staff, made))
    made.refresh_from_db()
    assert made.state == State.CONFIRMED
    assert Mail.objects.get(kind="call_confirmed").method == "REQUEST"
    with pytest.raises(NotNowError, match="by now"):
        calls.decline(**do(staff, made, why="no"))


def test_what_was_declined_frees_its_time_and_is_told(clinic: Clinic, staff: Staff) -> None:
    Clinic.objects.update(booking="request")
    clinic.refresh_from_db()
    first = starts(clinic)[0]
    made = booked(clinic, first)
    calls.decline(**do(staff, made, why="We are\nat a course"))
    assert first in starts(clinic)
    mail = Mail.objects.get(kind="call_declined")
    assert "We are at a course" in mail.body
    assert mail.method == ""  # nothing was in their calendar
    with pytest.raises(NotNowError):
        calls.accept(**do(staff, made))


def test_two_at_the_desk_at_once_end_in_one_state(clinic: Clinic, staff: Staff) -> None:
    made = booked(clinic, starts(clinic)[0])
    calls.cancel(**do(staff, made, why="the therapist is ill"))
    with pytest.raises(NotNowError):
        calls.move(**do(staff, made), to=to(staff, starts(clinic)[0]), sequence=0)
    with pytest.raises(NotNowError):
        calls.move(**do(staff, made), to=to(staff, starts(clinic)[0]), sequence=1)


def test_cancelling_needs_a_reason(clinic: Clinic, staff: Staff) -> None:
    made = booked(clinic, starts(clinic)[0])
    with pytest.raises(NotNowError, match="Say why"):
        calls.cancel(**do(staff, made, why="  "))
    made.refresh_from_db()
    assert made.state == State.CONFIRMED


def test_a_call_that_did_not_take_place_after_all_keeps_no_promise(clinic: Clinic, staff: Staff) -> None:
    licence(staff.person)
    request = asked(clinic, due_at=NOW + timedelta(hours=24))
    made = booked(clinic, starts(clinic)[0], request=request)
    over = made.starts_at + timedelta(minutes=20)
    for turn in range(2):
        calls.finish(**do(staff, made, over + timedelta(minutes=2 * turn), reached=True))
        request.refresh_from_db()
        assert request.met_how == "contact"
        calls.finish(**do(staff, made, over + timedelta(minutes=2 * turn + 1), reached=False))
        request.refresh_from_db()
        assert (request.met_at, request.met_how) == (None, "")
    assert not ContactAttempt.objects.filter(outcome="reached", taken_back_at__isnull=True).exists()


def test_a_call_that_took_place_keeps_the_promise_and_a_missed_one_is_a_try(clinic: Clinic, staff: Staff) -> None:
    licence(staff.person)
    request = asked(clinic, due_at=NOW + timedelta(hours=24))
    made = booked(clinic, starts(clinic)[0], request=request)
    with pytest.raises(NotNowError, match="not begun"):
        calls.finish(**do(staff, made, reached=True))
    over = made.starts_at + timedelta(minutes=20)
    calls.finish(**do(staff, made, over, reached=False))
    request.refresh_from_db()
    assert (ContactAttempt.objects.get().outcome, request.met_at) == ("no_answer", None)
    calls.finish(**do(staff, made, over, reached=True))  # they rang back
    calls.finish(**do(staff, made, over, reached=True))
    request.refresh_from_db()
    made.refresh_from_db()
    assert (made.state, request.met_how, ContactAttempt.objects.count()) == (State.DONE, "contact", 2)


def test_staff_move_a_call_to_an_offered_time_without_a_reason(clinic: Clinic, staff: Staff) -> None:
    first, _, _, other = starts(clinic)[:4]
    made = booked(clinic, first)
    moved = calls.move(**do(staff, made), to=to(staff, other), sequence=0)
    assert (moved.starts_at, moved.sequence, moved.override_why) == (other, 1, "")
    assert Mail.objects.get(kind="call_moved").method == "REQUEST"
    assert first in starts(clinic)


@pytest.mark.parametrize("away", [timedelta(minutes=5), timedelta(hours=5), timedelta(days=5), timedelta(days=60)])
def test_past_the_rules_only_with_a_reason_that_is_kept(clinic: Clinic, staff: Staff, away: timedelta) -> None:
    made = booked(clinic, starts(clinic)[0])
    at = NOW + timedelta(minutes=5) + away  # within the notice, after hours, on a Saturday, beyond the horizon
    with pytest.raises(NotNowError, match="Say why"):
        calls.move(**do(staff, made), to=to(staff, at), sequence=0)
    moved = calls.move(**do(staff, made), to=to(staff, at, "the only time they can"), sequence=0)
    assert moved.override_why == "the only time they can"
    assert AuditRow.objects.get(why="the only time they can").what == "call"


def test_never_over_another_call_and_not_into_the_past(clinic: Clinic, staff: Staff) -> None:
    first = starts(clinic)[0]
    booked(clinic, first)
    given: dict[str, Any] = {"staff": staff, "details": details(clinic), "now": NOW}
    for minutes in (0, 5, -5, 15):  # the buffer of the first, and the call itself
        at = first + timedelta(minutes=minutes)
        with pytest.raises(NotNowError, match="another call"):
            calls.book(**given, form_id=uuid.uuid4(), at=to(staff, at, "urgent"))
    with pytest.raises(NotNowError, match="is over"):
        calls.book(**given, form_id=uuid.uuid4(), at=to(staff, NOW - timedelta(minutes=1), "urgent"))
    assert Booking.objects.count() == 1


def test_booking_for_somebody_twice_is_one_call(clinic: Clinic, staff: Staff) -> None:
    form_id, at = uuid.uuid4(), starts(clinic)[0]
    given: dict[str, Any] = {"staff": staff, "details": details(clinic), "now": NOW, "form_id": form_id}
    one = calls.book(**given, at=to(staff, at))
    assert calls.book(**given, at=to(staff, at)).pk == one.pk
    assert (one.state, one.zone, len(cells_of(one))) == (State.CONFIRMED, clinic.zone, 4)
    assert Mail.objects.filter(kind="call_confirmed").count() == 1


def test_giving_a_call_away_changes_nothing_for_the_visitor(clinic: Clinic, staff: Staff) -> None:
    other = therapist(clinic, "second")
    made = booked(clinic, starts(clinic)[0])
    wanted = other if made.therapist_id == staff.membership.pk else staff.membership
    before = Mail.objects.exclude(kind="call_news").count()
    given = calls.give(**do(staff, made), therapist=wanted.pk)
    assert (given.therapist_id, given.sequence) == (wanted.pk, 0)
    assert set(TakenTime.objects.values_list("therapist", flat=True)) == {wanted.pk}
    assert Mail.objects.exclude(kind="call_news").count() == before


def test_a_call_is_not_given_to_whoever_has_one_or_may_not(clinic: Clinic, staff: Staff) -> None:
    other = therapist(clinic, "second")
    first = starts(clinic)[0]
    mine, theirs = booked(clinic, first), booked(clinic, first)
    with pytest.raises(NotNowError, match="another call"):
        calls.give(**do(staff, mine), therapist=theirs.therapist_id or 0)
    desk = Membership.objects.create(person=person("desk"), clinic=clinic, role=Membership.Role.FRONT_DESK)
    gone = therapist(clinic, "gone", active=False)
    elsewhere = practice("elsewhere").memberships.get()
    for one in (desk.pk, gone.pk, elsewhere.pk, 0):
        with pytest.raises(NotNowError, match="Choose a therapist"):
            calls.give(**do(staff, mine), therapist=one)
    assert other.pk in (mine.therapist_id, theirs.therapist_id)


def test_a_call_that_begins_care_stays_with_whoever_is_licensed_that_day(clinic: Clinic, staff: Staff) -> None:
    licence(staff.person)
    other = therapist(clinic, "second")
    licence(other.person, valid_until=TODAY - timedelta(days=1))
    made = booked(clinic, starts(clinic)[0], request=asked(clinic))
    with pytest.raises(NotNowError, match="no licence for NY"):
        calls.give(**do(staff, made), therapist=other.pk)
    ConsultRequest.objects.update(route="directory")
    calls.give(**do(staff, made), therapist=other.pk)


def test_a_call_without_a_therapist_stands_on_top_and_can_be_given(clinic: Clinic, staff: Staff) -> None:
    made = booked(clinic, starts(clinic)[0])
    bookings.release(staff, staff.membership, NOW)
    second = at_work(therapist(clinic, "second"))
    assert [one.pk for one in looks.desk_calls(staff=second, now=NOW).nobody] == [made.pk]
    calls.give(**do(second, made), therapist=second.membership.pk)
    assert looks.desk_calls(staff=second, now=NOW).nobody == []
    assert len(cells_of(made)) == 4


def test_another_clinics_calls_are_not_there(clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    stranger = at_work(practice("elsewhere").memberships.get())
    deeds: tuple[Callable[[], object], ...] = (
        lambda: calls.cancel(**do(stranger, made, why="x")),
        lambda: calls.finish(**do(stranger, made, reached=True)),
        lambda: calls.give(**do(stranger, made), therapist=stranger.membership.pk),
        lambda: looks.desk_call(staff=stranger, booking=made.pk, now=NOW),
    )
    for deed in deeds:
        with pytest.raises(NotAllowedError):
            deed()
    assert looks.desk_calls(staff=stranger, now=NOW).coming == []
    assert not AuditRow.objects.exists()


def test_every_look_and_deed_leaves_a_row(clinic: Clinic, staff: Staff) -> None:
    licence(staff.person)
    request = asked(clinic)
    made = booked(clinic, starts(clinic)[0], request=request)
    looks.desk_calls(staff=staff, now=NOW)
    looks.desk_call(staff=staff, booking=made.pk, now=NOW)
    calls.cancel(**do(staff, made, why="ill"))
    rows = AuditRow.objects.filter(request=request.pk, what="call").order_by("pk")
    assert [row.deed for row in rows] == ["read", "read", "write"]


def test_the_feed_has_first_names_and_links_and_ends_with_its_token(clinic: Clinic, staff: Staff) -> None:
    sure = booked(clinic, starts(clinic)[0])
    gone = booked(clinic, starts(clinic)[4], name="Bea Gone")
    bookings.cancel(booking=gone, now=NOW)
    token = feeds.make(staff=staff, now=NOW)
    text = looks.feed(slug=clinic.slug, token=token, now=NOW)
    assert text is not None
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == "Call: Ann"
    assert f"/desk/calls/{sure.pk}/" in str(event["description"])
    for secret in ("555", "visitors.example", "Lifter", "Bea"):
        assert secret not in text
    assert looks.feed(slug="elsewhere", token=token, now=NOW) is None
    newer = feeds.make(staff=staff, now=NOW)
    assert looks.feed(slug=clinic.slug, token=token, now=NOW) is None
    Membership.objects.update(active=False)
    assert looks.feed(slug=clinic.slug, token=newer, now=NOW) is None
    feeds.stop(staff=staff, now=NOW)
    assert looks.feed(slug=clinic.slug, token="", now=NOW) is None


def test_a_week_of_hours_takes_the_place_of_the_one_before(staff: Staff) -> None:
    week = [Hours(weekday=1, begins=time(13), ends=time(15)), Hours(weekday=1, begins=time(9), ends=time(13))]
    call_hours.set_hours(staff=staff, membership=staff.membership, rows=week, now=NOW)
    assert [(one.weekday, one.begins) for one in call_hours.hours_of(staff.membership)] == [(1, time(9)), (1, time(13))]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [Hours(weekday=0, begins=time(9), ends=time(11)), Hours(weekday=0, begins=time(10), ends=time(12))],
            "overlap",
        ),
        ([Hours(weekday=0, begins=time(9), ends=time(9))], "ends before"),
        ([Hours(weekday=7, begins=time(9), ends=time(10))], "weekday"),
        ([Hours(weekday=0, begins=time(9), ends=time(10))] * 43, "at most"),
    ],
)
def test_hours_that_cannot_be_change_nothing(staff: Staff, rows: list[Hours], said: str) -> None:
    with pytest.raises(NotNowError, match=said):
        call_hours.set_hours(staff=staff, membership=staff.membership, rows=rows, now=NOW)
    assert CallHours.objects.filter(therapist=staff.membership).count() == 5


def test_a_day_that_differs_changes_what_is_offered(clinic: Clinic, staff: Staff) -> None:
    mine: dict[str, Any] = {"staff": staff, "membership": staff.membership, "now": NOW}
    tomorrow = TODAY + timedelta(days=1)
    off = call_hours.add_exception(**mine, day=tomorrow, kind="off")
    assert call_hours.add_exception(**mine, day=tomorrow, kind="off") == off
    assert all(at.date() != tomorrow for at in starts(clinic))
    call_hours.add_exception(**mine, day=TODAY + timedelta(days=5), kind="extra", begins=time(10), ends=time(11))
    assert sum(at.date() == TODAY + timedelta(days=5) for at in starts(clinic)) == 4
    call_hours.remove_exception(**mine, number=off.pk)
    assert any(at.date() == tomorrow for at in starts(clinic))
    wrongs: tuple[dict[str, Any], ...] = (
        {"day": TODAY - timedelta(days=1), "kind": "off"},
        {"day": tomorrow, "kind": "extra"},
        {"day": tomorrow, "kind": "extra", "begins": time(11), "ends": time(10)},
        {"day": tomorrow, "kind": "maybe"},
    )
    for wrong in wrongs:
        with pytest.raises(NotNowError):
            call_hours.add_exception(**mine, **wrong)
    assert CallHoursException.objects.count() == 1


def test_somebody_elses_hours_are_for_them_and_the_owner(clinic: Clinic, staff: Staff) -> None:
    other = therapist(clinic, "second")
    with pytest.raises(NotAllowedError):
        call_hours.set_hours(staff=staff, membership=other, rows=[], now=NOW)
    owner = person("owner")
    Membership.objects.create(person=owner, clinic=clinic, role=Membership.Role.OWNER)
    call_hours.set_hours(staff=staff_of(owner), membership=other, rows=[], now=NOW)
    assert call_hours.hours_of(other) == []

"""Holding, confirming, moving and cancelling a call: one call for one form, one time for one call."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from liftback.records.models import Booking, Clinic, Mail, RequestStep, TakenTime
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import bookings
from liftback.records.write.clinic.taking import GoneError
from tests.people import NOW, licence
from tests.records.clinic.call_people import asked, booked, cells_of, choice, details, hold, practice, starts, therapist

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
State = Booking.State


def kinds(booking: Booking, state: str = Mail.State.QUEUED) -> list[str]:
    return sorted(Mail.objects.filter(booking=booking, state=state).values_list("kind", flat=True))


def test_a_time_is_held_with_its_call_and_buffer() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    made = hold(clinic, first)
    assert (made.state, made.held_until) == (State.HELD, NOW + 10 * MINUTE)
    assert cells_of(made) == [first + place * 5 * MINUTE for place in range(4)]
    assert first not in starts(clinic)
    assert made.wall == "2026-11-23 09:00"
    assert made.tzdata


def test_a_held_time_is_free_again_after_its_minutes() -> None:
    clinic = practice()
    first = starts(clinic)[4]
    made = hold(clinic, first)
    later = NOW + 11 * MINUTE
    assert first in starts(clinic, later)  # seen as free before any job has run
    again = hold(clinic, first, later)
    made.refresh_from_db()
    assert made.state == State.EXPIRED
    assert cells_of(again)
    assert not cells_of(made)


def test_a_hold_of_another_that_ran_out_stands_in_nobodys_way() -> None:
    clinic = practice()
    time = starts(clinic)[8]
    slow = hold(clinic, time)
    other = hold(clinic, time, NOW + 11 * MINUTE)
    kept = bookings.confirm(booking=slow, details=details(clinic), now=NOW + 22 * MINUTE)  # no job has run
    other.refresh_from_db()
    assert (kept.state, other.state) == (State.CONFIRMED, State.EXPIRED)
    assert cells_of(kept)


def test_holds_that_ran_out_are_freed_once() -> None:
    clinic = practice()
    made = hold(clinic, starts(clinic)[0])
    assert bookings.free_holds(now=NOW + 9 * MINUTE) == 0
    assert bookings.free_holds(now=NOW + 10 * MINUTE) == 1
    assert bookings.free_holds(now=NOW + 10 * MINUTE) == 0
    assert not cells_of(made)


def test_a_time_that_is_not_offered_is_refused() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    for wrong in (
        first + 5 * MINUTE,
        first - timedelta(hours=3),
        NOW,
        first + timedelta(days=400),
        first - 15 * MINUTE,
    ):
        with pytest.raises(GoneError):
            hold(clinic, wrong)
    assert not Booking.objects.exists()
    assert not TakenTime.objects.exists()


def test_a_time_that_somebody_holds_is_refused() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    hold(clinic, first)
    with pytest.raises(GoneError):
        hold(clinic, first)


def test_the_same_page_twice_is_one_booking() -> None:
    clinic = practice()
    first, _, other = starts(clinic)[:3]
    form_id = uuid.uuid4()
    one = hold(clinic, first, form_id=form_id)
    assert hold(clinic, first, form_id=form_id).pk == one.pk
    moved = hold(clinic, other, form_id=form_id)  # back, and another time pressed
    assert moved.pk == one.pk
    assert (moved.starts_at, first in starts(clinic)) == (other, True)
    sure = bookings.confirm(booking=moved, details=details(clinic), now=NOW)
    assert hold(clinic, first, form_id=form_id).pk == sure.pk
    sure.refresh_from_db()
    assert (sure.state, sure.starts_at) == (State.CONFIRMED, other)


def test_another_page_of_the_same_visitor_lets_go_of_the_first_hold() -> None:
    clinic = practice()
    first, _, other = starts(clinic)[:3]
    one = hold(clinic, first)
    hold(clinic, other, instead_of=one.pk)
    assert first in starts(clinic)


def test_two_therapists_share_a_time() -> None:
    clinic = practice(therapists=2)
    first = starts(clinic)[0]
    assert hold(clinic, first).therapist_id != hold(clinic, first).therapist_id
    with pytest.raises(GoneError):
        hold(clinic, first)


def test_whoever_has_the_fewest_calls_gets_the_next() -> None:
    clinic = practice(therapists=2)
    times = starts(clinic)
    made = [hold(clinic, at).therapist_id for at in (times[0], times[2], times[4], times[6])]
    assert sorted(made.count(one) for one in set(made)) == [2, 2]


def test_nobody_has_more_calls_a_day_than_the_clinic_says() -> None:
    clinic = practice(daily_cap=2)
    times = starts(clinic)
    hold(clinic, times[0])
    hold(clinic, times[3])
    with pytest.raises(GoneError):
        hold(clinic, times[6])
    assert all(one.date() > NOW.date() for one in starts(clinic))


def test_confirming_makes_a_call_and_writes_an_invitation() -> None:
    clinic = practice()
    made = booked(clinic, starts(clinic)[0])
    assert (made.state, made.name, made.phone, made.held_until) == (State.CONFIRMED, "Ann Lifter", "+12125550123", None)
    assert kinds(made) == ["call_confirmed", "call_news"]
    mail = Mail.objects.get(kind="call_confirmed")
    assert (mail.to, mail.method, mail.sequence) == ("ann@visitors.example", "REQUEST", 0)
    assert len(cells_of(made)) == 4


def test_confirming_twice_is_one_call() -> None:
    clinic = practice()
    made = hold(clinic, starts(clinic)[0])
    bookings.confirm(booking=made, details=details(clinic), now=NOW)
    bookings.confirm(booking=made, details=details(clinic, "Somebody Else"), now=NOW)
    made.refresh_from_db()
    assert (made.name, Mail.objects.count()) == ("Ann Lifter", 2)


def test_a_hold_that_ran_out_is_taken_up_again_where_it_is_free() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    late = NOW + 30 * MINUTE
    made = hold(clinic, first)
    bookings.free_holds(now=late)
    sure = bookings.confirm(booking=made, details=details(clinic), now=late)
    assert (sure.state, len(cells_of(sure))) == (State.CONFIRMED, 4)


def test_a_hold_of_yesterday_is_not_taken_up_inside_the_notice() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    made = hold(clinic, first)
    with pytest.raises(GoneError):
        bookings.confirm(booking=made, details=details(clinic), now=first - MINUTE)
    with pytest.raises(GoneError):
        bookings.confirm(booking=made, details=details(clinic), now=first)


def test_a_hold_that_ran_out_and_was_taken_is_gone() -> None:
    clinic = practice()
    first = starts(clinic)[4]
    made = hold(clinic, first)
    late = NOW + 10 * MINUTE
    hold(clinic, first, late)
    with pytest.raises(GoneError):
        bookings.confirm(booking=made, details=details(clinic), now=late)
    made.refresh_from_db()
    assert (made.state, made.name) == (State.EXPIRED, "")
    assert not Mail.objects.exists()


def test_on_request_the_time_is_kept_and_not_sure() -> None:
    clinic = practice(booking=Clinic.BookingTerms.REQUEST)
    first = starts(clinic)[0]
    made = booked(clinic, first)
    assert made.state == State.REQUESTED
    assert first not in starts(clinic, NOW + timedelta(minutes=30))
    assert kinds(made) == ["call_news", "call_requested"]
    assert Mail.objects.get(kind="call_requested").calendar == ""


def test_moving_gives_the_old_time_back_at_once() -> None:
    clinic = practice()
    first, _, _, other = starts(clinic)[:4]
    made = booked(clinic, first)
    moved = bookings.move(booking=made, starts_at=other, sequence=0, now=NOW)
    assert (moved.pk, moved.starts_at, moved.sequence) == (made.pk, other, 1)
    assert cells_of(moved)[0] == other
    assert first in starts(clinic)
    assert kinds(made) == ["call_moved", "call_news"]
    assert kinds(made, Mail.State.DROPPED) == ["call_confirmed", "call_news"]  # news that is older never comes after


def test_moving_to_a_time_that_overlaps_its_own_works() -> None:
    clinic = practice()
    first, second = starts(clinic)[:2]
    made = booked(clinic, first)
    assert second not in starts(clinic)
    assert bookings.move(booking=made, starts_at=second, sequence=0, now=NOW).starts_at == second


def test_moving_twice_moves_once_and_from_an_old_page_not_at_all() -> None:
    clinic = practice()
    first, _, other, third = (starts(clinic)[place] for place in (0, 1, 4, 8))
    made = booked(clinic, first)
    bookings.move(booking=made, starts_at=other, sequence=0, now=NOW)
    assert bookings.move(booking=made, starts_at=other, sequence=0, now=NOW).sequence == 1
    with pytest.raises(NotNowError, match="changed meanwhile"):
        bookings.move(booking=made, starts_at=third, sequence=0, now=NOW)


def test_moving_to_a_taken_time_leaves_everything_as_it_was() -> None:
    clinic = practice()
    first, _, other = starts(clinic)[:3]
    made = booked(clinic, first)
    hold(clinic, other)
    before = Mail.objects.count()
    with pytest.raises(GoneError):
        bookings.move(booking=made, starts_at=other, sequence=0, now=NOW)
    made.refresh_from_db()
    assert (made.starts_at, made.sequence, made.state, Mail.objects.count()) == (first, 0, State.CONFIRMED, before)
    assert cells_of(made)[0] == first


def test_a_missed_call_can_be_moved_for_twelve_hours() -> None:
    clinic = practice()
    first = starts(clinic)[0]
    made = booked(clinic, first)
    later = first + timedelta(hours=11)
    moved = bookings.move(booking=made, starts_at=starts(clinic, later)[0], sequence=0, now=later)
    assert moved.state == State.CONFIRMED
    over = moved.starts_at + timedelta(hours=12)
    with pytest.raises(NotNowError, match="cannot be moved any more"):
        bookings.move(booking=moved, starts_at=starts(clinic, over)[0], sequence=1, now=over)


def test_cancelling_frees_the_time_and_nothing_revives_it() -> None:
    clinic = practice()
    first, _, other = starts(clinic)[:3]
    made = booked(clinic, first)
    gone = bookings.cancel(booking=made, now=NOW)
    assert bookings.cancel(booking=made, now=NOW).sequence == gone.sequence == 1
    assert first in starts(clinic)
    with pytest.raises(NotNowError):
        bookings.move(booking=made, starts_at=other, sequence=1, now=NOW)
    bookings.confirm(booking=made, details=details(clinic), now=NOW)
    made.refresh_from_db()
    assert made.state == State.CANCELLED
    mail = Mail.objects.get(kind="call_cancelled")
    assert (mail.method, mail.sequence) == ("CANCEL", 1)


def test_a_call_that_has_begun_is_not_cancelled() -> None:
    clinic = practice()
    made = booked(clinic, starts(clinic)[0])
    with pytest.raises(NotNowError, match="has begun"):
        bookings.cancel(booking=made, now=made.starts_at)


@pytest.mark.parametrize("terms", [{"booking": "off"}, {"modules_off": ["booking"]}])
def test_a_clinic_without_calls_offers_none(terms: dict[str, object]) -> None:
    clinic = practice()
    first = starts(clinic)[0]
    Clinic.objects.filter(pk=clinic.pk).update(**terms)
    clinic.refresh_from_db()
    assert starts(clinic) == []
    with pytest.raises(NotNowError):
        hold(clinic, first)


def test_after_a_request_only_those_licensed_on_the_day_of_the_call_are_offered() -> None:
    clinic = practice(therapists=2)
    ends = NOW.date() + timedelta(days=1)
    licensed = clinic.memberships.order_by("pk")[0]
    licence(licensed.person, "NY", valid_until=ends)
    request = asked(clinic)
    offered = starts(clinic, request=request)
    assert {at.date() for at in offered} == {NOW.date(), ends}
    assert {at.date() for at in starts(clinic)} > {NOW.date(), ends}  # a fit call alone needs no licence
    assert hold(clinic, offered[0], request=request).therapist_id == licensed.pk
    with pytest.raises(GoneError):
        hold(clinic, offered[0], request=request)
    late = next(at for at in starts(clinic) if at.date() > ends)
    with pytest.raises(GoneError):
        hold(clinic, late, request=request)


def test_a_call_for_a_request_stands_in_its_history() -> None:
    clinic = practice()
    licence(clinic.memberships.get().person)
    request = asked(clinic)
    made = booked(clinic, starts(clinic)[0], request=request)
    bookings.cancel(booking=made, now=NOW)
    assert list(RequestStep.objects.order_by("pk").values_list("kind", flat=True)) == ["call_booked", "call_cancelled"]


def test_without_an_address_nothing_is_mailed_to_the_visitor() -> None:
    clinic = practice()
    made = booked(clinic, starts(clinic)[0], email="")
    assert kinds(made) == ["call_news"]


def test_whoever_leaves_has_no_calls_and_the_clinic_is_told() -> None:
    clinic = practice()
    leaving = clinic.memberships.get()
    first, _, other = starts(clinic)[:3]
    made, held = booked(clinic, first), hold(clinic, other)
    assert bookings.release(None, leaving, NOW) == 1
    assert bookings.release(None, leaving, NOW) == 0
    made.refresh_from_db()
    held.refresh_from_db()
    assert (made.therapist, made.state, held.state) == (None, State.CONFIRMED, State.EXPIRED)
    assert not TakenTime.objects.exists()
    assert Mail.objects.get(kind="call_needs_therapist").to == clinic.email
    assert not Mail.objects.filter(kind__in=("call_moved", "call_cancelled")).exists()


def test_the_database_itself_keeps_two_calls_apart() -> None:
    clinic = practice()
    made = hold(clinic, starts(clinic)[0])
    other = hold(clinic, starts(clinic)[5])
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenTime.objects.create(therapist_id=made.therapist_id or 0, booking=other, at=cells_of(made)[0])


def test_nothing_free_is_said_where_everybody_stopped_taking_calls() -> None:
    clinic = practice()
    clinic.memberships.update(takes_calls=False)
    assert starts(clinic) == []
    therapist(clinic, "new", active=False)
    assert starts(clinic) == []
    with pytest.raises(GoneError):
        bookings.hold(clinic=clinic, choice=choice(NOW + timedelta(days=1)), now=NOW)

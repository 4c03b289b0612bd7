"""Two hundred people press the last five free times at the same moment: five get one, the others read that it is gone.

`LIFTBACK_BOOKING_ROUNDS` sets how many rounds of each kind are run; each has 200 bookers with connections of their own.
"""

from __future__ import annotations

import os
import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from liftback.records.models import Booking, CallHours, Clinic, Membership, TakenTime
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import bookings, calls
from liftback.records.write.clinic.taking import GoneError
from tests.people import NOW
from tests.records.clinic.call_people import at_work, choice, details, practice, starts

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("LIFTBACK_BOOKING_ROUNDS", "1"))
BOOKERS = 200
State = Booking.State


def at_once(deeds: list[Callable[[], str]]) -> Counter[str]:
    """What came of deeds that all begin at the same moment, each in a thread with a connection of its own."""
    gate, seen, lock = threading.Barrier(len(deeds)), Counter[str](), threading.Lock()

    def run(deed: Callable[[], str]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            came = deed()
        except GoneError:
            came = "gone"
        except NotNowError:
            came = "refused"
        except Exception as error:  # whatever it is, it is counted and looked at
            came = repr(error)
        finally:
            connections.close_all()
        with lock:
            seen[came] += 1

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return seen


def booker(clinic: Clinic, at: datetime, form_id: uuid.UUID | None = None) -> Callable[[], str]:
    """Somebody who holds a time, and confirms it at once."""
    who = details(clinic, email="")
    given = {"form_id": form_id} if form_id is not None else {}

    def deed() -> str:
        held = bookings.hold(clinic=clinic, choice=choice(at, **given), now=NOW)
        return str(bookings.confirm(booking=held, details=who, now=NOW).state)

    return deed


def last_five(clinic: Clinic) -> list[datetime]:
    """Leave two therapists with three and two times: their starts."""
    first, second = clinic.memberships.order_by("pk")
    CallHours.objects.all().delete()
    for member, ends in ((first, time(9, 45)), (second, time(9, 30))):
        CallHours.objects.create(therapist=member, weekday=NOW.weekday(), begins=time(9), ends=ends)
    return starts(clinic)


def check_apart(clinic: Clinic) -> None:
    """Nobody is in two calls, every call has all its pieces, and nothing else is taken."""
    pieces = list(TakenTime.objects.values_list("therapist", "at"))
    assert len(pieces) == len(set(pieces))
    minutes = clinic.call_minutes + clinic.buffer_minutes
    live = Booking.objects.exclude(state__in=(State.EXPIRED, State.CANCELLED))
    for row in live:
        own = set(TakenTime.objects.filter(booking=row, therapist=row.therapist).values_list("at", flat=True))
        assert own == {row.starts_at + timedelta(minutes=place) for place in range(0, minutes, 5)}
    assert len(pieces) == live.count() * minutes // 5


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_five_of_two_hundred_get_the_last_five_times(turn: int) -> None:
    clinic = practice(therapists=2, buffer_minutes=0, horizon_days=0)
    times = last_five(clinic)
    assert len(times) == 3
    chance = random.Random(turn)  # noqa: S311 - no secret
    seen = at_once([booker(clinic, chance.choice(times)) for _ in range(BOOKERS)])
    assert seen == {"confirmed": 5, "gone": BOOKERS - 5}
    assert Booking.objects.filter(state=State.CONFIRMED).count() == Booking.objects.count() == 5
    check_apart(clinic)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_daily_number_is_never_passed(turn: int) -> None:
    clinic = practice(daily_cap=5, horizon_days=0)
    times = starts(clinic)[::2]
    chance = random.Random(turn)  # noqa: S311 - no secret
    seen = at_once([booker(clinic, chance.choice(times)) for _ in range(BOOKERS // 4)])
    assert seen == {"confirmed": 5, "gone": BOOKERS // 4 - 5}
    check_apart(clinic)


def test_one_form_sent_twenty_times_at_once_is_one_call() -> None:
    clinic = practice(therapists=2)
    same = uuid.uuid4()
    seen = at_once([booker(clinic, starts(clinic)[0], same) for _ in range(20)])
    assert seen == {"confirmed": 20}
    assert Booking.objects.count() == 1
    check_apart(clinic)


def test_visitors_who_move_and_staff_who_override_stay_apart_too() -> None:
    clinic = practice(therapists=1)
    times = starts(clinic)
    target = times[8]
    mine = [bookings.hold(clinic=clinic, choice=choice(at), now=NOW) for at in (times[0], times[2], times[4])]
    rows = [bookings.confirm(booking=one, details=details(clinic, email=""), now=NOW) for one in mine]
    member = Membership.objects.get(clinic=clinic)

    def mover(row: Booking) -> Callable[[], str]:
        return lambda: str(bookings.move(booking=row, starts_at=target, sequence=0, now=NOW).state)

    def staff(place: int) -> Callable[[], str]:
        desk: dict[str, Any] = {"staff": at_work(member), "details": details(clinic, email=""), "now": NOW}
        at = calls.Override(therapist=member.pk, starts_at=target + timedelta(minutes=5 * place), why="no other time")
        return lambda: str(calls.book(**desk, form_id=uuid.uuid4(), at=at).state)

    deeds = [mover(row) for row in rows] + [staff(place) for place in (0, 1, 2)] + [booker(clinic, target)] * 6
    seen = at_once(deeds)
    assert seen["confirmed"] == 1
    assert set(seen) <= {"confirmed", "gone", "refused"}
    check_apart(clinic)
    assert Booking.objects.filter(state=State.CONFIRMED).count() in (3, 4)


def test_a_hold_that_runs_out_while_it_is_confirmed_and_freed_ends_in_one_way() -> None:
    clinic = practice()
    late = NOW + timedelta(minutes=10)
    at = starts(clinic)[6]
    held = bookings.hold(clinic=clinic, choice=choice(at), now=NOW)

    def confirm() -> str:
        return str(bookings.confirm(booking=held, details=details(clinic, email=""), now=late).state)

    def take() -> str:
        return "other " + str(bookings.hold(clinic=clinic, choice=choice(at), now=late).state)

    seen = at_once([confirm, *[take] * 5, *[lambda: str(bookings.free_holds(now=late) >= 0)] * 5])
    assert set(seen) <= {"confirmed", "other held", "gone", "True"}
    assert seen["confirmed"] + seen["other held"] == 1
    check_apart(clinic)

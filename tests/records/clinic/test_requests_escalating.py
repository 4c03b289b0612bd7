"""Nothing late is unnoticed: shares of the promise's time, a worker that slept, and warning signs that keep ringing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from liftback.records.models import Clinic, ConsultRequest, ContactAttempt, Escalation, Mail, Membership, RequestStep
from liftback.records.staff import Staff
from liftback.records.write.clinic import attempts, requests
from liftback.records.write.clinic.escalating import escalate
from tests.people import NOW, staff_of
from tests.records.clinic.desk_requests import tried
from tests.records.clinic.door_people import practice, take

pytestmark = pytest.mark.django_db
SIGN = "Since today I am numb between my legs"


@pytest.fixture
def here() -> Clinic:
    return practice()


def at(hours: float) -> datetime:
    """So many hours after the request came in; 24 are promised."""
    return NOW + timedelta(hours=hours)


def shares_of(request: ConsultRequest) -> list[int]:
    return list(Escalation.objects.filter(request=request).order_by("share").values_list("share", flat=True))


def told(request: ConsultRequest, what: str) -> set[str]:
    """The roles that an e-mail of this kind went to."""
    to = Mail.objects.filter(request=request, key__contains=f"/{what}/").values_list("to", flat=True)
    return set(Membership.objects.filter(person__email__in=list(to)).values_list("role", flat=True))


ALL, HEADS = {"therapist", "front_desk", "owner"}, {"therapist", "owner"}


@pytest.mark.parametrize(
    ("hours", "shares", "last"),
    [
        (11.99, [], None),
        (12, [50], 50),
        (19.1, [50], 50),
        (19.2, [50, 80], 80),
        (23.99, [50, 80], 80),
        (24, [50, 80, 100], 100),
        (48, [50, 80, 100], 100),  # the worker was down for a day
    ],
)
def test_each_share_is_written_down_and_the_highest_mailed(
    here: Clinic, hours: float, shares: list[int], last: int | None
) -> None:
    taken = take(here)
    assert escalate(now=at(hours)) == (1 if shares else 0)
    assert shares_of(taken) == shares
    assert escalate(now=at(hours)) == 0, "once more changes nothing"
    for share in (50, 80, 100):
        assert bool(told(taken, f"share.{share}")) is (share == last)
    steps = RequestStep.objects.filter(request=taken, kind="escalated").order_by("pk")
    assert [one.details["share"] for one in steps] == shares


def test_who_is_told(here: Clinic) -> None:
    taken = take(here)
    for hours in (12, 20, 24):
        escalate(now=at(hours))
    assert [told(taken, f"share.{share}") for share in (50, 80, 100)] == [ALL, HEADS, ALL]


def test_whoever_claimed_it_is_told_first_and_all_when_they_have_left(here: Clinic) -> None:
    desk = Membership.objects.get(role="front_desk")
    mine, left = take(here), take(here)
    ConsultRequest.objects.filter(pk=mine.pk).update(claimed_by=desk)
    escalate(now=at(12))
    assert told(mine, "share.50") == {"front_desk"}
    assert told(left, "share.50") == ALL
    Membership.objects.filter(pk=desk.pk).update(active=False)
    again = take(here, now=at(12))
    ConsultRequest.objects.filter(pk=again.pk).update(claimed_by=desk)
    escalate(now=at(24))
    assert told(again, "share.50") == HEADS


def test_snoozing_moves_nothing_and_what_is_met_or_closed_is_silent(here: Clinic) -> None:
    snoozed, met, closed = take(here), take(here), take(here)
    ConsultRequest.objects.filter(pk=snoozed.pk).update(snoozed_until=at(100))
    ConsultRequest.objects.filter(pk=met.pk).update(met_at=at(1), met_how="contact")
    requests.withdraw(request=closed, now=at(1))
    assert escalate(now=at(30)) == 1
    assert [shares_of(one) for one in (snoozed, met, closed)] == [[50, 80, 100], [], []]


def test_what_was_not_promised_is_not_late(here: Clinic) -> None:
    take(here, state="NJ")
    assert escalate(now=at(1000)) == 0


def test_a_sign_rings_each_hour_until_somebody_has_spoken(here: Clinic) -> None:
    taken = take(here, words=SIGN)
    assert told(taken, "flagged.0") == ALL
    assert escalate(now=at(0.5)) == 0
    assert [escalate(now=at(hours)) for hours in (1, 1.5, 2)] == [1, 0, 1]
    assert told(taken, "flagged.1") == told(taken, "flagged.2") == ALL
    # Slept for a day: one more e-mail each, not one for every hour.
    assert escalate(now=at(26)) == 1
    assert Mail.objects.filter(request=taken, kind="request_waits").count() == 4 * len(ALL)
    for hours in (26.2, 26.5, 26.8):
        _tried(here, taken, "phone:no_answer", hours)
    taken.refresh_from_db()
    assert taken.met_how == "three_attempts"
    assert escalate(now=at(28)) == 1, "three tries are no contact"
    _tried(here, taken, "phone:reached", 28.5)
    assert escalate(now=at(30)) == 0, "a contact after three tries is one"


def test_a_contact_that_was_a_slip_rings_and_counts_again(here: Clinic) -> None:
    signed, plain = take(here, words=SIGN), take(here)
    staff = _desk(here)
    for one in (signed, plain):
        _tried(here, one, "phone:reached", 0.5)
        assert escalate(now=at(1.5)) == 0
        slip = ContactAttempt.objects.get(request=one)
        assert attempts.take_back(staff=staff, request=one.pk, attempt=slip.pk, now=at(1.6))
        assert not attempts.take_back(staff=staff, request=one.pk, attempt=slip.pk, now=at(1.7))
        one.refresh_from_db()
        assert (one.met_at, one.met_how) == (None, "")
        assert escalate(now=at(2.5)) == (1 if one.flagged else 0)
        ConsultRequest.objects.filter(pk=signed.pk).update(closed_at=at(2.6))
    assert escalate(now=at(30)) == 1
    assert shares_of(plain) == [50, 80, 100]


def _desk(here: Clinic) -> Staff:
    return staff_of(here.memberships.filter(active=True).order_by("pk").first().person, here)  # type: ignore[union-attr]  # somebody works there


def _tried(here: Clinic, one: ConsultRequest, result: str, hours: float) -> None:
    tried(_desk(here), one, result, at=at(hours))


def test_a_sign_is_told_even_where_the_first_e_mails_were_not_written(here: Clinic) -> None:
    taken = take(here, words=SIGN)
    Mail.objects.all().delete()
    Escalation.objects.all().delete()
    assert escalate(now=at(0.1)) == 1
    assert shares_of(taken) == [100]
    assert told(taken, "flagged.0") == ALL


def test_clinics_hear_of_their_own_alone(here: Clinic) -> None:
    there = practice("another")
    taken = take(there)
    escalate(now=at(24))
    to = set(Mail.objects.filter(request=taken, kind="request_waits").values_list("to", flat=True))
    assert to == set(Membership.objects.filter(clinic=there).values_list("person__email", flat=True))
    assert here.memberships.count() == len(to)

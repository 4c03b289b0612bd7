"""A clinic as large as the promises name: 20 therapists with a month of calls, and 5,000 open requests."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, time, timedelta

from liftback.records.mail.sending import REFUSED
from liftback.records.models import (
    Booking,
    CallHours,
    Clinic,
    ConsultRequest,
    ContactAttempt,
    Licence,
    Mail,
    Membership,
    OpeningHours,
    Person,
    RequestStep,
    TakenTime,
)
from liftback.records.scheduling.slots import BookingRules, cells
from liftback.records.write.clinic.escalating import escalate

SEED, DAYS, CLOSED = 7, 30, 2_000
CALLS_A_DAY, FEW = 5, 20
WORDS = (
    "Pain low in the back since deadlifts last week, worse when I sit, no leg pain. I would like to know what to do."
)


def clinic_of(now: datetime, therapists: int) -> Clinic:
    """An empty clinic with its therapists, their licences, their hours and a month of calls."""
    clinic = Clinic.objects.create(
        name="Bench clinic", slug="bench", subdivision="NY", horizon_days=DAYS, daily_cap=12, notice_minutes=0
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=day, opens=time(9), closes=time(17)) for day in range(7)
    )
    people = Person.objects.bulk_create(
        [Person(email=f"therapist{n}@bench.example", name=f"Therapist {n}") for n in range(therapists)]
    )
    members = Membership.objects.bulk_create(
        [
            Membership(person=one, clinic=clinic, role=Membership.Role.THERAPIST, takes_calls=True)
            for one in Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
        ]
    )
    long_ago = now.date() - timedelta(days=900)
    Licence.objects.bulk_create(
        [Licence(therapist=one, state="NY", number="PT-1", valid_from=long_ago) for one in members]
    )
    CallHours.objects.bulk_create(
        [CallHours(therapist=one, weekday=day, begins=time(9), ends=time(17)) for one in members for day in range(7)]
    )
    _calls(clinic, members, now)
    return clinic


def _calls(clinic: Clinic, members: list[Membership], now: datetime) -> None:
    begun = datetime.combine(now.date() + timedelta(days=1), time(15), tzinfo=UTC)
    minutes = BookingRules(call_minutes=clinic.call_minutes, buffer_minutes=clinic.buffer_minutes).taken_minutes
    booked = [
        Booking(
            clinic=clinic, therapist=one, form_id=uuid.uuid4(), name="Somebody", zone=clinic.zone,
            clinic_zone=clinic.zone, wall="", tzdata="", state=Booking.State.CONFIRMED, made_at=now, changed_at=now,
            starts_at=at, ends_at=at + timedelta(minutes=clinic.call_minutes),
        )
        for place, one in enumerate(members)
        for day in range(DAYS - 1)
        for call in range(CALLS_A_DAY)
        for at in [begun + timedelta(days=day, hours=call, minutes=15 * (place % 3))]
    ]  # fmt: skip
    Booking.objects.bulk_create(booked, batch_size=500)
    TakenTime.objects.bulk_create(
        [
            TakenTime(therapist=one.therapist, booking=one, at=at)
            for one in booked
            if one.therapist is not None
            for at in cells(starts_at=one.starts_at, minutes=minutes)
        ],
        batch_size=1000,
    )


def requests_of(clinic: Clinic, count: int, now: datetime, consent: int) -> None:
    """So many open requests in every stage, and some that are closed."""
    chance = random.Random(SEED)
    members = list(Membership.objects.filter(clinic=clinic))
    made = ConsultRequest.objects.bulk_create(
        [_request(clinic, members, now, consent, chance, closed=place >= count) for place in range(count + CLOSED)],
        batch_size=500,
    )
    RequestStep.objects.bulk_create(
        [
            RequestStep(request=one, at=one.received_at, kind=kind, by_name="Therapist")
            for one in made
            for kind in ("received", "claimed", "attempt")
        ],
        batch_size=1000,
    )
    ContactAttempt.objects.bulk_create(
        [
            ContactAttempt(
                request=one, client_id=uuid.uuid4(), at=one.received_at + timedelta(hours=n + 1), by_name="Therapist",
                channel="phone", outcome="no_answer",
            )
            for one in made
            for n in range(chance.choice((0, 0, 1, 2)))
        ],
        batch_size=1000,
    )  # fmt: skip
    escalate(now=now)
    _send(clinic, now)


def _send(clinic: Clinic, now: datetime) -> None:
    """As after a worker that runs: nearly every e-mail went out, a few wait, a few were refused."""
    made = Mail.objects.filter(clinic=clinic)
    made.update(state=Mail.State.SENT, sent_at=now)
    few = list(made.order_by("-pk").values_list("pk", flat=True)[: 2 * FEW])
    Mail.objects.filter(pk__in=few[:FEW]).update(state=Mail.State.QUEUED, sent_at=None)
    Mail.objects.filter(pk__in=few[FEW:]).update(state=Mail.State.DROPPED, sent_at=None, last_error=REFUSED)


def _request(
    clinic: Clinic, members: list[Membership], now: datetime, consent: int, chance: random.Random, *, closed: bool
) -> ConsultRequest:
    came = now - timedelta(minutes=chance.randrange(5, 60 * 36))
    flagged = chance.random() < 0.01
    claimed = chance.choice(members) if chance.random() < 0.5 else None
    return ConsultRequest(
        clinic=clinic, form_id=uuid.uuid4(), name=f"Visitor {chance.randrange(10_000)}", phone="+12125550123",
        state="NY", country="US", words=WORDS, level="emergency" if flagged else "routine", flagged=flagged,
        consent_id=consent, consent_at=came, route=ConsultRequest.Route.QUEUE, received_at=came,
        due_at=came if flagged else came + timedelta(hours=24), due_terms={"kind": "clock_hours", "hours": 24},
        claimed_by=claimed, claimed_at=came if claimed else None,
        snoozed_until=now + timedelta(hours=5) if chance.random() < 0.1 else None,
        met_at=came + timedelta(hours=2) if chance.random() < 0.2 else None,
        closed_at=came + timedelta(hours=3) if closed else None, closed_why="helped" if closed else "",
    )  # fmt: skip

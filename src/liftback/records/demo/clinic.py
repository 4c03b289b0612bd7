"""A made-up clinic with a day's worklist, told and worked through the same doors as any clinic's.

Everything that happened before is written with the time at which it happened, and ends now. The clinic is made anew
on a new day, so that its worklist is always that of today.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from liftback.records import consents, read
from liftback.records import staff as staff_rules
from liftback.records.call_details import Details
from liftback.records.days import day_in
from liftback.records.demo import clinic_told as told
from liftback.records.demo.clinic_told import Asking
from liftback.records.read.clinic import slots
from liftback.records.read.clinic.patients import make_ready
from liftback.records.read.clinic.slots import Wanted
from liftback.records.scheduling.zones import zone
from liftback.records.staff import Staff
from liftback.records.tables.bookings import Booking
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic, Membership, Person
from liftback.records.tables.practice import Colleague
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.clinic import (
    attempts,
    bookings,
    call_hours,
    claims,
    directory,
    episodes,
    escalating,
    founding,
    hand_overs,
    licences,
    notes,
    plan_edits,
    requests,
    signatures,
    team,
    terms,
    threads,
)  # fmt: skip
from liftback.records.write.clinic.requests import Attached, Told

OWNER, THERAPIST, DESK = "owner@liftback.example", "therapist@liftback.example", "desk@liftback.example"
SLUG = "ironworks"
_FOUNDED = timedelta(weeks=told.BEFORE_WEEKS + 2)
_SEED = 20261126
_HOUR = timedelta(hours=1)
_NINE, _NOON, _ONE, _SIX = time(9), time(12), time(13), time(18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The three who work there."""

    owner: Staff
    therapist: Staff
    desk: Staff

    @property
    def clinic(self) -> Clinic:
        """Where they work."""
        return self.owner.clinic


def make_clinic(*, now: datetime, patient: Person) -> tuple[str, str, str]:
    """Make the demo clinic as of now, unless it was made today; the addresses of its owner, therapist and front desk.

    `patient` is the demo lifter, who becomes one of its patients; the three have the same password.
    """
    people = (OWNER, THERAPIST, DESK)
    if _is_of_today(now):
        return people
    with transaction.atomic():
        _forget()
        crew = _open(now - _FOUNDED, patient.password)
        _earlier(crew, now)
        _care(crew, patient, now)
        for asking in told.TODAY:
            _told_today(crew, asking, now)
        escalating.escalate(now=now)
        # What is past was sent when it was; a trial begins with a quiet terminal.
        Mail.objects.filter(state=Mail.State.QUEUED, not_before__lte=now).update(state=Mail.State.SENT, sent_at=now)
    return people


def _is_of_today(now: datetime) -> bool:
    newest = ConsultRequest.objects.filter(clinic__slug=SLUG).order_by("-received_at").first()
    return newest is not None and day_in(newest.clinic.zone, newest.received_at) == day_in(newest.clinic.zone, now)


def _forget() -> None:
    """Delete the demo clinic of an earlier day; rows that stand on texts go before the texts do."""
    for table in (Episode, Share, Booking, ConsultRequest):
        table.objects.filter(clinic__slug=SLUG).delete()
    Clinic.objects.filter(slug=SLUG).delete()


def _open(now: datetime, hashed: str) -> Crew:
    """The clinic, its people, terms, licences, hours and directory, as stated on the day it opened."""
    clinic, token = founding.found(name="Ironworks Physical Therapy", slug=SLUG, owner=OWNER, subdivision="NY", now=now)
    team.join(actor=_person(OWNER, "Robin Alder", hashed), token=token, now=now)
    owner = _at_work(OWNER, clinic)
    terms.set_contact(
        staff=owner, now=now, name=clinic.name, phone="+1 212 555 0100", email="hello@ironworks.example",
        address="1 Example Street, New York, NY 10001", zone=clinic.zone, country="US", subdivision="NY",
    )  # fmt: skip
    terms.set_hours(staff=owner, now=now, days={day: [(_NINE, _NOON), (_ONE, _SIX)] for day in range(5)})
    terms.set_text(
        staff=owner, now=now, name="welcome", text="We are physical therapists who lift. Tell us what is going on."
    )
    for email, name, role in ((THERAPIST, "Jordan Reyes", "therapist"), (DESK, "Pat Morgan", "front_desk")):
        _join(owner, _person(email, name, hashed), role, now)
    crew = Crew(owner=owner, therapist=_at_work(THERAPIST, clinic), desk=_at_work(DESK, clinic))
    _license(crew, now)
    crew = Crew(owner=_at_work(OWNER, clinic), therapist=crew.therapist, desk=crew.desk)  # clinical by the licence
    _offer_calls(crew, now)
    content = (files("liftback.records.demo") / "colleagues.csv").read_bytes()
    token = directory.hold(staff=owner, now=now, name="colleagues.csv", content=content)
    directory.import_held(staff=owner, now=now, token=token)
    return crew


def _person(email: str, name: str, hashed: str) -> Person:
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name=name)
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    Person.objects.filter(pk=person.pk).update(password=hashed)  # hashing the same word three times takes a second
    person.refresh_from_db()
    return person


def _join(owner: Staff, person: Person, role: str, now: datetime) -> None:
    with transaction.atomic():
        token = team.write_invitation(clinic=owner.clinic, email=person.email, role=role, by=owner.name, now=now)
    team.join(actor=person, token=token, now=now)


def _at_work(email: str, clinic: Clinic) -> Staff:
    staff = staff_rules.staff_of(Person.objects.get(email=email), clinic=clinic.pk)
    if staff is None:
        raise TypeError(f"nobody works at {clinic.pk} by that address")
    return staff


def _license(crew: Crew, now: datetime) -> None:
    today = day_in(crew.clinic.zone, now)
    soon = today + _FOUNDED + timedelta(days=45)
    for staff, number in ((crew.owner, "PT-004411"), (crew.therapist, "PT-004522")):
        licences.add(
            staff=crew.owner, now=now, membership=staff.membership.pk, state="NY", number=number, kind="licence",
            valid_from=today - timedelta(days=700), valid_until=today + timedelta(days=395), looked_up_on=today,
        )  # fmt: skip
    licences.add(
        staff=crew.owner, now=now, membership=crew.therapist.membership.pk, state="NJ", number="NJ-CP-0077",
        kind="compact_privilege", valid_from=today - timedelta(days=90), valid_until=soon, looked_up_on=today,
    )  # fmt: skip


def _offer_calls(crew: Crew, now: datetime) -> None:
    for staff, title, hours in (
        (crew.owner, "Dr.", ((0, _ONE, _SIX), (2, _NINE, _NOON), (4, _NINE, _NOON))),
        (crew.therapist, "", tuple((day, begins, ends) for day in range(5) for begins, ends in (
            (_NINE, _NOON), (_ONE, _SIX)))),
    ):  # fmt: skip
        team.change(
            staff=crew.owner, now=now, membership=staff.membership.pk, role=staff.membership.role, title=title,
            takes_calls=True,
        )  # fmt: skip
        rows = [call_hours.Hours(weekday=day, begins=begins, ends=ends) for day, begins, ends in hours]
        call_hours.set_hours(staff=crew.owner, membership=staff.membership, rows=rows, now=now)
    call_hours.add_exception(
        staff=crew.therapist, membership=crew.therapist.membership, kind="off", now=now,
        day=day_in(crew.clinic.zone, now + _FOUNDED) + timedelta(days=3),
    )  # fmt: skip


# --- the weeks before ----------------------------------------------------------------------------------------------


def _earlier(crew: Crew, now: datetime) -> None:
    """Ten weeks of requests, most of them answered in time."""
    chance = random.Random(_SEED)  # noqa: S311 - made-up people, no secret
    place = zone(crew.clinic.zone)
    today = day_in(crew.clinic.zone, now)
    for back in range(1, told.BEFORE_WEEKS + 1):
        monday = today - timedelta(days=today.weekday(), weeks=back)
        rows = list(told.BEFORE[chance.randrange(2) :])
        if back in told.LATE_WEEKS:
            rows.append((4, 15.0, 33.0, "reached"))
        rows += [(2, 20.0, 2.0, "withdrawn")] if back in told.WITHDRAWN_WEEKS else []
        rows += [(1, 10.0, 0.0, "elsewhere")] if back in told.ELSEWHERE_WEEKS else []
        rows += [(3, 7.0, 0.4, "flagged")] if back in told.FLAGGED_WEEKS else []
        for day, hour, wait, how in rows:
            at = datetime.combine(monday + timedelta(days=day), time(), tzinfo=place) + hour * _HOUR
            _one_earlier(crew, chance, at, wait * chance.uniform(0.8, 1.1), how)


def _one_earlier(crew: Crew, chance: random.Random, at: datetime, wait: float, how: str) -> None:
    name = f"{chance.choice(told.EARLIER_NAMES)} {chance.choice('ABCDEGHKLMNPRSTVW')}."
    state = "OH" if how == "elsewhere" else "NY"
    words = told.FLAGGED_WORDS if how == "flagged" else told.EARLIER_WORDS
    asking = Asking(ago=timedelta(), name=name, words=words, phone="+12125550160", state=state)
    request = _take(crew, asking, at)
    met = at + wait * _HOUR
    if how == "withdrawn":
        requests.withdraw(request=request, now=met)
        return
    staff = chance.choice((crew.owner, crew.therapist))
    if how == "attempts":
        for share in (0.3, 0.6, 1.0):
            _try(staff, request, at + share * wait * _HOUR, "phone", "no_answer")
        claims.close(staff=staff, request=request.pk, reason="no_answer", words="three times", now=met)
        return
    _try(staff, request, met, "phone", "reached")
    claims.close(
        staff=staff,
        request=request.pk,
        reason="answered",
        words="told to be seen that day, and was" if how == "flagged" else "",
        now=met,
    )


def _take(
    crew: Crew, asking: Asking, at: datetime, attached: Attached | None = None, person: Person | None = None
) -> ConsultRequest:
    consent = consents.current(clinic=crew.clinic, kind=consents.CONSULT, now=at)
    form = Told(
        form_id=uuid.uuid4(), name=asking.name, reach="phone" if asking.phone else "email", phone=asking.phone,
        email=asking.email, best_time=asking.best_time, country="US" if asking.state else "", state=asking.state,
        zip=asking.zip, words=asking.words,
    )  # fmt: skip
    return requests.take(clinic=crew.clinic, told=form, consent=consent, now=at, person=person, attached=attached)


def _try(staff: Staff, request: ConsultRequest, at: datetime, channel: str, outcome: str) -> None:
    attempts.add(staff=staff, request=request.pk, client_id=uuid.uuid4(), channel=channel, outcome=outcome, now=at)


# --- today -----------------------------------------------------------------------------------------------------------


def _told_today(crew: Crew, asking: Asking, now: datetime) -> None:
    request = _take(crew, asking, now - asking.ago)
    staff = crew.therapist
    for hours, channel, outcome in asking.tries:
        _try(staff, request, now - hours * _HOUR, channel, outcome)
    for name in asking.does:
        _DOES[name](crew, request, now)


def _claim(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    claims.claim(staff=crew.therapist, request=request.pk, now=now - _HOUR)


def _snooze(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    claims.snooze(
        staff=crew.therapist, request=request.pk, until=now + 6 * _HOUR, why="asked to be called after work", now=now
    )


def _next(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    claims.set_next(staff=crew.therapist, request=request.pk, words="call again at lunch time", now=now)


def _note(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    text = "Arching under load brings it on, bending does not. Wants to keep benching. Free call booked to go on."
    notes.add(staff=crew.therapist, request=request.pk, client_id=uuid.uuid4(), text=text, now=now - 18 * _HOUR)


def _close(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    claims.close(staff=crew.therapist, request=request.pk, reason="answered", words="", now=now - 20 * _HOUR)


def _introduce(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    consent = consents.current(clinic=crew.clinic, kind=consents.HAND_OVER, now=now)
    nearest = next(one for one in Colleague.objects.filter(clinic=crew.clinic).order_by("name") if "TX" in one.states)
    hand_overs.introduce(request=request, colleague_id=nearest.pk, consent=consent, now=now - 6 * _HOUR)


def _book(crew: Crew, request: ConsultRequest, now: datetime) -> None:
    """The next free time; the first of these calls was asked for and waits for a yes."""
    asked = not Booking.objects.filter(clinic=crew.clinic).exists()
    made = now - _HOUR
    if asked:
        _set_booking(crew, "request", made)
    clinic = Clinic.objects.get(pk=crew.clinic.pk)
    offered = slots.offered(Wanted(clinic=clinic, now=made, request=request))
    free = [one for one in offered if one.starts_at > now + _HOUR][2 if asked else 0 :]
    if free:
        choice = bookings.Choice(
            starts_at=free[0].starts_at, form_id=uuid.uuid4(), zone=clinic.zone,
            request=request,
        )  # fmt: skip
        booking = bookings.hold(clinic=clinic, choice=choice, now=made)
        consent = consents.current(clinic=clinic, kind=consents.CALL, now=made)
        details = Details(
            name=request.name, phone=request.phone, email=request.email, place=request.state, consent=consent
        )
        bookings.confirm(booking=booking, details=details, now=made)
    if asked:
        _set_booking(crew, "instant", now)


def _set_booking(crew: Crew, kind: str, now: datetime) -> None:
    terms.set_booking(staff=crew.owner, now=now, booking=kind)


_DOES: dict[str, Callable[[Crew, ConsultRequest, datetime], None]] = {
    "claim": _claim, "snooze": _snooze, "next": _next, "note": _note, "close": _close, "introduce": _introduce,
    "book": _book,
}  # fmt: skip


# --- patients --------------------------------------------------------------------------------------------------------


def _care(crew: Crew, patient: Person, now: datetime) -> None:
    """The demo lifter as a patient since eight weeks, and somebody who has not joined yet."""
    begun = now - timedelta(weeks=8)
    lifter = read.lifter_of(patient)
    if lifter is None:
        return
    attached = Attached(
        level="self_manage",
        lifter=lifter,
        story=read.story_of(actor=patient, lifter=lifter),
        consent=consents.current(clinic=crew.clinic, kind=consents.RECORDS, now=begun),
    )
    words = "Four weeks into it and better, but I would like somebody to look over my plan before I pull heavy again."
    asking = Asking(ago=timedelta(), name=patient.name, words=words, email=patient.email, zip="10012")
    request = _take(crew, asking, begun, attached, patient)
    _try(crew.therapist, request, begun + 3 * _HOUR, "email", "reached")
    therapist: Membership = crew.therapist.membership
    episode = episodes.open_episode(
        staff=crew.therapist, request=request, therapist=therapist, now=begun + timedelta(days=2)
    )
    claims.close(staff=crew.therapist, request=request.pk, reason="patient", words="", now=begun + timedelta(days=2))
    for hours, from_lifter, text in told.THREAD:
        _message(crew, patient, episode, text, at=now - hours * _HOUR, from_lifter=from_lifter)
    _check_plan(crew, patient, episode, now)
    other = _take(crew, told.PATIENT, now - told.PATIENT.ago)
    _try(crew.owner, other, now - told.PATIENT.ago + 2 * _HOUR, "phone", "reached")
    episodes.open_episode(
        staff=crew.owner, request=other, therapist=crew.owner.membership, now=now - told.PATIENT.ago + 3 * _HOUR
    )
    claims.close(staff=crew.owner, request=other.pk, reason="patient", words="", now=now - timedelta(days=8))


def _message(crew: Crew, patient: Person, episode: Episode, text: str, *, at: datetime, from_lifter: bool) -> None:
    if from_lifter:
        threads.send(actor=patient, episode=episode, text=text, client_id=uuid.uuid4(), now=at)
    else:
        threads.reply(staff=crew.therapist, episode=episode, text=text, client_id=uuid.uuid4(), now=at)


def _check_plan(crew: Crew, patient: Person, episode: Episode, now: datetime) -> None:
    """A word beside one lift, and the therapist's signature under the plan as it then is."""
    plan = _plan(patient, now)
    if plan is None or plan["held"] or not plan["by_itself"]:
        return  # a plan on hold is not signed, in a trial either
    edit = plan_edits.NewEdit(
        client_id=uuid.uuid4(),
        kind=plan_edits.NOTE,
        lift=plan["by_itself"][0]["lift"],
        values={},
        why="film the last set from the side, and send it before you add weight",
    )
    plan_edits.add(staff=crew.therapist, episode=_again(episode), edit=edit, now=now)
    print_of = _plan(patient, now)["fingerprint"]
    signatures.sign_plan(
        staff=crew.therapist, episode=_again(episode), fingerprint=print_of, words="looks right to me", now=now
    )


def _plan(patient: Person, now: datetime) -> Any:
    """The plan's page; all pages are worked out at once, so that none is worked out twice."""
    lifter = read.lifter_of(patient)
    if lifter is None:
        return None
    make_ready(lifter, now)
    return read.page(actor=patient, lifter=lifter, name="plan", now=now)


def _again(episode: Episode) -> Episode:
    return Episode.objects.select_related("lifter__person", "clinic", "request").get(pk=episode.pk)

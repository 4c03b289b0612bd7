"""A therapist signs: that they stand by a plan as it is now, and that the criteria of clearance are met.

Both need a licence that holds today. Signing says what was looked at: it is refused where that has changed meanwhile.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from liftback.records import audit, permissions, read
from liftback.records import staff as staff_rules
from liftback.records.days import day_in, day_of
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic.patients import make_ready
from liftback.records.scheduling.licences import LicenceRow, holds_on
from liftback.records.staff import Staff
from liftback.records.tables.care import ClearanceSignature, Episode, PlanSignOff
from liftback.records.tables.people import Lifter
from liftback.records.tables.practice import Licence
from liftback.records.write.changing import changing
from liftback.records.write.clinic.episodes import name_of
from liftback.records.write.clinic.plan_edits import CHANGED_MEANWHILE, patient_of, treating
from liftback.records.write.storable import storable

LONGEST_WORDS = 500
NOT_ALL_MET = "Not every criterion is met, and what is not known is not met. The list says what is missing."


def sign_plan(*, staff: Staff, episode: Episode, fingerprint: str, words: str, now: datetime) -> PlanSignOff:
    """Sign the plan that was looked at; the same plan signed again by the same person is one signature.

    `fingerprint` is that of the page. Raises NotAllowedError; NotNowError where the plan is on hold or has changed, and
    without a licence that holds.
    """
    lifter = patient_of(staff, episode)
    licence = licence_of(staff=staff, episode=episode, now=now)
    make_ready(lifter, now)
    with treating(staff=staff, episode=episode, lifter=lifter, what="sign_off", now=now) as locked:
        plan = _plan(staff, locked, now)
        if plan["fingerprint"] != fingerprint:
            raise NotNowError(CHANGED_MEANWHILE)
        newest = PlanSignOff.objects.filter(lifter=locked).order_by("-at", "-pk").first()
        if newest is not None and newest.fingerprint == fingerprint and newest.by_id == staff.person.pk:
            return newest
        return PlanSignOff.objects.create(
            lifter=locked,
            clinic=staff.clinic,
            by=staff.person,
            by_name=name_of(staff.membership),
            licence=licence,
            at=now,
            fingerprint=fingerprint,
            words=_words(words),
        )


def sign_clearance(*, staff: Staff, episode: Episode, words: str, now: datetime) -> ClearanceSignature:
    """Sign that every criterion is met; where somebody has signed already, that signature stands.

    Raises NotAllowedError; NotNowError while one criterion is not met or not known, or the plan is on hold, and without
    a licence that holds.
    """
    lifter = patient_of(staff, episode)
    licence = licence_of(staff=staff, episode=episode, now=now)
    make_ready(lifter, now)
    with treating(staff=staff, episode=episode, lifter=lifter, what="clearance", now=now) as locked:
        plan = _plan(staff, locked, now)
        found = plan["clearance"]
        if found is None or not found["ready"]:
            raise NotNowError(NOT_ALL_MET)
        standing = ClearanceSignature.objects.filter(lifter=locked, clinic=staff.clinic, ended_at__isnull=True)
        there = standing.order_by("-at", "-pk").first()
        if there is not None and plan["cleared"] is not None and plan["cleared"]["stands"]:
            return there
        standing.update(ended_at=now)
        return ClearanceSignature.objects.create(
            lifter=locked,
            clinic=staff.clinic,
            by=staff.person,
            by_name=name_of(staff.membership),
            licence=licence,
            at=now,
            day=day_of(locked, now),
            words=_words(words),
        )


def end_clearance(*, staff: Staff, episode: Episode, now: datetime) -> None:
    """Take the clinic's signatures under a clearance back, whatever else holds. Raises NotAllowedError."""
    staff_rules.check(staff, staff_rules.TREAT)
    if episode.clinic_id != staff.clinic.pk or episode.lifter is None:
        raise NotAllowedError(NOT_YOURS)
    with (
        audit.audited(
            staff=staff, deed=audit.WRITE, what="clearance", now=now, lifter=episode.lifter, request=episode.request,
            needs=staff_rules.TREAT,
        ),
        changing(actor=staff.person, lifter=episode.lifter, now=now, deed=permissions.TREAT) as locked,
    ):  # fmt: skip
        there = ClearanceSignature.objects.filter(lifter=locked, clinic=staff.clinic, ended_at__isnull=True)
        there.update(ended_at=now)


def licence_of(*, staff: Staff, episode: Episode, now: datetime) -> str:
    """The licence that a therapist signs with today, in words: of the state where the patient said they are, if known.

    Raises NotNowError without one.
    """
    today = day_in(staff.clinic.zone, now)
    state = "" if episode.request is None else episode.request.state
    held = [one for one in Licence.objects.filter(therapist=staff.membership).order_by("pk") if _holds(one, today)]
    found = next((one for one in held if not state or one.state == state), None)
    if found is None:
        where = f" in {state}" if state else ""
        raise NotNowError(
            f"You have no licence here that holds{where} today, so you cannot sign. "
            "Whoever keeps the clinic's settings can add it."
        )
    return f"{found.state} {found.number}"


def may_sign(*, staff: Staff, episode: Episode, now: datetime) -> str:
    """The licence to sign with, in words; empty where there is none that holds."""
    try:
        return licence_of(staff=staff, episode=episode, now=now)
    except NotNowError:
        return ""


def _holds(one: Licence, today: date) -> bool:
    row = LicenceRow(
        therapist=one.therapist_id, state=one.state, kind=one.kind, valid_from=one.valid_from,
        valid_until=one.valid_until,
    )  # fmt: skip
    return holds_on(row, today)


def _plan(staff: Staff, lifter: Lifter, now: datetime) -> Any:
    plan = read.page(actor=staff.person, lifter=lifter, name="plan", now=now)
    if plan is None:
        raise NotNowError("There is no plan yet: the story comes first.")
    if plan["held"]:
        raise NotNowError("The plan is on hold: there is nothing to sign. What it waits for comes first.")
    return plan


def _words(words: str) -> str:
    return " ".join(str(storable(words)).split())[:LONGEST_WORDS]

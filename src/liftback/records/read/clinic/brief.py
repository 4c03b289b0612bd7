"""The brief before a call: what was told, read and worked out, on one page, with who may do what where they are.

A request's own words belong to the request. The story, the log and the course are the lifter's: they are read only
where the lifter shares them with the clinic, inside an audited look, and as they are today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from liftback import operations
from liftback.records import audit, read
from liftback.records import staff as staff_rules
from liftback.records.days import day_in, day_of
from liftback.records.read.clinic.desk import STORY
from liftback.records.staff import Staff
from liftback.records.tables.care import Share
from liftback.records.tables.people import Lifter
from liftback.records.tables.practice import Licence, StateTerms
from liftback.records.tables.requests import CallNote, ConsultRequest, RequestStep
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import PAGES, work_out
from liftback.records.write.clinic.steps import request_of

NO_STORY, SHARED, ATTACHED, NOT_SHARED = "none", "shared", "attached", "not_shared"
"""No story; a lifter's, as it is today; a stranger's, as it was sent along; one that is no longer shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licensed:
    """A therapist who may work where the person is now, and the last day of it; None where none is stated."""

    name: str
    number: str
    kind: str
    until: date | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page. `values` are those of `operations.brief_values`; `story` is none, shared, attached or not_shared.

    `course` is the picture of the last weeks and its words; empty without one. `care_by_phone` is the note that allows
    care by phone where the person is; empty where the call is to get to know each other only.
    """

    request: ConsultRequest
    values: Mapping[str, Any]
    story: str
    course: Mapping[str, str]
    licensed: tuple[Licensed, ...]
    care_by_phone: str
    notes: tuple[CallNote, ...]
    consent: str
    today: date


def brief(*, staff: Staff, request: UUID, now: datetime) -> Brief:
    """The brief of a request. Raises NotAllowedError for one of another clinic, or without the right to read it."""
    staff_rules.check(staff, staff_rules.BRIEF)
    row = request_of(staff, request)
    lifter = _sharing(row, staff)
    if lifter is not None:
        _freshen(lifter, now)
    today = day_in(staff.clinic.zone, now) if lifter is None else day_of(lifter, now)
    told: dict[str, Any] = {
        "words": {"request": row.words, "best_time": row.best_time},
        "level": row.level,
        "today": today,
    }
    with audit.audited(
        staff=staff, deed=audit.READ, what="brief", now=now, request=row, lifter=lifter, needs=staff_rules.BRIEF
    ):
        course: Mapping[str, str] = {}
        if lifter is not None:
            own: dict[str, Any] = {"actor": staff.person, "lifter": lifter}
            kept = read.story_of(**own)
            told["story"] = kept.document if kept is not None else ""
            told["assessment"] = read.page(**own, name="report", now=now)
            course = (read.page(**own, name="course", now=now) or {}).get("recent") or {}
        elif document := _strangers_story(row):
            told["story"] = document
            told["assessment"] = _assessed(document, today)
        notes = tuple(CallNote.objects.filter(request=row).order_by("at", "pk"))
    return Brief(
        request=row,
        values=operations.brief_values(**told),
        story=_whose(row, lifter, told),
        course=course,
        licensed=tuple(_licensed_in(staff, row.state, now)),
        care_by_phone=_care_by_phone(staff, row.state),
        notes=notes,
        consent=row.consent.text,
        today=today,
    )


def _whose(row: ConsultRequest, lifter: Lifter | None, told: Mapping[str, Any]) -> str:
    if lifter is not None and told.get("story"):
        return SHARED
    if told.get("story"):
        return ATTACHED
    return NOT_SHARED if row.story_id is not None and lifter is None else NO_STORY


def _strangers_story(row: ConsultRequest) -> str:
    """The story that somebody without an account sent along; empty where there is none."""
    found = RequestStep.objects.filter(request=row, kind=STORY).order_by("pk").values_list("details", flat=True).first()
    return str((found or {}).get("document") or "")


def _assessed(document: str, today: date) -> operations.Assessment:
    story = operations.read_story(content=document.encode(), today=today)
    return operations.assess(story=story, today=today)


def _licensed_in(staff: Staff, state: str, now: datetime) -> list[Licensed]:
    """Who of the clinic may work in a state today, in the clinic's zone; nobody where no row says so."""
    if not state:
        return []
    today = day_in(staff.clinic.zone, now)
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    rows = (
        Licence.objects.filter(
            holds, therapist__clinic=staff.clinic, therapist__active=True, state=state, valid_from__lte=today
        )
        .select_related("therapist__person")
        .order_by("therapist__person__name", "pk")
    )
    return [
        Licensed(
            name=one.therapist.person.name or one.therapist.person.email.partition("@")[0],
            number=one.number,
            kind=one.kind,
            until=one.valid_until,
            mine=one.therapist_id == staff.membership.pk,
        )
        for one in rows
    ]


def _care_by_phone(staff: Staff, state: str) -> str:
    terms = StateTerms.objects.filter(clinic=staff.clinic, state=state, care_by_phone=True).first() if state else None
    return "" if terms is None else terms.note


def _sharing(row: ConsultRequest, staff: Staff) -> Lifter | None:
    """The lifter of a request who shares their records with the clinic now."""
    if row.lifter_id is None:
        return None
    share = Share.objects.filter(lifter=row.lifter_id, clinic=staff.clinic, ended_at__isnull=True)
    found = share.select_related("lifter__person").first()
    return None if found is None else found.lifter


def _freshen(lifter: Lifter, now: datetime) -> None:
    """Work out what is out of date before the audited look begins, so that nobody waits for its transaction."""
    today = day_of(lifter, now)
    current = Snapshot.objects.filter(
        lifter=lifter, as_of=today, revision=lifter.revision, made_with=made_with(), name__in=("report", "course")
    )
    if current.count() < len(("report", "course")):
        work_out(lifter, today=today, now=now, names=PAGES)

"""One patient: their answers, plan and course as the lifter sees them, read inside the audit and by consent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from liftback.records import audit, read
from liftback.records import staff as staff_rules
from liftback.records.days import day_of
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.read.clinic import attention
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.people import Lifter, Membership
from liftback.records.tables.told import Entry
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import PAGES, work_out

TOLD_FOR = timedelta(days=14)
"""How far back the page of a patient lists what was told."""
MOST_TOLD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A patient as a page shows them.

    `lifter` and `consent` are None, and `pages` empty, while they have not joined or no longer share their records.
    `told` is what was told in the last two weeks, newest first.
    """

    episode: Episode
    lifter: Lifter | None
    consent: Share | None
    today: date
    pages: dict[str, Any]
    told: tuple[Entry, ...] = ()
    row: attention.Row | None = None

    @property
    def plan(self) -> Any:
        """The values of the plan's page; None without one."""
        return self.pages.get("plan")


def episode_of(*, staff: Staff, episode: UUID) -> Episode:
    """An episode of this clinic, open or closed. Raises NotAllowedError for any other."""
    staff_rules.check(staff, staff_rules.TREAT)
    related = ("clinic", "lifter__person", "request", "therapist__person")
    found = Episode.objects.filter(pk=episode, clinic=staff.clinic).select_related(*related).first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def therapists(*, staff: Staff) -> list[Membership]:
    """Who of the clinic treats patients, by name."""
    active = Membership.objects.filter(clinic=staff.clinic, active=True).select_related("person")
    return [one for one in active.order_by("person__name", "pk") if staff_rules.is_clinical(one)]


def opened(
    *, staff: Staff, episode: UUID, now: datetime, what: str = "records", names: Sequence[str] = PAGES
) -> Patient:
    """A patient with the named pages, noted in the audit as `what`. Raises NotAllowedError."""
    found = episode_of(staff=staff, episode=episode)
    lifter, consent = shared_by(found)
    if lifter is None:
        with audit.audited(
            staff=staff, deed=audit.READ, what="episode", now=now, request=found.request, needs=staff_rules.TREAT
        ):
            (row,) = attention.rows_of(staff=staff, episodes=[found], now=now)
        return Patient(episode=found, lifter=None, consent=None, today=now.date(), pages={}, row=row)
    make_ready(lifter, now)
    with audit.audited(
        staff=staff, deed=audit.READ, what=what, now=now, lifter=lifter, request=found.request,
        needs=staff_rules.TREAT,
    ):  # fmt: skip
        return Patient(
            episode=found,
            lifter=lifter,
            consent=consent,
            today=day_of(lifter, now),
            pages={name: read.page(actor=staff.person, lifter=lifter, name=name, now=now) for name in names},
            told=_told(staff, lifter, now) if set(names) == set(PAGES) else (),
            row=attention.rows_of(staff=staff, episodes=[found], now=now)[0],
        )


def shared_by(episode: Episode) -> tuple[Lifter | None, Share | None]:
    """The lifter of an open episode with their consent; None and None while there is none that holds."""
    lifter = episode.lifter
    if lifter is None or episode.closed_at is not None:
        return None, None
    shares = Share.objects.filter(lifter=lifter, clinic=episode.clinic_id, ended_at__isnull=True)
    consent = shares.select_related("consent").first()
    return (None, None) if consent is None else (lifter, consent)


def make_ready(lifter: Lifter, now: datetime) -> None:
    """Work the pages out where they are out of date, before any look: so that no transaction waits for it."""
    today = day_of(lifter, now)
    fresh = Snapshot.objects.filter(
        lifter=lifter, name__in=PAGES, as_of=today, revision=lifter.revision, made_with=made_with()
    )
    if fresh.count() < len(PAGES):
        work_out(lifter, today=today, now=now)


def _told(staff: Staff, lifter: Lifter, now: datetime) -> tuple[Entry, ...]:
    since = day_of(lifter, now) - TOLD_FOR
    newest = read.entries_of(actor=staff.person, lifter=lifter, most=MOST_TOLD)
    return tuple(reversed([one for one in newest if one.day >= since]))

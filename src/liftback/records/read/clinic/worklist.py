"""The worklist: what is open at a clinic, in the order in which it has to be done, a page at a time.

First what is flagged (nobody waits with a warning sign), then what is late, then by due time; what was contacted and
what was put off come last. What is late or flagged is never counted as put off. A constant number of queries, however
many requests there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Value, When

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.scheduling.due import minutes_left, share_passed
from liftback.records.staff import Staff
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.requests import ConsultRequest, ContactAttempt, RequestStep
from liftback.records.write.clinic.attempts import REACHED, counted, is_by_mail, standing

OPEN, MINE, UNCLAIMED, SNOOZED, CLOSED = "open", "mine", "unclaimed", "snoozed", "closed"
VIEWS = (OPEN, MINE, UNCLAIMED, SNOOZED, CLOSED)
PAGE = 50
LATELY = timedelta(days=14)
"""How long a closed request is shown among those closed lately."""
ONE_LOOK = timedelta(hours=1)
"""A page that stays open and brings itself up to date is one look; the audit gets a new row after this time."""
_NEWEST = 1_000
"""Steps of all clinics that are looked through for one of this clinic."""
FLAGGED, LATE, DUE, CONTACTED, PUT_OFF = range(5)
"""The order of the worklist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One request as the list shows it.

    `level` is empty where nothing was read yet, and always for those who may not read what was told. `share` of the
    promise's time went by, 1 being due; `minutes` are left (negative: late); both None where no promise is made.
    `call_now`: a warning sign, and nobody has talked with them yet. `tries` are those that count.
    """

    id: UUID
    name: str
    place: str
    level: str
    flagged: bool
    call_now: bool
    received_at: datetime
    due_at: datetime | None
    share: float | None
    minutes: int | None
    late: bool
    met_at: datetime | None
    met_how: str
    claimed_by: str
    mine: bool
    snoozed_until: datetime | None
    tries: int
    next_step: str
    route: str
    closed_at: datetime | None
    closed_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """A page of the list, with the counts of every view."""

    items: tuple[Item, ...]
    counts: Mapping[str, int]
    view: str
    page: int
    pages: int


def worklist(*, staff: Staff, now: datetime, view: str = OPEN, page: int = 1, again: bool = False) -> Worklist:
    """A page of a view, and a row of the audit for each request on it.

    `again`: the page that somebody has open brings itself up to date. Raises NotAllowedError.
    """
    staff_rules.check(staff, staff_rules.WORK)
    view = view if view in VIEWS else OPEN
    with transaction.atomic():
        counts = _counts(staff, now)
        pages = max(1, -(-counts[view] // PAGE))
        place = min(max(page, 1), pages)
        # Sorted by number alone, and only then read whole: thousands of rows with their words are slow to sort.
        keys = list(_ordered(staff, now, view).values_list("pk", flat=True)[(place - 1) * PAGE : place * PAGE])
        found = ConsultRequest.objects.select_related("claimed_by__person").defer("words", "read", "due_terms")
        by_key = found.in_bulk(keys)
        rows = [by_key[key] for key in keys]
        _note(staff, rows, now=now, again=again)
        attempts = _attempts(rows)
        items = tuple(item_of(one, attempts.get(one.pk, ()), staff, now) for one in rows)
    return Worklist(items=items, counts=counts, view=view, page=place, pages=pages)


def version(*, staff: Staff, now: datetime, view: str, page: int) -> str:
    """A short text that changes when the list may look different: something was done, came in, or a minute passed.

    No look: nothing of a request is told by it. Raises NotAllowedError.
    """
    staff_rules.check(staff, staff_rules.WORK)
    last = RequestStep.objects.aggregate(last=Max("pk"))["last"] or 0
    # Of the newest steps only: whoever does not see an older one here sees it when the minute is over.
    newest = RequestStep.objects.filter(pk__gt=last - _NEWEST, request__clinic=staff.clinic).aggregate(last=Max("pk"))
    count = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__isnull=True).count()
    parts = (staff.person.pk, staff.membership.role, staff.clinical, view, page, f"{now:%Y%m%d%H%M}")
    told = (*parts, newest["last"], count)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def _counts(staff: Staff, now: datetime) -> dict[str, int]:
    """How many there are in each view, and how many are flagged, late and without a promise kept, in two queries."""
    is_open = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__isnull=True)
    # The names are not those of columns, since an aggregate of that name would hide the column from the next one.
    found = is_open.aggregate(
        of_open=Count("pk"),
        of_mine=Count("pk", filter=Q(claimed_by=staff.membership)),
        of_unclaimed=Count("pk", filter=Q(claimed_by__isnull=True)),
        of_snoozed=Count("pk", filter=_put_off(now)),
        of_flagged=Count("pk", filter=Q(flagged=True)),
        of_late=Count("pk", filter=_late(now)),
    )
    closed = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__gt=now - LATELY).count()
    return {**{name.removeprefix("of_"): count for name, count in found.items()}, CLOSED: closed}


def _late(now: datetime) -> Q:
    return Q(flagged=False, met_at__isnull=True, due_at__lte=now)


def _put_off(now: datetime) -> Q:
    """Put off, unless a warning sign or a promise that is late says otherwise."""
    return Q(snoozed_until__gt=now, flagged=False) & ~_late(now)


def _ordered(staff: Staff, now: datetime, view: str) -> QuerySet[ConsultRequest]:
    found = ConsultRequest.objects.filter(clinic=staff.clinic)
    if view == CLOSED:
        return found.filter(closed_at__gt=now - LATELY).order_by("-closed_at", "pk")
    found = found.filter(closed_at__isnull=True)
    if view == MINE:
        found = found.filter(claimed_by=staff.membership)
    elif view == UNCLAIMED:
        found = found.filter(claimed_by__isnull=True)
    elif view == SNOOZED:
        found = found.filter(_put_off(now))
    answered = standing(request=OuterRef("pk"), outcome=REACHED)
    rank = Case(
        When(flagged=True, then=Value(FLAGGED)),
        When(_late(now), then=Value(LATE)),
        When(_put_off(now), then=Value(PUT_OFF)),
        When(met_at__isnull=False, then=Value(CONTACTED)),
        default=Value(DUE),
        output_field=IntegerField(),
    )
    # Of those with a warning sign, whoever was talked with comes after those who were not.
    talked = Case(When(flagged=True, then=Case(When(Exists(answered), then=1), default=0)), default=0)
    return found.annotate(rank=rank, talked=talked).order_by(
        "rank", "talked", F("due_at").asc(nulls_last=True), "received_at", "pk"
    )


def _attempts(rows: Sequence[ConsultRequest]) -> dict[UUID, list[ContactAttempt]]:
    found: dict[UUID, list[ContactAttempt]] = {}
    for one in standing(request__in=[row.pk for row in rows]).only("request", "at", "outcome"):
        found.setdefault(one.request_id, []).append(one)
    return found


def _note(staff: Staff, rows: Sequence[ConsultRequest], *, now: datetime, again: bool) -> None:
    if again:
        seen = AuditRow.objects.filter(
            actor=staff.person.pk, what="worklist", at__gt=now - ONE_LOOK, request__in=[one.pk for one in rows]
        )
        known = set(seen.values_list("request", flat=True))
        rows = [one for one in rows if one.pk not in known]
    if rows:
        audit.note_many(staff=staff, deed=audit.READ, what="worklist", now=now, requests=rows)


def item_of(row: ConsultRequest, attempts: Sequence[ContactAttempt], staff: Staff, now: datetime) -> Item:
    """A request as a row of the list."""
    due, met = row.due_at, row.met_at
    running = due if met is None and row.closed_at is None else None
    talked = any(one.outcome == REACHED for one in attempts)
    return Item(
        id=row.pk,
        name=row.name,
        place=" ".join(part for part in (row.state, row.zip) if part) or row.country,
        level=row.level if staff.may(staff_rules.BRIEF) else "",
        flagged=row.flagged,
        call_now=row.flagged and not talked and row.closed_at is None,
        received_at=row.received_at,
        due_at=due,
        share=None if running is None else share_passed(received=row.received_at, due=running, now=now),
        minutes=None if running is None else minutes_left(due=running, now=now),
        late=running is not None and running <= now,
        met_at=met,
        met_how=row.met_how,
        claimed_by=name_of(row.claimed_by),
        mine=row.claimed_by_id == staff.membership.pk,
        snoozed_until=row.snoozed_until if row.snoozed_until is not None and row.snoozed_until > now else None,
        tries=len(counted(attempts, by_mail=is_by_mail(row))),
        next_step=row.next_step,
        route=row.route,
        closed_at=row.closed_at,
        closed_why=row.closed_why,
    )


def name_of(membership: Any) -> str:
    """What colleagues call somebody who works here; empty for nobody."""
    if membership is None:
        return ""
    return str(membership.person.name or membership.person.email.partition("@")[0])

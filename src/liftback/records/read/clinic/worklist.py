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
from liftback.records.tables.people import Membership
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
_SHOWN = (
    "clinic", "lifter", "name", "phone", "reach", "country", "state", "zip", "level", "flagged", "route",
    "received_at", "due_at", "met_at", "met_how", "claimed_by", "snoozed_until", "next_step", "closed_at", "closed_why",
)  # fmt: skip
"""What a row of the list is made from: fifty requests with all their words are slow to read."""
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
        by_key = ConsultRequest.objects.only(*_SHOWN).in_bulk(keys)
        rows = [by_key[key] for key in keys]
        _note(staff, rows, now=now, again=again)
        attempts, names = _attempts(rows), _names(rows)
        items = tuple(
            item_of(one, attempts.get(one.pk, ()), staff, now, claimed_by=names.get(one.claimed_by_id, ""))
            for one in rows
        )
    return Worklist(items=items, counts=counts, view=view, page=place, pages=pages)


def version(*, staff: Staff, now: datetime, view: str, page: int) -> str:
    """A short text that changes when the list may look different: something was done, came in, or a minute passed.

    No look: nothing of a request is told by it. Raises NotAllowedError.
    """
    staff_rules.check(staff, staff_rules.WORK)
    last = RequestStep.objects.aggregate(last=Max("pk"))["last"] or 0
    # Of the newest steps only: whoever does not see an older one here sees it when the minute is over. The question
    # whose they are is put to one step after the other, so that both databases stop at the first.
    ours = Exists(ConsultRequest.objects.filter(pk=OuterRef("request"), clinic=staff.clinic))
    steps = RequestStep.objects.filter(ours, pk__gt=last - _NEWEST)
    newest = steps.order_by("-pk").values_list("pk", flat=True).first()
    # Counted as well: a step with a smaller number may be there later, and nobody new waits a minute to be seen.
    count = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__isnull=True).count()
    told = (staff.person.pk, staff.membership.role, staff.clinical, view, page, f"{now:%Y%m%d%H%M}", newest, count)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def _counts(staff: Staff, now: datetime) -> dict[str, int]:
    """How many there are in each view, and how many are flagged, late and without a promise kept, in two queries."""
    is_open = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__isnull=True)
    mine, nobodys = Q(claimed_by=staff.membership), Q(claimed_by__isnull=True)
    # By their place in the order, so that what is counted as late is what stands among the late.
    ranks = is_open.values_list(_rank(now)).annotate(
        Count("pk"), mine=Count("pk", filter=mine), nobodys=Count("pk", filter=nobodys)
    )
    found = {rank: counts for rank, *counts in ranks.order_by()}
    of_open, of_mine, of_nobody = (sum(counts[place] for counts in found.values()) for place in range(3))
    of_rank = {
        name: found.get(rank, [0])[0] for name, rank in (("flagged", FLAGGED), ("late", LATE), (SNOOZED, PUT_OFF))
    }
    closed = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__gt=now - LATELY).count()
    return {OPEN: of_open, MINE: of_mine, UNCLAIMED: of_nobody, CLOSED: closed, **of_rank}


def _ordered(staff: Staff, now: datetime, view: str) -> QuerySet[ConsultRequest]:
    found = ConsultRequest.objects.filter(clinic=staff.clinic)
    if view == CLOSED:
        return found.filter(closed_at__gt=now - LATELY).order_by("-closed_at", "pk")
    found = found.filter(closed_at__isnull=True)
    if view == MINE:
        found = found.filter(claimed_by=staff.membership)
    elif view == UNCLAIMED:
        found = found.filter(claimed_by__isnull=True)
    found, order = found.annotate(rank=_rank(now)), ["rank"]
    if view == SNOOZED:
        found = found.filter(rank=PUT_OFF)
    # Of those with a warning sign, whoever was talked with comes after those who were not.
    if talked := _talked_with(staff):
        found, order = found.annotate(talked=Case(When(pk__in=talked, then=1), default=0)), ["rank", "talked"]
    return found.order_by(*order, F("due_at").asc(nulls_last=True), "received_at", "pk")


def _rank(now: datetime) -> Case:
    """The place in the order; the first that is true counts."""
    return Case(
        When(flagged=True, then=Value(FLAGGED)),
        When(met_at__isnull=True, due_at__lte=now, then=Value(LATE)),
        When(snoozed_until__gt=now, then=Value(PUT_OFF)),
        When(met_at__isnull=False, then=Value(CONTACTED)),
        default=Value(DUE),
        output_field=IntegerField(),
    )


def _talked_with(staff: Staff) -> list[UUID]:
    """Those with a warning sign whom somebody has talked with: a few, asked for once and not for each row."""
    flagged = ConsultRequest.objects.filter(clinic=staff.clinic, closed_at__isnull=True, flagged=True)
    return list(standing(request__in=flagged, outcome=REACHED).values_list("request", flat=True).distinct())


def _attempts(rows: Sequence[ConsultRequest]) -> dict[UUID, list[ContactAttempt]]:
    found: dict[UUID, list[ContactAttempt]] = {}
    for one in standing(request__in=[row.pk for row in rows]).only("request", "at", "outcome"):
        found.setdefault(one.request_id, []).append(one)
    return found


def _names(rows: Sequence[ConsultRequest]) -> dict[int | None, str]:
    """What those who took something are called, by their number: a few people, however many rows."""
    takers = {one.claimed_by_id for one in rows}
    found = Membership.objects.filter(pk__in=[one for one in takers if one is not None]).values_list(
        "pk", "person__name", "person__email"
    )
    return {number: _called(name, email) for number, name, email in found}


def _note(staff: Staff, rows: Sequence[ConsultRequest], *, now: datetime, again: bool) -> None:
    if again:
        seen = AuditRow.objects.filter(
            actor=staff.person.pk, what="worklist", at__gt=now - ONE_LOOK, request__in=[one.pk for one in rows]
        )
        known = set(seen.values_list("request", flat=True))
        rows = [one for one in rows if one.pk not in known]
    if rows:
        audit.note_many(staff=staff, deed=audit.READ, what="worklist", now=now, requests=rows)


def item_of(
    row: ConsultRequest, attempts: Sequence[ContactAttempt], staff: Staff, now: datetime, *, claimed_by: str
) -> Item:
    """A request as a row of the list; `claimed_by` is the name of who took it."""
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
        claimed_by=claimed_by,
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
    return _called(membership.person.name, membership.person.email)


def _called(name: str, email: str) -> str:
    return name or email.partition("@")[0]

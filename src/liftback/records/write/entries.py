"""Writing entries: added once each, however often they are sent; nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from liftback.records import course_state
from liftback.records.days import day_of
from liftback.records.policies import LONGEST_PAYLOAD, MOST_ENTRIES_AT_ONCE, NotNowError, check_entry
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry
from liftback.records.write.changing import changing, mark_stale
from liftback.records.write.doubting import doubt_signs
from liftback.records.write.storable import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One entry as told: see `records.tables.told.Entry` for the parts."""

    kind: str
    client_id: UUID
    device: str
    day: date
    client_time: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an entry: `kept` now, `known` already, or `refused` with a sentence."""

    client_id: UUID
    state: str
    why: str = ""


def tell(*, actor: Person, lifter: Lifter, entries: Sequence[NewEntry], now: datetime) -> tuple[Outcome, ...]:
    """Keep entries, each once; one that is refused keeps no other out. Raises NotAllowedError, NotNowError."""
    if len(entries) > MOST_ENTRIES_AT_ONCE:
        raise NotNowError(f"That is more than {MOST_ENTRIES_AT_ONCE} entries at once; send them in parts.")
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        ids = [one.client_id for one in entries]
        known = set(Entry.objects.filter(lifter=locked, client_id__in=ids).values_list("client_id", flat=True))
        outcomes, rows = [], []
        for one in entries:
            outcome = _outcome(one, known, day_of(locked, now))
            if outcome.state == "kept":
                rows.append(_row(one, locked, now))
                known.add(one.client_id)
            outcomes.append(outcome)
        if rows:
            Entry.objects.bulk_create(rows)
            mark_stale(locked, now)
            course_state.carry_on(locked, rows, earlier=locked.revision - 1)
            doubt_signs(locked, rows, now=now)
    return tuple(outcomes)


def _outcome(one: NewEntry, known: set[UUID], today: date) -> Outcome:
    if one.client_id in known:
        return Outcome(client_id=one.client_id, state="known")
    try:
        check_entry(kind=one.kind, day=one.day, today=today, client_time=one.client_time)
        if len(json.dumps(one.payload)) > LONGEST_PAYLOAD:
            raise NotNowError("That is longer than an entry can be. Shorten the note, and send it again.")
    except NotNowError as error:
        return Outcome(client_id=one.client_id, state="refused", why=str(error))
    return Outcome(client_id=one.client_id, state="kept")


def _row(one: NewEntry, lifter: Lifter, now: datetime) -> Entry:
    return Entry(
        lifter=lifter,
        kind=one.kind,
        client_id=one.client_id,
        device=storable(one.device[:40]),
        day=one.day,
        client_time=one.client_time,
        received_at=now,
        payload=storable(dict(one.payload)),
    )

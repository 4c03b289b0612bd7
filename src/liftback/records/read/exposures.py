"""What a lifter did under the plan, and what is still to be told of it: put together from entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from liftback.records import permissions
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry

ASKED_FOR = timedelta(days=3)
"""How long after an exposure the rest of its day and the next morning are still asked for; later, nobody remembers."""
LOOKED_BACK = timedelta(days=7)
# From no sign in a leg to the worst; what is not sure is not calm.
LEG, FELT = "leg_after", "how_it_felt"
_LEGS = ("no", "as_before", "not_sure", "further", "numb_or_weak")
_CALM = frozenset(("none", "not_sure"))
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One lift done on a day, as it counts: `client_id` of its newest version, `told` all that was told of it."""

    client_id: UUID
    day: date
    lift: str
    payload: Told
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """The last days under the plan: exposures, oldest first, and the stand-ins of today by lift.

    `signs_on` is the last day on which the warning signs were gone through again, within the days that are looked at.
    """

    today: date
    exposures: tuple[Exposure, ...] = ()
    swaps: Mapping[str, Told] | None = None
    signs_on: date | None = None

    @property
    def of_today(self) -> tuple[Exposure, ...]:
        """What was done today."""
        return tuple(one for one in self.exposures if one.day == self.today)

    def untold(self, question: str) -> tuple[Exposure, ...]:
        """Exposures of the days before today for which a question of the day after is still open."""
        first = self.today - ASKED_FOR
        return tuple(
            one for one in self.exposures if first <= one.day < self.today and one.told.get(question) in (None, "", [])
        )

    def of(self, client_id: str) -> Exposure | None:
        """The exposure with this id, if it counts and is of these days."""
        return next((one for one in self.exposures if str(one.client_id) == client_id), None)


def doing(*, actor: Person, lifter: Lifter, today: date) -> Doing:
    """What was done in the last days, in one query whatever the length of the history. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    kinds: dict[str, list[Entry]] = {}
    recent = Entry.objects.filter(
        lifter=lifter, kind__in=("done", "after", "swap", "gates"), day__gte=today - LOOKED_BACK
    )
    for one in recent.order_by("client_time", "pk"):
        kinds.setdefault(one.kind, []).append(one)
    found = sorted(standing(kinds.get("done", ()), kinds.get("after", ())), key=lambda pair: pair[0].day)
    return Doing(
        today=today,
        exposures=tuple(_exposure(row, told) for row, told in found),
        swaps={str(one.payload.get("lift")): one.payload for one in kinds.get("swap", ()) if one.day == today},
        signs_on=max((one.day for one in kinds.get("gates", ())), default=None),
    )


def exposure_told(*, actor: Person, lifter: Lifter, client_id: UUID) -> Told | None:
    """The newest version of an entry of what was done, as it was sent, with its `client_id` and `day`.

    None for none of this lifter. Raises NotAllowedError.
    """
    permissions.check(actor, permissions.READ, lifter)
    mine = Entry.objects.filter(lifter=lifter, kind="done")
    found, seen = mine.filter(client_id=client_id).first(), {client_id}
    while found is not None:
        newer = mine.filter(payload__replaces=str(found.client_id)).exclude(client_id__in=seen).order_by("-pk").first()
        if newer is None:
            return {**found.payload, "client_id": found.client_id, "day": found.day}
        found = newer
        seen.add(newer.client_id)
    return None


def standing(done: Sequence[Entry], after: Sequence[Entry]) -> Iterator[tuple[Entry, Told]]:
    """The exposures that count, each with all that was told of it, in the order given.

    One that replaces another counts in its place, and what was told later of the older one stays told of it.
    """
    rows = {str(one.client_id): one for one in done}
    replaced = {str(one.payload.get("replaces")) for one in done if one.payload.get("replaces")}
    later: dict[str, list[Told]] = {}
    for one in after:
        later.setdefault(str(one.payload.get("of")), []).append(one.payload.get("told") or {})
    for name, one in rows.items():
        if name not in replaced:
            told = one.payload.get("told") or {}
            for version in _versions(one, rows):
                for more in later.get(version, ()):
                    told = told_together(told, more)
            yield one, told


def _versions(one: Entry, rows: Mapping[str, Entry]) -> Iterator[str]:
    """The ids of an exposure and of those it replaced, oldest first; a ring of them ends where it began."""
    names: list[str] = []
    name: str | None = str(one.client_id)
    while name and name not in names:
        names.append(name)
        row = rows.get(name)
        name = str(row.payload.get("replaces") or "") if row is not None else None
    yield from reversed(names)


def asked_again(gates: Sequence[Entry], done: Sequence[Entry], after: Sequence[Entry]) -> date | None:
    """The last day whose exposures are covered by having gone through the warning signs; None without any.

    Signs that were gone through in the morning say nothing of what was told in the afternoon: an exposure of which
    something that was not calm was told afterwards is not covered, whatever its day.
    """
    if not gates:
        return None
    last = max(gates, key=lambda one: one.client_time)
    days = {str(one.client_id): one.day for one in done}
    about = [(one, one.day) for one in done]
    about += [(one, days.get(str(one.payload.get("of")), one.day)) for one in after]
    # By the device's clock or by ours: one that is slow must not put an alarm before the answers that came first.
    open_days = [day for one, day in about if _is_later(one, last) and not _is_calm(one.payload)]
    return min([last.day, *(day - timedelta(days=1) for day in open_days)])


def _is_later(one: Entry, other: Entry) -> bool:
    return one.client_time > other.client_time or one.received_at > other.received_at


def _is_calm(payload: Told) -> bool:
    told = payload.get("told") or {}
    legs, felt = told.get(LEG), _many(told.get(FELT))
    return legs in (None, "", *_LEGS[:2]) and not set(felt) - {"none"} and not str(payload.get("note") or "").strip()


def told_together(first: Told, later: Told) -> dict[str, Any]:
    """What was told of one exposure at two times: the later answer counts, but no sign of danger is taken back by it.

    A slip is mended by editing the exposure, which replaces what was tapped.
    """
    both = {**first, **{name: answer for name, answer in later.items() if answer not in (None, "", [])}}
    legs = [one[LEG] for one in (first, later) if one.get(LEG) in _LEGS]
    if legs:
        both[LEG] = max(legs, key=_LEGS.index)
    signs = [sign for one in (first, later) for sign in _many(one.get(FELT)) if sign not in _CALM]
    if signs:
        both[FELT] = list(dict.fromkeys(signs))
    return both


def _many(answer: object) -> list[str]:
    if isinstance(answer, str):
        return [answer] if answer else []
    return [str(one) for one in answer] if isinstance(answer, list | tuple) else []


def _exposure(row: Entry, told: Told) -> Exposure:
    return Exposure(
        client_id=row.client_id, day=row.day, lift=str(row.payload.get("lift", "")), payload=row.payload, told=told
    )

"""Who of a clinic's patients needs attention, why, and since when: in a few queries, however many there are.

It reads what was kept with each lifter's pages (`records.summary`). Where something was told since, that is read for
warning signs from the entries themselves, and the row says that the rest is being worked out. Nothing is worked out
here, and nothing that is told lowers an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from liftback.records import audit, modules
from liftback.records import staff as staff_rules
from liftback.records.alarms import tells_sign
from liftback.records.days import day_in, day_of
from liftback.records.read.clinic import threads
from liftback.records.signed_by import ALARMING
from liftback.records.staff import Staff
from liftback.records.summary import NAME
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.told import Entry
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import unpacked

ORDER = (
    "emergency", "sign_told", "flagged_message", "same_day", "sign_open", "within_days", "held", "cleared_no_longer",
    "red", "unread", "quiet", "plan_moved_on", "unsigned", "not_shared", "not_joined", "ready", "back",
)  # fmt: skip
"""The reasons, the most pressing first."""
ALARMS = frozenset(ORDER[:5])
LATELY = timedelta(days=7)
"""How far back reds and what was reached count, and how long nothing has to be told to be a reason."""
MARGIN = timedelta(minutes=5)
"""Clocks of two machines may be this far apart."""
PAGE = 50
_LEVELS = ("emergency", "same_day", "within_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody should look. `kind` is one of ORDER; `since` its day, where one is known; `about` the lift or so."""

    kind: str
    since: date | None = None
    about: str = ""
    many: int = 0

    @property
    def alarm(self) -> bool:
        """Whether it comes before everything else."""
        return self.kind in ALARMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One patient. `shown`: they share their records. `working`: something was told that is not worked out yet."""

    episode: Episode
    shown: bool
    working: bool
    reasons: tuple[Reason, ...]
    last_told: date | None

    @property
    def alarm(self) -> bool:
        """Whether somebody should look now."""
        return any(one.alarm for one in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A page of patients, those who need attention first. `alarms` counts those with an alarm on all pages."""

    rows: tuple[Row, ...]
    total: int
    alarms: int
    quiet: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the queries found, by lifter or episode."""

    shared: frozenset[int]
    kept: Mapping[int, Snapshot]
    last: Mapping[int, date]
    told_since: Mapping[int, date]
    threads: Mapping[Any, threads.Waiting]


def of(*, staff: Staff, now: datetime, mine: bool = False, number: int = 1) -> Overview:
    """The clinic's open patients, or one's own, sorted by who needs attention; those shown are noted in the audit.

    Raises NotAllowedError.
    """
    staff_rules.check(staff, staff_rules.TREAT)
    episodes = _episodes(staff, mine=mine)
    with transaction.atomic():
        rows = sorted(rows_of(staff=staff, episodes=episodes, now=now), key=_pressing)
        pages = max(1, -(-len(rows) // PAGE))
        number = min(max(number, 1), pages)
        shown = rows[(number - 1) * PAGE : number * PAGE]
        lifters = [one.episode.lifter for one in shown if one.shown and one.episode.lifter is not None]
        audit.note_lifters(staff=staff, deed=audit.READ, what="overview", now=now, lifters=lifters)
    return Overview(
        rows=tuple(shown),
        total=len(rows),
        alarms=sum(one.alarm for one in rows),
        quiet=sum(not one.reasons for one in rows),
        number=number,
        pages=pages,
    )


def rows_of(*, staff: Staff, episodes: Sequence[Episode], now: datetime) -> list[Row]:
    """The rows of some episodes, in a fixed number of queries; for use where the look is noted in the audit."""
    found = _read(staff, episodes, now)
    return [_row(staff, one, found, now) for one in episodes]


def _episodes(staff: Staff, *, mine: bool) -> list[Episode]:
    found = Episode.objects.filter(clinic=staff.clinic, closed_at__isnull=True)
    found = found.filter(therapist=staff.membership) if mine else found
    return list(found.select_related("lifter", "therapist__person"))


def _read(staff: Staff, episodes: Sequence[Episode], now: datetime) -> _Read:
    ids = [one.lifter_id for one in episodes if one.lifter_id is not None]
    shared = frozenset(
        Share.objects.filter(clinic=staff.clinic, lifter__in=ids, ended_at__isnull=True).values_list(
            "lifter_id", flat=True
        )
    )
    kept = {one.lifter_id: one for one in Snapshot.objects.filter(lifter__in=shared, name=NAME)}
    return _Read(
        shared=shared,
        kept=kept,
        last=_last_told(shared, now),
        told_since=_signs_since(episodes, shared, kept),
        threads=threads.waiting(one for one in episodes if one.lifter_id in shared),
    )


def _last_told(lifters: Iterable[int], now: datetime) -> dict[int, date]:
    """The last day of which something was told; the whole history is looked at of those alone who told nothing lately.

    A check-in counts as training does: somebody who rests and says so is not lost.
    """
    ids = set(lifters)
    entries = Entry.objects.filter(lifter__in=ids)
    lately = entries.filter(day__gte=(now - LATELY - timedelta(days=1)).date())
    found = dict(lately.order_by().values_list("lifter").annotate(last=Max("day")))
    silent = ids - set(found)
    older = entries.filter(lifter__in=silent).order_by().values_list("lifter").annotate(last=Max("day"))
    return {**found, **(dict(older) if silent else {})}


def _signs_since(episodes: Sequence[Episode], shared: frozenset[int], kept: Mapping[int, Snapshot]) -> dict[int, date]:
    """The day of the newest entry with a warning sign that no page knows of yet, by lifter."""
    since: dict[int, datetime] = {}
    for one in episodes:
        lifter = one.lifter
        if lifter is None or lifter.pk not in shared:
            continue
        row = kept.get(lifter.pk)
        if row is None:
            since[lifter.pk] = datetime.min.replace(tzinfo=UTC)
        elif row.revision != lifter.revision:
            since[lifter.pk] = min(lifter.stale_since or row.made_at, row.made_at) - MARGIN
    if not since:
        return {}
    entries = Entry.objects.filter(lifter__in=since, kind__in=ALARMING, received_at__gte=min(since.values())).order_by(
        "day"
    )
    return {
        one.lifter_id: one.day
        for one in entries.iterator()
        if one.received_at >= since[one.lifter_id] and tells_sign(one)
    }


def _row(staff: Staff, episode: Episode, found: _Read, now: datetime) -> Row:
    lifter = episode.lifter
    if lifter is None or lifter.pk not in found.shared:
        kind = "not_joined" if episode.joined_at is None else "not_shared"
        opened = Reason(kind=kind, since=day_in(staff.clinic.zone, episode.opened_at) if kind == "not_joined" else None)
        return Row(episode=episode, shown=False, working=False, reasons=(opened,), last_told=None)
    today, row = day_of(lifter, now), found.kept.get(lifter.pk)
    working = row is None or (row.revision, row.as_of, row.made_with) != (lifter.revision, today, made_with())
    summary = {} if row is None else unpacked(bytes(row.content))
    reasons = [
        *_told(lifter.pk, found),
        *_of_thread(found.threads.get(episode.pk), staff.clinic.zone),
        *_of_level(summary, row),
        *_of_plan(summary, today, staff),
        *_of_silence(found.last.get(lifter.pk), episode, today),
    ]
    reasons.sort(key=lambda one: (ORDER.index(one.kind), one.since or date.max))
    return Row(
        episode=episode, shown=True, working=working, reasons=tuple(reasons), last_told=found.last.get(lifter.pk)
    )


def _told(lifter: int, found: _Read) -> Iterator[Reason]:
    if lifter in found.told_since:
        yield Reason(kind="sign_told", since=found.told_since[lifter])


def _of_thread(waiting: threads.Waiting | None, zone: str) -> Iterator[Reason]:
    if waiting is None:
        return
    if waiting.flagged_at is not None:
        yield Reason(kind="flagged_message", since=day_in(zone, waiting.flagged_at))
    if waiting.unread:
        since = None if waiting.since is None else day_in(zone, waiting.since)
        yield Reason(kind="unread", since=since, many=waiting.unread)


def _of_level(summary: Mapping[str, Any], row: Snapshot | None) -> Iterator[Reason]:
    """The level of the answers, and whether signs wait to be gone through."""
    as_of = None if row is None else row.as_of
    level = summary.get("level", "")
    if level in _LEVELS:
        yield Reason(kind=level, since=as_of, about=str(summary.get("level_name", "")))
    if summary.get("signs"):
        yield Reason(kind="sign_open", since=as_of)
    elif summary.get("held") and level not in _LEVELS:
        yield Reason(kind="held", since=as_of, about=str(summary.get("stop", "")))


def _of_plan(summary: Mapping[str, Any], today: date, staff: Staff) -> Iterator[Reason]:
    """Reds, what was reached, and what is signed."""
    reds = [one for one in summary.get("reds", ()) if today - date.fromisoformat(one[0]) <= LATELY]
    if reds:
        lifts = ", ".join(dict.fromkeys(lift for _, lift in reds))
        yield Reason(kind="red", since=date.fromisoformat(max(reds)[0]), about=lifts, many=len(reds))
    for day, lift in summary.get("back", ()):
        if today - date.fromisoformat(day) <= LATELY:
            yield Reason(kind="back", since=date.fromisoformat(day), about=lift)
    if summary.get("ready"):
        yield Reason(kind="ready")
    cleared = summary.get("cleared")
    if cleared is not None and not cleared[1]:
        yield Reason(kind="cleared_no_longer", since=date.fromisoformat(cleared[0]))
    if not summary.get("held", True) and modules.is_on(staff.clinic, modules.PLANNING):
        yield from _of_signature(summary.get("checked"))


def _of_signature(checked: Sequence[Any] | None) -> Iterator[Reason]:
    if checked is None:
        yield Reason(kind="unsigned")
    elif not checked[1]:
        yield Reason(kind="plan_moved_on", since=date.fromisoformat(checked[0]))


def _of_silence(last: date | None, episode: Episode, today: date) -> Iterator[Reason]:
    begun = (episode.joined_at or episode.opened_at).date()
    since = begun if last is None else last
    if today - since >= LATELY:
        yield Reason(kind="quiet", since=since, many=(today - since).days)


def _pressing(row: Row) -> tuple[int, datetime, str]:
    """Alarms first; among alike, whoever waits longest."""
    if not row.reasons:
        return len(ORDER), datetime.max.replace(tzinfo=UTC), row.episode.name.casefold()
    first = row.reasons[0]
    since = datetime.combine(first.since or date.max, time.min, UTC)
    return ORDER.index(first.kind), since, row.episode.name.casefold()

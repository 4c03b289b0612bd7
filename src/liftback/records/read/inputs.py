"""A lifter's records as the verbs take them: story, log, diary, what was done, what was answered on the criteria.

Rows that cannot be read any more are left out and named in `troubles`; they are never a reason for no answer.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.story import Story
from liftback.facts.values import Facts
from liftback.plans.record import Done
from liftback.records.read.exposures import asked_again, standing
from liftback.records.signed_by import Care, care_of
from liftback.records.tables.people import Lifter
from liftback.records.tables.told import Entry, LogFile, StoryVersion
from liftback.training.log import TrainingLog

_SCORES = ("pain", "sleep", "stress", "lift_pain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that was told, up to a revision.

    `asked_again` is the last day on which the warning signs were gone through again, `flare_begun` the day on which
    the flare of today, or the last one, began, `told` the answers on the criteria of clearance, `weekly` the last
    answers to the weekly questionnaires, `care` what therapists changed and signed.
    """

    story: Story | None
    log: TrainingLog | None = None
    diary: Diary = field(default_factory=Diary)
    done: tuple[Done, ...] = ()
    told: Facts | None = None
    begun: date | None = None
    asked_again: date | None = None
    flare_begun: date | None = None
    weekly: tuple[Mapping[str, Any], ...] = ()
    signed: Mapping[str, Any] | None = None
    care: Care = field(default_factory=Care)
    troubles: tuple[str, ...] = ()


def inputs_of(lifter: Lifter, *, today: date) -> Inputs:
    """Read everything a lifter told, in six queries whatever the length of the history; more where it is signed."""
    stories = StoryVersion.objects.filter(lifter=lifter).order_by("-told_at", "-pk")[:1]
    files = LogFile.objects.filter(lifter=lifter).order_by("imported_at", "pk")
    entries = Entry.objects.filter(lifter=lifter).order_by("client_time", "pk")
    found = gathered(
        document=next((one.document for one in stories), None),
        files=[(one.name, gzip.decompress(bytes(one.content)), one.unit, one.names) for one in files],
        entries=list(entries),
        begun=lifter.plan_begun,
        today=today,
    )
    return replace(found, care=care_of(lifter))


def gathered(
    *,
    document: str | None,
    files: Sequence[tuple[str, bytes, str, Mapping[str, str]]],
    entries: Sequence[Entry] = (),
    begun: date | None = None,
    today: date,
) -> Inputs:
    """The inputs from a story file's text, log files (name, content, unit, names), and entries in order."""
    troubles: list[str] = []
    story = _story(document, today, troubles)
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    done = tuple(_done(kinds.get("done", ()), kinds.get("after", ()), today, troubles))
    logs = tuple(_logs(files, today, troubles))
    first = min((one.day for one in done), default=None)
    return Inputs(
        story=story,
        log=operations.joined_log(logs=logs, done=done),
        diary=_diary(kinds.get("check_in", ()), kinds.get("flare", ()), story, today, troubles),
        done=done,
        told=_criteria(kinds.get("criteria", ()), today, troubles),
        begun=min((day for day in (begun, first) if day is not None), default=None),
        asked_again=asked_again(kinds.get("gates", ()), kinds.get("done", ()), kinds.get("after", ())),
        flare_begun=_flare(kinds.get("flare", ()), kinds.get("check_in", ()), kinds.get("flare_over", ())),
        weekly=tuple({"day": one.day, **one.payload} for one in kinds.get("weekly", ())),
        signed=next(({"day": one.day, **one.payload} for one in reversed(kinds.get("signed", ()))), None),
        troubles=tuple(troubles),
    )


def _story(document: str | None, today: date, troubles: list[str]) -> Story | None:
    if document is None:
        return None
    try:
        return operations.read_story(content=document.encode(), today=today)
    except operations.StoryError as error:
        troubles.append(f"Your story could not be read: {error}")
        return None


def _logs(
    files: Iterable[tuple[str, bytes, str, Mapping[str, str]]], today: date, troubles: list[str]
) -> Iterable[TrainingLog]:
    for name, content, unit, names in files:
        try:
            log = operations.import_log(content=content, today=today, unit=unit or None)
        except operations.FileError as error:
            troubles.append(f"{name} could not be read: {error}")
            continue
        try:
            yield operations.renamed(log=log, names=names) if names else log
        except operations.FileError as error:  # a lift that was in the list when it was chosen
            troubles.append(f"{name} was read without the names you gave: {error}")
            yield log


def _diary(
    entries: Sequence[Entry], flares: Sequence[Entry], story: Story | None, today: date, troubles: list[str]
) -> Diary:
    """The days of the check-ins. One that replaces another counts in its place; others of one day stand together.

    What somebody wrote of a flare stands among the notes of its day, since it is read for warning signs as they are.
    A device's clock may be ahead by a day: the words of a day that is not here yet are read today.
    """
    replaced = {str(one.payload.get("replaces")) for one in entries if one.payload.get("replaces")}
    days: dict[date, list[Mapping[str, Any]]] = {}
    for one in entries:
        if str(one.client_id) not in replaced:
            days.setdefault(one.day, []).append(one.payload)
    for one in [*flares, *(one for one in entries if one.day > today and str(one.client_id) not in replaced)]:
        if str(one.payload.get("note") or "").strip():
            days.setdefault(min(one.day, today), []).append({"note": one.payload["note"]})
    rows = [{"day": day.isoformat(), **together(told)} for day, told in sorted(days.items())]
    earlier = () if story is None else tuple(one for one in story.diary.days if one.day not in days)
    try:
        kept = operations.diary_of_entries(days=rows).days
    except operations.DiaryError:
        kept = tuple(day for row in rows for day in _day_by_itself(row, troubles))
    return Diary(days=tuple(sorted((*earlier, *kept), key=lambda one: one.day)))


def _day_by_itself(row: Mapping[str, Any], troubles: list[str]) -> Sequence[DiaryDay]:
    """One day, so that a day that cannot be read takes no other with it; its words are read all the same."""
    for values in (row, {"day": row["day"], "note": row["note"]}):
        try:
            return operations.diary_of_entries(days=[values]).days
        except operations.DiaryError as error:
            troubles.append(f"A check-in could not be read: {error}")
    return ()


def together(told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several check-ins of one day as one: the mean of each score, any tweak or flare, all notes."""
    row: dict[str, Any] = {
        "event": any(one.get("event") for one in told),
        "note": "; ".join(str(one["note"]) for one in told if one.get("note")),
    }
    for name in _SCORES:
        scores = [float(one[name]) for one in told if isinstance(one.get(name), int | float)]
        # To two places, as a person could write it: more would not be read as a score.
        row[name] = round(sum(scores) / len(scores), 2) if scores else None
    return row


def _done(entries: Sequence[Entry], after: Sequence[Entry], today: date, troubles: list[str]) -> Iterable[Done]:
    """What was done, each with all that was told of it later (see `exposures.standing`)."""
    read = []
    for one, told in standing(entries, after):
        try:
            # A device's clock may be ahead by a day; what it tells counts now, and an alarm in it most of all.
            values = {**one.payload, **told, "day": min(one.day, today)}
            read.append(operations.done_of_entry(values=values, today=today, strict=False))
        except operations.ExposureError as error:
            troubles.append(f"What you did on {one.day} could not be read: {error}")
    return sorted(read, key=lambda one: one.day)


def _criteria(entries: Sequence[Entry], today: date, troubles: list[str]) -> Facts | None:
    """The answers on the criteria, each dated on the day it was given, since they grow old; the newer one counts."""
    told = None
    for one in entries:
        try:
            values = {**one.payload, "day": min(one.day, today).isoformat()}
            facts = operations.criteria_given(values=values, today=today)
        except operations.CriteriaError as error:
            troubles.append(f"An answer on clearance could not be read: {error}")
        else:
            told = facts if told is None else told.adding({name: facts[name] for name in facts})
    return told


def _flare(told: Sequence[Entry], check_ins: Sequence[Entry], over: Sequence[Entry]) -> date | None:
    """The first day of the last run of days with a flare; None where it was said to be over since."""
    rows = [*told, *(one for one in check_ins if one.payload.get("flare"))]
    if not rows:
        return None
    days = {one.day for one in rows}
    day = last = max(days)
    newest = max(one.client_time for one in rows if one.day == last)
    if any(one.day >= last and one.client_time >= newest for one in over):
        return None
    while day - timedelta(days=1) in days:
        day -= timedelta(days=1)
    return day


def with_diary(inputs: Inputs, diary: Diary) -> Inputs:
    """The same inputs with another diary."""
    return replace(inputs, diary=diary)

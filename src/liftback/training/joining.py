"""One log out of several: files of several apps, and sets done under a plan. Nothing that was done is counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from liftback.knowledge.entries import Exercise
from liftback.knowledge.loader import Knowledge
from liftback.training.exercises import Match, match_all
from liftback.training.log import LoggedSet, TrainingLog, UnitFinding, kilograms

UNDER_PLAN = "Liftback plan"
"""The workout of a set that was done under a plan."""
SEVERAL = "several"
"""The format of a log that was put together from several."""
_OF_SEVERAL = "The weights are from several files, or were written down here."


def joined(logs: Sequence[TrainingLog], more: Sequence[LoggedSet], knowledge: Knowledge) -> TrainingLog | None:
    """One log from several, the earlier ones first, and from further sets; None where there is nothing in them.

    A set that an earlier part already holds (the same day, lift, weight and repetitions) is counted as a duplicate;
    equal sets within one part all count, as three sets of five are three. One log alone stays as it is.
    """
    if not more and len(logs) <= 1:
        return logs[0] if logs else None
    matches = match_all((one.exercise for part in (*(log.sets for log in logs), more) for one in part), knowledge)
    kept: list[LoggedSet] = []
    duplicates = sum(log.duplicates for log in logs)
    for part in (*(log.sets for log in logs), more):
        fresh = _unseen(part, kept, matches)
        duplicates += len(part) - len(fresh)
        kept.extend(fresh)
    not_sets = tuple(row for log in logs for row in log.not_sets)
    errors = tuple(row for log in logs for row in log.errors)
    return TrainingLog(
        format=logs[0].format if len(logs) == 1 else SEVERAL,
        rows=len(kept) + len(not_sets) + len(errors) + duplicates,
        sets=tuple(sorted(kept, key=lambda one: one.day)),
        not_sets=not_sets,
        errors=errors,
        units=_units(logs, kept),
        duplicates=duplicates,
        notes=tuple(dict.fromkeys(note for log in logs for note in log.notes)),
    )


def _unseen(part: Iterable[LoggedSet], kept: Iterable[LoggedSet], matches: Mapping[str, Match]) -> list[LoggedSet]:
    seen = Counter(_key(one, matches) for one in kept)
    fresh = []
    for one in part:
        key = _key(one, matches)
        if seen[key] > 0:
            seen[key] -= 1
        else:
            fresh.append(one)
    return fresh


def _key(one: LoggedSet, matches: Mapping[str, Match]) -> tuple[object, ...]:
    """What makes two sets the same: apps call one lift by several names and may hold it in another unit."""
    weight = None if not one.weight else round(kilograms(one.weight, one.unit) or one.weight, 1)
    return one.day, matches[one.exercise].exercise or one.exercise, weight, one.reps


def _units(logs: Sequence[TrainingLog], sets: Sequence[LoggedSet]) -> UnitFinding:
    units = {one.unit for one in sets} - {"bodyweight"}
    if len(logs) == 1 and units <= {logs[0].units.unit}:
        return logs[0].units
    unit = min(units) if len(units) == 1 else "mixed" if units else "unknown"
    return UnitFinding(unit=unit, basis="stated", reason=_OF_SEVERAL)


def renamed(log: TrainingLog, names: Mapping[str, str], knowledge: Knowledge) -> TrainingLog:
    """The log with some lifts called as the known ones they are; `names` maps a name to a known lift's id or name.

    An empty target leaves a name as it is. Raises KeyError for a target that is no known lift.
    """
    known = {key: one for one in knowledge.exercises for key in (one.name.casefold(), one.id)}
    wanted = {name: known[target.strip().casefold()].name for name, target in names.items() if target.strip()}
    if not wanted:
        return log
    sets = (one._replace(exercise=wanted[one.exercise]) if one.exercise in wanted else one for one in log.sets)
    return replace(log, sets=tuple(sets))


def known_lifts(knowledge: Knowledge) -> tuple[Exercise, ...]:
    """Every lift that a log can hold by name, in order of name."""
    return tuple(sorted(knowledge.exercises, key=lambda one: one.name.casefold()))

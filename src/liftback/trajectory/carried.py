"""The course of one lifter carried on from day to day in a few bytes, so that a check-in reads no diary again.

`carried_from` takes up a history; `carried_on` takes in what was told for a day; `felt_on` says where the felt trend
is. What the bytes cannot answer for (an earlier day, another version, a day on which training was done) is `None`:
the course is then worked out anew from everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from liftback.facts.diary import DiaryDay
from liftback.knowledge.loader import Knowledge
from liftback.trajectory.course import passage
from liftback.trajectory.filtering import Belief
from liftback.trajectory.history import History
from liftback.trajectory.milestones import WEEK
from liftback.trajectory.outlook import felt_quantiles, usual_asking
from liftback.trajectory.stream import State, Today, begin, from_bytes, recent_of, to_bytes, update

Array = NDArray[np.float64]
_ONE_DAY = timedelta(days=1)
_USUAL_SESSION = 1.0
_BOTH = 2  # beliefs: after the day, and after the day before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The state after `day`, and the one before it, so that a day can be told again.

    `dosed` says that a training log is given: then a day without training counts as rest, else its dose is not known.
    `steady_from` is the first day whose check-in no longer changes what an earlier day is taken for. `scored` are the
    days with a score that still count as recent, oldest first.
    """

    day: date
    before: State
    after: State
    dosed: bool
    steady_from: date
    scored: tuple[date, ...]


def carried_from(history: History, *, steady_from: date, knowledge: Knowledge) -> Carried | None:
    """The course after the last day of a history; None where the doses of the days to come cannot be told from it."""
    dosed = history.log_ends is not None
    if dosed and not np.isfinite(history.dose[-1]):
        return None
    model = usual_asking(knowledge).model
    beliefs = passage(history, model, _BOTH).beliefs
    first = begin(persistent=history.persistent, model=model, before=history.before.sum(axis=1))
    written = np.flatnonzero(np.isfinite(history.pain))
    carried = Carried(
        day=history.day(history.days - 1),
        before=first if history.days == 1 else _state(first, beliefs[0], history, history.days - 1),
        after=_state(first, beliefs[-1], history, history.days),
        dosed=dosed,
        steady_from=steady_from,
        scored=tuple(history.day(int(place)) for place in written),
    )
    return replace(carried, scored=_recent(carried.scored, carried.day, knowledge))


def _state(first: State, belief: Belief, history: History, days: int) -> State:
    doses = np.concatenate([first.doses, history.dose[:days]])
    pains = np.concatenate([first.pains, history.pain[:days]])
    return State(
        belief=belief,
        doses=doses[-len(first.doses) :],
        pains=pains[-WEEK:],
        persistent=history.persistent,
        days=days,
    )


def carried_on(carried: Carried, told: DiaryDay, knowledge: Knowledge) -> Carried | None:
    """The course with what was told for a day: a later one, or the newest one told again. None for an earlier day."""
    if told.day < max(carried.day, carried.steady_from):
        return None
    model = usual_asking(knowledge).model
    before = carried.before if told.day == carried.day else _rested(carried, told.day - _ONE_DAY, knowledge)
    scored = tuple(day for day in carried.scored if day != told.day)
    return Carried(
        day=told.day,
        before=before,
        after=update(before, _today(told, _dose(carried, told.day), knowledge), model),
        dosed=carried.dosed,
        steady_from=carried.steady_from,
        scored=_recent((*scored, *([told.day] if told.pain is not None else [])), told.day, knowledge),
    )


def felt_on(carried: Carried, today: date, knowledge: Knowledge) -> tuple[float, ...] | None:
    """The felt trend of a day at `liftback.trajectory.outlook.LEVELS`.

    None with too few scores, and for a day before the last that was told.
    """
    scores = len(_recent(carried.scored, today, knowledge))
    if today < carried.day or scores < knowledge.number("trajectory.trend_logs"):
        return None
    asking = usual_asking(knowledge)
    state = _rested(carried, today, knowledge)
    found = felt_quantiles(state.belief, recent_of(state, _USUAL_SESSION, asking), asking)
    return tuple(float(value) for value in found[0])


def _rested(carried: Carried, until: date, knowledge: Knowledge) -> State:
    """The state after a later day, with nothing told since."""
    state, model = carried.after, usual_asking(knowledge).model
    for _ in range((until - carried.day).days):
        state = update(state, Today(dose=_rest(carried)), model)
    return state


def _dose(carried: Carried, day: date) -> float:
    # The newest day may have been trained on; its dose is the last that is known.
    return float(carried.after.doses[-1]) if day == carried.day else _rest(carried)


def _rest(carried: Carried) -> float:
    return 0.0 if carried.dosed else float("nan")


def _today(told: DiaryDay, dose: float, knowledge: Knowledge) -> Today:
    feelings = {}
    for name in ("sleep", "stress"):
        middle, spread = knowledge.parameters[f"trajectory.{name}_scale"].numbers
        value = getattr(told, name)
        feelings[name] = float("nan") if value is None else (value - middle) / spread
    pain = float("nan") if told.pain is None else told.pain
    return Today(pain=pain, dose=dose, event=told.event, **feelings)


def _recent(days: tuple[date, ...], today: date, knowledge: Knowledge) -> tuple[date, ...]:
    since = today - timedelta(days=knowledge.number("trajectory.trend_days"))
    return tuple(day for day in days if since < day <= today)


# --- storing ---------------------------------------------------------------------------------------------------------


def packed(carried: Carried) -> tuple[bytes, bytes]:
    """The state before the day, and the one after it with all else that is kept."""
    head = {
        "day": carried.day.isoformat(),
        "dosed": carried.dosed,
        "steady_from": carried.steady_from.isoformat(),
        "scored": [day.isoformat() for day in carried.scored],
    }
    return to_bytes(carried.before), json.dumps(head).encode() + b"\n" + to_bytes(carried.after)


def unpacked(before: bytes, after: bytes, knowledge: Knowledge) -> Carried:
    """What was packed. Raises ValueError with one sentence where the bytes hold no course of this version."""
    head, _, state = after.partition(b"\n")
    model = usual_asking(knowledge).model
    try:
        values = json.loads(head)
        return Carried(
            day=date.fromisoformat(values["day"]),
            before=from_bytes(before, model),
            after=from_bytes(state, model),
            dosed=bool(values["dosed"]),
            steady_from=date.fromisoformat(values["steady_from"]),
            scored=tuple(date.fromisoformat(day) for day in values["scored"]),
        )
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("These bytes hold no course of a lifter; begin a new one from the diary.") from error

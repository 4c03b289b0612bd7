"""One lifter's diary and log read by the model: every number that may be said, and what is counted before it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from liftback.knowledge.loader import Knowledge
from liftback.trajectory.course import Passage, felt_band, passage, without_weeks
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST
from liftback.trajectory.filtering import filter_diaries, joined_rows, nodes_of, repeated_share, start
from liftback.trajectory.history import GROUPS, History
from liftback.trajectory.milestones import WEEK
from liftback.trajectory.model import LAGS, Model, model_of
from liftback.trajectory.outlook import (
    LEVELS,
    USUAL_DAYS,
    Asking,
    Recent,
    felt_quantiles,
    outlook,
    recent_days,
    sensible_plan,
    usual_asking,
)
from liftback.trajectory.patterns import group_patterns

Array = NDArray[np.float64]

Quantiles = tuple[float, ...]
"""A number's quantiles at `liftback.trajectory.outlook.LEVELS`."""
_NOTHING = (0.0, 0.0, 0.0)
SHOWN_DAYS = 182
"""Days of a picture: half a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What there is to go by.

    `scores` and `days` of the whole diary, `recent_scores` of the last two weeks, `weeks` of diary within the log.
    `sessions` are days of a session's dose in it, `dose_spread` the coefficient of variation of their doses,
    `lighter_week` a week of clearly less than usual, `seen` the sessions followed by scores within three days.
    """

    scores: int
    days: int
    recent_scores: int
    weeks: float
    sessions: int
    dose_spread: float
    lighter_week: bool
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week, by how much its scores moved the felt trend of today (points), and its sessions' doses."""

    begins: date
    ends: date
    change: float
    doses: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDay:
    """A day as written, whether it was a flare, and the felt trend's band (10, 25, 50, 75, 90 %) seen from today."""

    day: date
    pain: float | None
    dose: float | None
    event: bool
    flare: bool
    band: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All the model says of one lifter; the meaning of each number is that of `liftback.trajectory.outlook.Outlook`.

    `groups` are the pattern probabilities of each of GROUPS, all nothing where its days cannot be told from the
    others'. `own_share` is the part of the uncertainty twelve weeks ahead that the lifter's own days have removed.
    `event` is the last tweak of four weeks and `jump` what it still adds. `repeats` is the share of scores repeated
    by habit.
    """

    today: date
    log_given: bool
    log_ends: date | None
    persistent: bool
    counts: Counts
    felt: Quantiles
    baseline: Quantiles
    course: tuple[float, float, float]
    patterns: tuple[float, float, float]
    kernel: tuple[Quantiles, ...]
    largest_effect: Quantiles
    days_back: Quantiles
    largest_hidden: float
    groups: tuple[tuple[float, float, float], ...]
    flare_rest: float
    flare_plan: float
    plan: float
    within_reach: bool
    cap: float
    reach: float
    milestones: tuple[Quantiles, ...]
    never: tuple[float, ...]
    own_share: float
    trained_fully: bool
    alarm: float
    event: date | None
    jump: Quantiles | None
    repeats: float
    weeks: tuple[Week, ...]
    days: tuple[ReadDay, ...]


def read_history(history: History, *, plan: float, knowledge: Knowledge, look_back: bool = True) -> Reading:
    """Everything the model says of a history, with a session of dose `plan` tomorrow.

    Without `look_back`, what costs most is left empty: pattern groups, the weeks that moved the answer, and the days.
    """
    plan = float(sensible_plan(np.array(plan)))
    asking = usual_asking(knowledge)
    model, limits = asking.model, asking.limits
    taken = passage(history, model, SHOWN_DAYS if look_back else 1)
    recent = recent_days(history.arrays(model), history.dose[None], np.array([plan]), limits)
    found = outlook(taken.last, recent, asking)
    counts = counts_of(history, knowledge)
    event = _last_event(history)
    return Reading(
        today=history.day(history.days - 1),
        log_given=history.log_ends is not None,
        log_ends=history.log_ends,
        persistent=history.persistent,
        counts=counts,
        felt=_row(found.felt),
        baseline=_row(found.baseline),
        course=_three(found.course),
        patterns=_three(found.patterns),
        kernel=tuple(_row(found.kernel[:, lag]) for lag in range(LAGS)),
        largest_effect=_row(found.largest_effect),
        days_back=_row(found.days_back),
        largest_hidden=float(found.largest_hidden[0]),
        groups=_groups(history, counts, knowledge) if look_back else (_NOTHING,) * len(GROUPS),
        flare_rest=float(found.flare_rest[0]),
        flare_plan=float(found.flare_plan[0]),
        plan=plan,
        within_reach=bool(found.within_reach[0]),
        cap=float(found.cap[0]),
        reach=float(limits.dose_reach * recent.largest[0]),
        milestones=tuple(_row(found.milestones[:, which]) for which in range(found.milestones.shape[1])),
        never=tuple(float(share) for share in found.never[0]),
        own_share=float(1 - (found.later[0] / _prior_later(asking, history.persistent)) ** 2),
        trained_fully=_trained_fully(history, knowledge),
        alarm=float(found.alarm[0]),
        event=event,
        jump=None if event is None else _row(found.transient),
        repeats=float(repeated_share(taken.last, model)[0]),
        weeks=_weeks(taken, history, recent, asking, knowledge) if look_back else (),
        days=tuple(_days(taken, history, model, knowledge)) if look_back else (),
    )


def without_look_back(reading: Reading) -> Reading:
    """A reading without what the look back adds: the same as if it had been read without."""
    return replace(reading, groups=(_NOTHING,) * len(GROUPS), weeks=(), days=())


def _row(values: Array) -> Quantiles:
    return tuple(float(value) for value in values[0])


def _three(values: Array) -> tuple[float, float, float]:
    first, second, third = (float(value) for value in values[0])
    return first, second, third


@lru_cache
def _prior_later(asking: Asking, persistent: bool) -> float:
    """The standard deviation of the baseline twelve weeks on before any diary."""
    kind = np.array([persistent])
    belief = start(kind, nodes_of(kind, asking.model), asking.model)
    nobody = History(
        first=date.min,
        pain=np.full(1, np.nan),
        feelings=np.full((1, 2), np.nan),
        events=np.zeros(1, dtype=bool),
        doses=np.zeros((1, len(GROUPS))),
        before=np.zeros((LAGS - 1, len(GROUPS))),
        persistent=persistent,
        log_ends=None,
    )
    recent = recent_days(nobody.arrays(asking.model), nobody.dose[None], np.zeros(1), asking.limits)
    return float(outlook(belief, recent, asking).later[0])


# --- what is counted -------------------------------------------------------------------------------------------------


def counts_of(history: History, knowledge: Knowledge) -> Counts:
    """What there is to go by."""
    written = np.isfinite(history.pain)
    recent = int(knowledge.number("trajectory.trend_days"))
    known = np.isfinite(history.dose)
    doses = np.where(known, history.dose, 0.0)
    sessions = np.flatnonzero(doses >= knowledge.number("trajectory.session_dose"))
    window = int(knowledge.number("trajectory.flare_window"))
    seen = sum(int(written[place : place + window].sum()) >= 2 for place in sessions)  # noqa: PLR2004 - two scores
    trained = doses[sessions]
    return Counts(
        scores=int(written.sum()),
        days=history.days,
        recent_scores=int(written[-recent:].sum()),
        weeks=float(known.sum() / WEEK),
        sessions=len(sessions),
        dose_spread=float(trained.std() / trained.mean()) if len(trained) else 0.0,
        lighter_week=_lighter_week(history.dose, knowledge),
        seen=seen,
    )


def _lighter_week(doses: Array, knowledge: Knowledge) -> bool:
    """Whether a week, counted back from today, asked for clearly less than usual; unknown days are no sign of it."""
    whole = len(doses) // WEEK
    weeks = doses[len(doses) - whole * WEEK :].reshape(whole, WEEK).sum(axis=1)
    known = weeks[np.isfinite(weeks)]
    # NumPy's own median loads masked arrays, which takes longer than all the rest.
    return bool(len(known) and known.min() <= median(known) * knowledge.number("exercises.lighter_share"))


def _last_event(history: History) -> date | None:
    recent = np.flatnonzero(history.events[-USUAL_DAYS:])
    if not len(recent):
        return None
    return history.day(max(0, history.days - USUAL_DAYS) + int(recent[-1]))


def _trained_fully(history: History, knowledge: Knowledge) -> bool:
    """Whether a session of the last two weeks was of full load."""
    last = history.dose[-int(knowledge.number("trajectory.trend_days")) :]
    return bool((np.nan_to_num(last) >= knowledge.number("trajectory.full_load_dose")).any())


def _groups(history: History, counts: Counts, knowledge: Knowledge) -> tuple[tuple[float, float, float], ...]:
    """The pattern probabilities of each group; all nothing where a group's days go with those of the others."""
    told = [place for place in range(len(GROUPS)) if _apart(history, place, knowledge)]
    if not told or counts.sessions < knowledge.number("trajectory.response_sessions"):
        return (_NOTHING,) * len(GROUPS)
    model = model_of(knowledge)
    belief = filter_diaries(history.arrays(model, by_group=True), model)
    return tuple(
        _three(group_patterns(belief, model, place)) if place in told else _NOTHING for place in range(len(GROUPS))
    )


def _apart(history: History, group: int, knowledge: Knowledge) -> bool:
    """Whether a group was trained often enough, on days of its own."""
    known = np.isfinite(history.dose)
    own = history.doses[known][:, group]
    rest = history.dose[known] - own
    often = (own >= knowledge.number("trajectory.session_dose")).sum()
    if often < knowledge.number("trajectory.response_sessions"):
        return False
    if rest.std() <= 0:
        return True
    return bool(np.corrcoef(own, rest)[0, 1] <= knowledge.number("trajectory.groups_apart"))


# --- what moved it, and how it went ----------------------------------------------------------------------------------


def _weeks(taken: Passage, history: History, recent: Recent, asking: Asking, knowledge: Knowledge) -> tuple[Week, ...]:
    """By how much each of the last weeks' scores moved the felt trend, from leaving each out in turn."""
    count = min(int(knowledge.number("trajectory.moved_weeks")), (len(taken.beliefs) - 2) // WEEK)
    if count < 1:
        return ()
    beliefs, spans = without_weeks(taken, history, count, asking.model)
    every = joined_rows([taken.last, beliefs])
    many = Recent(**{one.name: np.repeat(getattr(recent, one.name), len(spans) + 1, axis=0) for one in fields(Recent)})
    now, *without = felt_quantiles(every, many, asking)[:, len(LEVELS) // 2]
    weeks = []
    for (begins, ends), other in zip(spans, without, strict=True):
        doses = np.nan_to_num(history.dose[begins:ends])
        trained = doses[doses >= knowledge.number("trajectory.session_dose")]
        weeks.append(
            Week(
                begins=history.day(begins),
                ends=history.day(ends - 1),
                change=float(now - other),
                doses=tuple(float(dose) for dose in trained),
            )
        )
    return tuple(weeks)


def _days(taken: Passage, history: History, model: Model, knowledge: Knowledge) -> Iterator[ReadDay]:
    band = np.clip(felt_band(taken, history, model), LOWEST, HIGHEST)
    for place, low_to_high in enumerate(band, start=taken.begins):
        pain, dose = history.pain[place], history.dose[place]
        lowest, low, middle, high, highest = (float(value) for value in low_to_high)
        yield ReadDay(
            day=history.first + timedelta(days=place),
            pain=float(pain) if np.isfinite(pain) else None,
            dose=float(dose) if np.isfinite(dose) else None,
            event=bool(history.events[place]),
            flare=_is_flare(history, place, knowledge),
            band=(lowest, low, middle, high, highest),
        )


def _is_flare(history: History, place: int, knowledge: Knowledge) -> bool:
    """Whether a score lies clearly above the mean of the days before it."""
    before = history.pain[max(0, place - int(knowledge.number("trajectory.flare_reference"))) : place]
    known = before[np.isfinite(before)]
    return bool(len(known) and history.pain[place] >= known.mean() + knowledge.number("trajectory.flare_rise"))

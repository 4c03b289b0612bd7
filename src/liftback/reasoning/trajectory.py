"""What a diary and a log say about the course: trend, answer to load, flare risk, milestones, and what moved them.

The numbers come from the model in `liftback.trajectory`; here it is decided what may be said of them, and
`trajectory_words` says it. Each claim waits for its least data and says what is missing until then. Nothing is worked
out while warning signs have to be looked at first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from liftback.facts.values import Facts
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import say
from liftback.reasoning.time_words import YEAR, share_words, span_words
from liftback.reasoning.timeline import Outcome
from liftback.reasoning.trajectory_parts import (
    COURSES,
    CourseDay,
    FlareRisk,
    GroupResponse,
    Moved,
    Range,
    Response,
    Trajectory,
    Trend,
)
from liftback.reasoning.trajectory_words import CourseWords
from liftback.trajectory.history import GROUPS
from liftback.trajectory.milestones import MILESTONES
from liftback.trajectory.model import PATTERNS
from liftback.trajectory.reading import Counts, Reading

FULL_LOAD = "full_load"
_MIDDLE, _HALF, _MOST = 3, (2, 4), (1, 5)
"""Places of the middle, and of the ends of 50 and 80 %, among the quantiles."""


def held_trajectory(facts: Facts, knowledge: Knowledge) -> Trajectory:
    """What is said while something has to be looked at first."""
    said = say(knowledge.statements["trajectory.held_check"], facts, knowledge)
    return Trajectory(
        value=None, held=True, trend=None, course_told=False, response=None, flare=None, milestones=(), own=False,
        alarm=False, jump=None, repeats=None, moved=(), days=(), still_needed=(), because=(), undecided=(),
        said=() if said is None else (said,),
    )  # fmt: skip


def waits(level: Level) -> bool:
    """Whether warning signs come first: from being seen within days on, nothing is worked out."""
    return level >= Level.within_days


def trajectory(reading: Reading, facts: Facts, knowledge: Knowledge) -> Trajectory:
    """What may be said of a reading of the diary and log."""
    deciding = _Deciding(reading=reading, facts=facts, knowledge=knowledge)
    words = CourseWords(reading=reading, facts=facts, knowledge=knowledge)
    trend, response, flare = deciding.trend(), deciding.response(), deciding.flare()
    found = Trajectory(
        value=deciding.course(trend),
        held=False,
        trend=trend,
        course_told=trend is not None and deciding.course_may_be_said(),
        response=response,
        flare=flare,
        milestones=deciding.milestones(),
        own=reading.own_share > knowledge.number("trajectory.own_share"),
        alarm=trend is not None and reading.alarm > knowledge.number("trajectory.alarm_limit"),
        jump=None if reading.jump is None or trend is None else _range(reading.jump),
        repeats=deciding.repeats(),
        moved=deciding.moved() if trend else (),
        days=deciding.days(trend),
        still_needed=words.still_needed(deciding.missing(trend, response, flare)),
        because=words.because(),
        undecided=() if facts.known("onset") else ("onset",),
        said=(),
    )
    return replace(found, said=words.said(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deciding:
    """One reading, and the decisions on what of it may be said."""

    reading: Reading
    facts: Facts
    knowledge: Knowledge

    def number(self, name: str) -> float:
        return self.knowledge.number(f"trajectory.{name}")

    @property
    def counts(self) -> Counts:
        return self.reading.counts

    def trend(self) -> Trend | None:
        if self.counts.recent_scores < self.number("trend_logs"):
            return None
        improving, steady, worsening = self.reading.course
        return Trend(
            felt=_range(self.reading.felt),
            baseline=_range(self.reading.baseline),
            improving=improving,
            steady=steady,
            worsening=worsening,
        )

    def course_may_be_said(self) -> bool:
        return self.counts.scores >= self.number("course_logs") and self.counts.days >= self.number("trend_days")

    def course(self, trend: Trend | None) -> str | None:
        if trend is None or not self.course_may_be_said():
            return None
        return _called(COURSES, self.reading.course, self.number("call_probability"))

    def repeats(self) -> float | None:
        """The share of scores repeated by habit, where there are enough and it matters."""
        enough = self.counts.scores >= self.number("repeats_surely")
        return self.reading.repeats if enough and self.reading.repeats >= self.number("repeats_told") else None

    def response_missing(self) -> str | None:
        """What is missing before a response may be said; None when nothing is."""
        counts = self.counts
        if not self.reading.log_given:
            return "need_log"
        if counts.weeks < self.number("response_weeks") or counts.sessions < self.number("response_sessions"):
            return "need_response_time"
        if counts.dose_spread < self.number("response_spread") and not counts.lighter_week:
            return "need_response_spread"
        if counts.seen < self.number("response_seen") * counts.sessions:
            return "need_response_seen"
        return None

    def response(self) -> Response | None:
        if self.response_missing() is not None:
            return None
        pattern = _called(PATTERNS, self.reading.patterns, self.number("call_probability"))
        if pattern == "irritated" and self.repeats() is not None:
            pattern = None
        none_found, doms_like, irritated = self.reading.patterns
        groups = (
            GroupResponse(group=group, pattern=called, probability=max(chances))
            for group, chances in zip(GROUPS, self.reading.groups, strict=True)
            if (called := _called(PATTERNS, chances, self.number("call_probability"))) is not None
        )
        return Response(
            pattern=pattern,
            none_found=none_found,
            doms_like=doms_like,
            irritated=irritated,
            kernel=tuple(_range(lag) for lag in self.reading.kernel),
            largest=_range(self.reading.largest_effect),
            days_back=_range(self.reading.days_back),
            largest_hidden=self.reading.largest_hidden,
            groups=() if self.repeats() is not None else tuple(groups),
        )

    def trained_enough_for_flares(self) -> bool:
        weeks, sessions = self.counts.weeks, self.counts.sessions
        return weeks >= self.number("flare_weeks") and sessions >= self.number("flare_sessions")

    def flare(self) -> FlareRisk | None:
        if (
            not self.trained_enough_for_flares()
            or not self.reading.log_given
            or self.counts.recent_scores < self.number("trend_logs")
        ):
            return None
        return FlareRisk(
            rest=self.reading.flare_rest,
            plan=self.reading.plan,
            risk=self.reading.flare_plan if self.reading.within_reach else None,
            cap=self.reading.cap,
            reach=self.reading.reach,
        )

    def milestones(self) -> tuple[Outcome, ...]:
        found = []
        for place, name in enumerate(MILESTONES):
            if name == FULL_LOAD and (self.reading.trained_fully or not self.reading.log_given):
                continue
            statement = self.knowledge.statements[f"trajectory.milestone_{name}"]
            days = self.reading.milestones[place]
            half, most = (_days(days[low], days[high]) for low, high in (_HALF, _MOST))
            slots = {
                "name": statement.word("name"),
                "half": span_words(*half),
                "most": span_words(*most),
                "never": share_words(self.reading.never[place]),
            }
            said = say(statement, self.facts, self.knowledge, slots)
            found.append(
                Outcome(
                    id=name,
                    name=statement.word("name"),
                    criterion=statement.word("criterion"),
                    half=half,
                    most=most,
                    middle=None if days[_MIDDLE] > YEAR else int(days[_MIDDLE]),
                    not_within_year=self.reading.never[place],
                    text="" if said is None else said.text,
                )
            )
        return tuple(found)

    def moved(self) -> tuple[Moved, ...]:
        weeks = sorted(self.reading.weeks, key=lambda week: -abs(week.change))
        return tuple(Moved(begins=week.begins, ends=week.ends, change=week.change, doses=week.doses) for week in weeks)

    def days(self, trend: Trend | None) -> tuple[CourseDay, ...]:
        return tuple(
            CourseDay(
                day=day.day,
                pain=day.pain,
                dose=day.dose,
                event=day.event,
                flare=day.flare,
                band=None if trend is None else day.band,
            )
            for day in self.reading.days
        )

    def missing(self, trend: Trend | None, response: Response | None, flare: FlareRisk | None) -> tuple[str, ...]:
        """The names of the statements that say what is missing, for what is not said yet."""
        needed = []
        if trend is None:
            needed.append("need_scores")
        elif not self.course_may_be_said():
            needed.append("need_course")
        missing = self.response_missing()
        if flare is None and missing != "need_log" and not self.trained_enough_for_flares():
            needed.append("need_flare")
        if missing is not None:
            needed.append(missing)
        elif response is not None and response.pattern is None and self.repeats() is None:
            needed.append("need_response_sure")
        return tuple(needed)


def _called(names: tuple[str, ...], chances: tuple[float, ...], least: float) -> str | None:
    """The name whose chance is high enough to be called by it."""
    best = max(range(len(names)), key=lambda place: chances[place])
    return names[best] if chances[best] >= least else None


def _range(quantiles: tuple[float, ...]) -> Range:
    (low, high), (lowest, highest) = ((quantiles[a], quantiles[b]) for a, b in (_HALF, _MOST))
    return Range(middle=quantiles[_MIDDLE], half=(low, high), most=(lowest, highest))


def _days(low: float, high: float) -> tuple[int, int | None]:
    return int(min(low, YEAR)), None if high > YEAR else int(high)

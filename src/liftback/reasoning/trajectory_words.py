"""The course in words: which sentences are said of a finding, with this lifter's numbers in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, parameter_reason, say, unique
from liftback.reasoning.trajectory_parts import COURSES, GroupResponse, Range, Trajectory
from liftback.reasoning.votes import rule_reason
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST
from liftback.trajectory.model import LAGS
from liftback.trajectory.reading import Reading, Week

_TENTHS, _MOST_PERCENT = 10, 99
_LEAST_TOLD = 0.05  # points: less is said as nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """The sentences for one reading."""

    reading: Reading
    facts: Facts
    knowledge: Knowledge

    def say(self, name: str, **slots: str) -> tuple[Said, ...]:
        """One statement of the topic, with its slots filled."""
        said = say(self.knowledge.statements[f"trajectory.{name}"], self.facts, self.knowledge, slots)
        return () if said is None else (said,)

    def word(self, name: str) -> str:
        """The words of a statement that others hold."""
        return self.knowledge.statements[f"trajectory.{name}"].text

    def still_needed(self, names: Sequence[str]) -> tuple[Said, ...]:
        """What is missing, by the names of its statements, with what there is so far."""
        counts = self.reading.counts
        slots = {
            "days": _counted(counts.days, "day"),
            "weeks": _counted(counts.weeks, "week"),
            "sessions": str(counts.sessions),
            "seen": str(counts.seen),
        }
        recent = {"need_scores": counts.recent_scores}
        return tuple(
            said for name in names for said in self.say(name, scores=str(recent.get(name, counts.scores)), **slots)
        )

    def because(self) -> tuple[Reason, ...]:
        """The facts, the weeks that moved the answer, the numbers and the rule behind the course."""
        counts = self.reading.counts
        diary = f"{counts.scores} scores on {counts.days} days"
        reasons = [Reason(kind="fact", id="diary", text="Pain diary", value=diary, source="diary")]
        if self.reading.log_given:
            value = f"{counts.sessions} sessions in the days of the diary"
            reasons.append(Reason(kind="fact", id="log", text="Training log", value=value, source="log"))
        reasons += [self._week_reason(week) for week in self.reading.weeks]
        kind = "persistent" if self.reading.persistent else "acute"
        names = (f"{kind}_level", f"{kind}_asymptote", f"{kind}_days", "amplitude", "pattern_shares", "temper")
        reasons += [parameter_reason(self.knowledge.parameters[f"trajectory.{name}"]) for name in names]
        return unique((*reasons, *rule_reason("trajectory.model_rule", self.facts, self.knowledge)))

    def _week_reason(self, week: Week) -> Reason:
        value = f"moved the felt trend by {week.change:+.1f} points; {_sessions(week.doses)}"
        text = f"Scores of the week of {week.begins.isoformat()}"
        return Reason(kind="fact", id=f"week_{week.begins.isoformat()}", text=text, value=value, source="diary")

    def said(self, found: Trajectory) -> tuple[Said, ...]:
        """Everything that is said of a finding, in order."""
        return (
            *self._headline(found),
            *(self.say("alarm_worsening") if found.alarm else ()),
            *self._trend_words(found),
            *self._jump_words(found),
            *self._response_words(found),
            *self._flare_words(found),
            *self._milestone_words(found),
            *self._moved_words(found),
            *self._log_words(),
        )

    def _headline(self, found: Trajectory) -> tuple[Said, ...]:
        if found.trend is None:
            return self.say("headline_early")
        return self.say(f"headline_{found.value or 'open'}")

    def _trend_words(self, found: Trajectory) -> tuple[Said, ...]:
        if found.trend is None:
            return ()
        felt, baseline = found.trend.felt, found.trend.baseline
        chances = {name: _percent(getattr(found.trend, name)) for name in COURSES}
        return (
            *self.say(
                "felt_now", felt=_points(felt.middle), felt_half=_between(felt.half), felt_most=_between(felt.most)
            ),
            *(self.say("course_said", **chances) if found.course_told else ()),
            *self.say("baseline_now", baseline=_points(baseline.middle), baseline_most=_between(baseline.most)),
        )

    def _jump_words(self, found: Trajectory) -> tuple[Said, ...]:
        if found.jump is None or self.reading.event is None:
            return ()
        day = f"on {self.reading.event.isoformat()}"
        most = found.jump.most
        return self.say("jump_after", event_day=day, jump=f"{found.jump.middle:.1f}", jump_most=_between(most))

    def _response_words(self, found: Trajectory) -> tuple[Said, ...]:
        repeats = () if found.repeats is None else self.say("response_repeats", repeats=_percent(found.repeats))
        response = found.response
        if response is None:
            return repeats
        chances = {"doms": response.doms_like, "irritated": response.irritated, "none": response.none_found}
        largest = response.largest
        name = {"doms_like": "doms", "irritated": "irritated", "none_found": "none"}.get(response.pattern or "", "open")
        slots = {
            "open": {word: _percent(chance) for word, chance in chances.items()},
            "none": {"upper": f"{response.largest_hidden:.1f}", "sure": _percent(response.none_found)},
        }.get(name) or {
            "sure": _percent(chances[name]),
            "most": f"{largest.middle:.1f}",
            "days_back": _days_back(response.days_back),
        }
        return (
            *self.say(f"response_{name}", **slots),
            *self.say("response_size", effect_most=_between(largest.most)),
            *(said for group in response.groups for said in self._group_words(group)),
            *repeats,
        )

    def _group_words(self, group: GroupResponse) -> tuple[Said, ...]:
        pattern, name = self.word(f"pattern_{group.pattern}"), self.word(f"group_{group.group}")
        return self.say("group_said", group=name, pattern=pattern, sure=_percent(group.probability))

    def _flare_words(self, found: Trajectory) -> tuple[Said, ...]:
        flare = found.flare
        if flare is None:
            return ()
        plan = f"{flare.plan:.2g}"
        planned = (
            self.say("flare_too_large", plan=plan)
            if flare.risk is None
            else self.say("flare_plan", plan=plan, risk=_percent(flare.risk))
        )
        # Rounded down: the words never allow more than the number.
        tenth = int(flare.cap * _TENTHS) / _TENTHS
        # Where nothing was trained lately, the diary knows nothing of any session, so that no cap is said.
        if flare.reach <= 0:
            return (*self.say("flare_rest", rest=_percent(flare.rest)), *planned)
        name = "flare_cap_none" if tenth <= 0 else "flare_cap_reach" if flare.cap >= flare.reach else "flare_cap"
        return (
            *self.say("flare_rest", rest=_percent(flare.rest)),
            *planned,
            *self.say(name, **({} if tenth <= 0 else {"cap": f"{tenth:g}"})),
        )

    def _milestone_words(self, found: Trajectory) -> tuple[Said, ...]:
        label = "milestone_own" if found.own else "milestone_people_like_you"
        ranges = (
            Said(id=f"trajectory.milestone_{one.id}", text=one.text, kind="default", sources=(), because=())
            for one in found.milestones
        )
        done = self.reading.trained_fully and self.reading.log_given
        return (*self.say(label), *ranges, *(self.say("milestone_full_load_done") if done else ()))

    def _moved_words(self, found: Trajectory) -> tuple[Said, ...]:
        if not found.moved:
            return ()
        most = found.moved[0]
        if abs(most.change) < _LEAST_TOLD:
            return ()
        way = "lower" if most.change > 0 else "higher"
        return self.say(
            "moved_week",
            week=most.begins.isoformat(),
            sessions=_sessions(most.doses),
            change=f"{abs(most.change):.1f}",
            way=way,
        )

    def _log_words(self) -> tuple[Said, ...]:
        ends, today = self.reading.log_ends, self.reading.today
        if ends is None or (today - ends) <= timedelta(weeks=1):
            return ()
        return self.say("log_ends_early", log_days=f"on {ends.isoformat()}")


def _points(value: float) -> str:
    return f"{min(max(value, LOWEST), HIGHEST):.1f}"


def _between(pair: tuple[float, float]) -> str:
    return f"{_points(pair[0])} and {_points(pair[1])}"


def _percent(share: float) -> str:
    """A chance in whole percent, never nothing and never all."""
    return f"{min(max(round(share * 100), 1), _MOST_PERCENT)} %"


def _counted(number: float, unit: str) -> str:
    return f"{int(number)} {unit}" if int(number) == 1 else f"{int(number)} {unit}s"


def _days_back(days: Range) -> str:
    low, high = int(days.most[0]), int(days.most[1])
    last = "more than a week" if high >= LAGS else _counted(high, "day")
    return last if low == high else f"{low} to {last}"


def _sessions(doses: tuple[float, ...]) -> str:
    if not doses:
        return "no session in it"
    listed = ", ".join(f"{dose:.1f}" for dose in doses)
    return f"{_counted(len(doses), 'session')} of {listed} typical"

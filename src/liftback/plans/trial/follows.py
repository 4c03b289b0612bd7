"""A lifter who follows the plan: its days are done as they stand, told as they felt, and the next week is asked for.

The plan is made by the code that makes everybody's. What is simulated is the lifter: who answers from the pain of an
invented back, has no warning sign, tells each exposure once it has settled or after three mornings, goes through the
warning signs on the day the plan stops, and says on the morning after it began that a flare did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.bounds import Known as Concluded
from liftback.plans.making import Lifter, first_plan, next_plan
from liftback.plans.parts import Item, Plan, PlanDay
from liftback.plans.record import Done
from liftback.plans.recording import recorded
from liftback.plans.sorting import CAPPED, KEPT, LIFT
from liftback.plans.trial.policies import DAY_OFF, Session
from liftback.plans.trial.programme import DAYS_IN_WEEK, EQUIPMENT, Programme
from liftback.plans.trial.scores import flare_days
from liftback.reasoning.foundations import Foundations, foundations
from liftback.reasoning.irritability import irritability

SHARP_FROM = 7
"""Pain during a lift from which this lifter calls it sharp."""
LAST_DAYS = 1
"""Evenings that the question for the worst pain looks back on: it asks for the last 24 hours."""
TOLD_BY = 3
"""Mornings after which an exposure is told, settled or not."""
LIGHT = 0.5
"""Dose up to which a day was a light task, in typical sessions."""
AGE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exposure:
    """A day that was trained, and how it was: `before` is the morning's rating, `during` those of its items."""

    day: int
    items: tuple[Item, ...]
    dose: float
    before: int
    during: tuple[int, ...] = ()
    evening: int = 0


class Follower:
    """The plan as a policy."""

    def __init__(self, programme: Programme, start: date, plans: PlanKnowledge, *, persistent: bool) -> None:
        self._programme, self._start, self._plans = programme, start, plans
        self._facts = _facts(start, persistent, plans)
        self._foundations = _foundations(plans)
        self._plan: Plan | None = None
        self._told: list[_Exposure] = []
        self._waiting: list[_Exposure] = []
        self._mornings: list[int] = []

    @property
    def plan(self) -> Plan | None:
        """The plan as it stands; None before the first morning."""
        return self._plan

    def session(self, day: int, morning: int, scores: Sequence[int]) -> Session:
        """What the plan has for today, once it knows what was told and answered this morning."""
        self._mornings.append(morning)
        stopped = self._tell(day)
        self._go_on(day, scores, stopped=stopped)
        planned = self._planned(self._start + timedelta(days=day))
        if planned is None:
            return DAY_OFF
        if any(item.kind == LIFT for item in planned.items):
            exposure = _Exposure(day=day, items=planned.items, dose=planned.dose_on_back, before=morning)
            self._waiting.append(exposure)
        return Session(
            lifts=tuple(item.dose_on_back for item in planned.items),
            own=sum(item.dose_on_back for item in planned.items if item.decision in (KEPT, CAPPED)),
        )

    def felt(self, day: int, during: Sequence[int], evening: int) -> None:
        """Remember how today's lifts and its evening were, until they are told."""
        if self._waiting and self._waiting[-1].day == day:
            self._waiting[-1] = replace(self._waiting[-1], during=tuple(during), evening=evening)

    def _planned(self, today: date) -> PlanDay | None:
        days = self._plan.days if self._plan is not None else ()
        return next((one for one in days if one.day == today), None)

    # --- telling what was done -------------------------------------------------------------------------------------

    def _tell(self, day: int) -> bool:
        """Tell every exposure that has settled or that has waited long enough; whether the plan stopped."""
        if self._plan is None:
            return False
        still = []
        for one in self._waiting:
            if self._settled(one) is None and day - one.day < TOLD_BY:
                still.append(one)
                continue
            for item, during in zip(one.items, one.during, strict=True):
                if item.kind == LIFT:
                    self._plan = recorded(self._plan, self._done(one, item, during), self._plans)
            self._told.append(one)
        self._waiting = still
        return self._plan.held

    def _settled(self, one: _Exposure) -> str | None:
        """The answer to when it was back to where it was before; None while it is not."""
        if one.evening <= one.before:
            return "at_once"
        for after in range(1, min(TOLD_BY, len(self._mornings) - one.day)):
            if self._mornings[one.day + after] <= one.before:
                return "same_day" if after == 1 else "two_days"
        return None

    def _done(self, one: _Exposure, item: Item, during: int) -> Done:
        told: dict[str, Fact] = {
            "pain_before": _known(float(one.before)),
            "pain_during": _known(float(during)),
            "pain_after": _known(float(one.evening)),
            "pain_next_morning": _known(float(self._mornings[one.day + 1])),
            "how_it_felt": _known(("sharp",) if during >= SHARP_FROM else ("none",)),
            "leg_after": _known("no"),
            "settled": _known(self._settled(one) or "longer"),
        }
        load = item.load
        return Done(
            day=self._start + timedelta(days=one.day), lift=item.lift, exercise=item.exercise or item.lift,
            told=Facts(told), sets=item.dose.sets, reps=item.dose.reps,
            weight=load.weight if load is not None else None, unit=load.unit if load is not None else "bodyweight",
            effort=item.dose.effort,
        )  # fmt: skip

    # --- the next week ---------------------------------------------------------------------------------------------

    def _go_on(self, day: int, scores: Sequence[int], *, stopped: bool) -> None:
        """Make the first week; the next one when seven days are over, the plan stopped, or a flare began."""
        today = self._start + timedelta(days=day)
        plan = self._plan
        if plan is None:
            self._plan = first_plan(self._lifter(day, scores), self._plans)
            return
        flared = day - 1 in flare_days(scores)
        if stopped or flared or today >= plan.first_day + timedelta(days=DAYS_IN_WEEK):
            begun = today - timedelta(days=1) if flared else None
            lifter = self._lifter(day, scores)
            self._plan = next_plan(plan, lifter, self._plans, asked_again=today, flare_begun=begun)

    def _lifter(self, day: int, scores: Sequence[int]) -> Lifter:
        answers = self._answers(day, scores)
        facts = self._facts.adding(answers)
        grade = irritability(facts, self._plans.known).value
        days = tuple(
            DiaryDay(day=self._start + timedelta(days=place), pain=float(score)) for place, score in enumerate(scores)
        )
        return Lifter(
            facts=facts, level=Level.self_manage,
            known=Concluded(grade=grade, spared=(), category=None, trajectory=None),
            foundations=self._foundations, log=self._programme.log, diary=Diary(days=days),
            today=self._start + timedelta(days=day),
        )  # fmt: skip

    def _answers(self, day: int, scores: Sequence[int]) -> dict[str, Fact]:
        """Today's answers: the pain of the last days, and what follows from it for the day and for small things."""
        worst = max(*scores[-LAST_DAYS:], self._mornings[-1]) if scores else self._mornings[-1]
        number = self._plans.known.number
        reached = sum(worst >= number(f"irritability.{name}_pain") for name in ("moderate", "high"))
        slow = [one for one in self._told if day - one.day <= DAYS_IN_WEEK and one.dose <= LIGHT]
        lasting = any(self._settled(one) is None for one in slow)
        return {
            "pain_now": _known(float(self._mornings[-1])),
            "pain_worst": _known(float(worst)),
            "daily_limits": _known(("little", "several", "most")[reached]),
            "settles_after": _known(
                "longer_than_day" if lasting else ("half_hour", "within_day", "within_day")[reached]
            ),
        }


def _known(value: str | float | tuple[str, ...]) -> Fact:
    return Known(value=value, source="answer")


def _facts(start: date, persistent: bool, plans: PlanKnowledge) -> Facts:
    told: dict[str, str | float | date | tuple[str, ...]] = {
        "age": AGE, "pars_pattern": "no", "pregnancy_pelvic": "no", "equipment": EQUIPMENT,
        "onset": start, "how_it_began": "crept_up" if persistent else "moment", "leg_symptoms": "none",
        "provoked_by": "heavy_training", "night_rest_pain": "none", "pain_in_range": "only_pushed",
        "after_heavy_only": "no", "worse_with": ("none",),
    }  # fmt: skip
    # No invented lifter has a warning sign, and each has said so.
    told = {**dict.fromkeys(plans.known.gate_questions, "no"), **told}
    return Facts({name: Known(value=value, source="answer") for name, value in told.items()})


def _foundations(plans: PlanKnowledge) -> Foundations:
    return foundations(Facts({}), plans.known)

"""Response pattern: whether the back answers training like sore muscles, or as if it was irritated.

Two witnesses are heard. The answers go through a sorting rule: one sign of irritation is enough, and plain
soreness is called only when every such sign was denied. The diary is read after each usual or harder hinge and
squat session, against the person's own baseline and day-to-day swing, for single days say almost nothing. Where
the two differ the more careful call stands and both are said.

Taking an answer away never turns one pattern into another. A diary is a measurement, not an answer: it may
overrule what was remembered, and then that is said. This is a first version by rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, stdev

from liftback.facts.diary import Diary
from liftback.facts.evaluation import Trace, Truth, evaluate, unknown_leaves
from liftback.facts.values import Facts
from liftback.knowledge.conditions import AnyOf, Condition
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import (
    Reason,
    Said,
    questions_for,
    say,
    say_group,
    trace_reasons,
    unique,
)
from liftback.reasoning.votes import parameter_reasons, rule_reason
from liftback.training.log import Exposure

LIFTS = ("hinge", "squat")
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResponse:
    """What the diary shows from one session day on, until plain soreness would be gone or the next session.

    `call` is doms_like, irritated, no_rise, unclear (a rise whose end was not seen) or too_few_days. `peak` is
    the highest pain (0-10) and `peak_day` its day after the session; `days_to_baseline` is the first day from
    the peak on that was back to usual, None when not seen. `days_seen` counts the diary days in the window.
    """

    day: date
    pattern: str
    dose: float
    days_seen: int
    peak: float | None
    peak_day: int | None
    days_to_baseline: int | None
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The person's usual pain, day-to-day swing (standard deviation) and the rise that stands out from it.

    `rested` is False when sessions were so close that no quiet days were left: then the usual level is itself
    part response, a rise that stands out still counts, but its absence means nothing.
    """

    usual: float
    swing: float
    rise: float
    rested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePattern:
    """doms_like, irritated, none_found, or None for not enough to say.

    `how_sure` is likely (both witnesses agree), leaning or undecided. `from_answers` and `from_diary` are what
    each says alone. `set_aside` is true when leg signs make this sorting the wrong tool. `still_needed` says
    what a better answer needs.
    """

    value: str | None
    how_sure: str
    from_answers: str | None
    from_diary: str | None
    set_aside: bool
    sessions: tuple[SessionResponse, ...]
    baseline: Baseline | None
    still_needed: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What both witnesses said, before it is put together."""

    signs: Mapping[str, Trace]
    sessions: tuple[SessionResponse, ...]
    baseline: Baseline | None
    answers: str | None
    measured: str | None

    @property
    def telling(self) -> tuple[str, ...]:
        """The calls of the sessions with enough diary days."""
        return tuple(session.call for session in self.sessions if session.call != "too_few_days")


def response_pattern(
    facts: Facts, diary: Diary, exposures: tuple[Exposure, ...], knowledge: Knowledge
) -> ResponsePattern:
    """Hear answers and diary. `exposures` come from the training log, `diary` from the lifter; both may be empty."""
    pains = {entry.day: entry.pain for entry in diary.days if entry.pain is not None}
    heard = _hear(facts, pains, exposures, knowledge)
    value = _combine(heard)
    agree = value is not None and heard.answers == heard.measured
    return ResponsePattern(
        value=value,
        how_sure="likely" if agree else "leaning" if value else "undecided",
        from_answers=heard.answers,
        from_diary=heard.measured,
        set_aside=heard.signs["leg"].value is True,
        sessions=heard.sessions,
        baseline=heard.baseline,
        still_needed=_still_needed(heard, bool(pains), bool(exposures), facts, knowledge),
        because=_because(value, heard, facts, knowledge),
        undecided=() if value else _undecided(heard, knowledge),
        said=_said(value, heard, facts, knowledge),
    )


def _hear(facts: Facts, pains: Mapping[date, float], exposures: Sequence[Exposure], knowledge: Knowledge) -> _Heard:
    signs = {group: _signs(group, facts, knowledge) for group in ("irritated", "leg", "soreness", "quiet")}
    days = _session_days(pains, exposures, knowledge)
    baseline = _baseline(pains, days, knowledge)
    sessions = _sessions(pains, days, baseline, knowledge) if baseline else ()
    return _Heard(
        signs=signs,
        sessions=sessions,
        baseline=baseline,
        answers=_from_answers({name: trace.value for name, trace in signs.items()}),
        measured=_from_diary(sessions, baseline, knowledge),
    )


def _signs(name: str, facts: Facts, knowledge: Knowledge) -> Trace:
    """Whether any statement of a group of signs holds."""
    conditions: list[Condition] = [
        entry.when for entry in knowledge.group(f"response_pattern.{name}_signs") if entry.when is not None
    ]
    return evaluate(AnyOf(parts=tuple(conditions)), facts)


def _from_answers(signs: Mapping[str, Truth]) -> str | None:
    """The sorting rule. Anything but irritated needs every sign of irritation, and of the leg, denied."""
    if signs["irritated"] is True:
        return "irritated"
    if signs["irritated"] is None or signs["leg"] is not False:
        return None
    if signs["quiet"] is True:
        return "none_found"
    return "doms_like" if signs["soreness"] is True else None


def _combine(heard: _Heard) -> str | None:
    """The more careful of two calls; a milder one only when no sign of irritation can still turn up."""
    calls = (heard.answers, heard.measured)
    if "irritated" in calls:
        return "irritated"
    if heard.signs["irritated"].value is None or heard.signs["leg"].value is not False:
        return None
    return "doms_like" if "doms_like" in calls else heard.answers or heard.measured


def _session_days(
    pains: Mapping[date, float], exposures: Sequence[Exposure], knowledge: Knowledge
) -> dict[date, tuple[str, float]]:
    """Days within reach of the diary with the usual hinge and squat dose or more: their patterns and dose.

    Usual is the middle one of this lifter's own hinge and squat days in that time, so that a lifter who trains
    less for now is still heard.
    """
    if not pains:
        return {}
    first, last = min(pains) - timedelta(days=_gone_by(knowledge)), max(pains)
    per_day: dict[date, dict[str, float]] = {}
    for exposure in exposures:
        if exposure.pattern in LIFTS and first <= exposure.day <= last:
            doses = per_day.setdefault(exposure.day, {})
            doses[exposure.pattern] = doses.get(exposure.pattern, 0.0) + exposure.dose
    totals = {day: sum(doses.values()) for day, doses in sorted(per_day.items())}
    least = knowledge.number("response_pattern.session_dose") * median(totals.values()) if totals else 0.0
    return {day: (" and ".join(sorted(per_day[day])), dose) for day, dose in totals.items() if dose >= least}


def _baseline(pains: Mapping[date, float], days: Mapping[date, object], knowledge: Knowledge) -> Baseline | None:
    """Usual pain and swing, from days away from sessions where there are enough, else from all days."""
    if not pains:
        return None
    reach = timedelta(days=_gone_by(knowledge))
    away = [pain for day, pain in pains.items() if not any(start <= day <= start + reach for start in days)]
    rested = len(away) >= knowledge.number("response_pattern.baseline_days")
    # A swing measured over all days would hold the response itself, and so hide it.
    own = rested and len(away) >= knowledge.number("response_pattern.own_sd_days")
    swing = stdev(away) if own else knowledge.number("response_pattern.within_person_sd")
    rise = max(knowledge.number("response_pattern.rise_floor"), knowledge.number("response_pattern.rise_sds") * swing)
    usual = median(away if rested else pains.values())
    return Baseline(usual=usual, swing=swing, rise=rise, rested=rested)


def _gone_by(knowledge: Knowledge) -> int:
    """Days after a session by which plain soreness is gone."""
    return int(knowledge.number("response_pattern.doms_gone_by")) // HOURS_A_DAY


def _sessions(
    pains: Mapping[date, float], days: Mapping[date, tuple[str, float]], baseline: Baseline, knowledge: Knowledge
) -> tuple[SessionResponse, ...]:
    reach = _gone_by(knowledge)
    ends = {day: min(reach, (later - day).days - 1) for day, later in pairwise(days)}
    made = []
    for day, (pattern, dose) in days.items():
        window = range(ends.get(day, reach) + 1)
        seen = {n: pains[day + timedelta(days=n)] for n in window if day + timedelta(days=n) in pains}
        peak_day, back, call = _read(seen, baseline, knowledge)
        made.append(
            SessionResponse(
                day=day,
                pattern=pattern,
                dose=dose,
                days_seen=len(seen),
                peak=None if peak_day is None else seen[peak_day],
                peak_day=peak_day,
                days_to_baseline=back,
                call=call,
            )
        )
    return tuple(made)


def _read(seen: Mapping[int, float], baseline: Baseline, knowledge: Knowledge) -> tuple[int | None, int | None, str]:
    """The day of the peak, the first day from it on that was back to usual after a rise, and the call."""
    if not seen:
        return None, None, "too_few_days"
    peak_day = max(seen, key=lambda n: seen[n])
    if seen[peak_day] < baseline.usual + baseline.rise:
        return peak_day, None, _call(seen, None, None, knowledge)
    usual = baseline.usual + knowledge.number("response_pattern.back_margin")
    back = next((n for n, pain in seen.items() if n >= peak_day and pain <= usual), None)
    return peak_day, back, _call(seen, peak_day, back, knowledge)


def _call(seen: Mapping[int, float], risen_day: int | None, back: int | None, knowledge: Knowledge) -> str:
    """The call of one session; `risen_day` is the day of the peak where that was a rise at all."""
    if len(seen) < knowledge.number("response_pattern.days_per_session"):
        return "too_few_days"
    if risen_day is None:
        return "no_rise"
    if risen_day * HOURS_A_DAY > knowledge.number("response_pattern.doms_peak_by"):
        return "irritated"
    if back is not None:
        return "doms_like"
    return "irritated" if _gone_by(knowledge) in seen else "unclear"


def _from_diary(sessions: Sequence[SessionResponse], baseline: Baseline | None, knowledge: Knowledge) -> str | None:
    """The call that enough sessions share; the more careful one first. None when the diary says too little."""
    telling = [session.call for session in sessions if session.call != "too_few_days"]
    if len(telling) < knowledge.number("response_pattern.sessions_least"):
        return None
    share = knowledge.number("response_pattern.pattern_share") * len(telling)
    least = max(share, knowledge.number("response_pattern.repeats_least"))
    for call in ("irritated", "doms_like"):
        if telling.count(call) >= least:
            return call
    rested = baseline is not None and baseline.rested
    return "none_found" if rested and telling.count("no_rise") > share else None


def _counts(heard: _Heard) -> dict[str, str]:
    """The slots of what is said about the diary."""
    return {
        "sessions": str(len(heard.telling)),
        "doms": str(heard.telling.count("doms_like")),
        "irritated": str(heard.telling.count("irritated")),
        "unclear": str(heard.telling.count("unclear")),
        "quiet": str(heard.telling.count("no_rise")),
        "points": f"{heard.baseline.rise:.1f}" if heard.baseline else "",
    }


def _still_needed(
    heard: _Heard, diary_given: bool, log_given: bool, facts: Facts, knowledge: Knowledge
) -> tuple[Said, ...]:
    """What the diary needs to speak; nothing when it has enough and the sessions simply do not agree."""
    if heard.measured is not None:
        return ()
    name = {
        (True, True): "need_days",
        (True, False): "need_log",
        (False, True): "need_diary",
        (False, False): "need_both",
    }[diary_given, log_given]
    if len(heard.telling) >= knowledge.number("response_pattern.sessions_least"):
        if heard.baseline is None or heard.baseline.rested:
            return ()
        name = "need_quiet"
    spoken = say(knowledge.statements[f"response_pattern.{name}"], facts, knowledge, _counts(heard))
    return (spoken,) if spoken else ()


def _because(value: str | None, heard: _Heard, facts: Facts, knowledge: Knowledge) -> tuple[Reason, ...]:
    speaks_for = {"irritated": ["irritated"], "doms_like": ["soreness"], "none_found": ["quiet"]}
    groups = speaks_for.get(value or "", list(heard.signs))
    numbers = ["doms_peak_by", "doms_gone_by", "doms_pain_most"]
    diary: tuple[Reason, ...] = ()
    if heard.measured is not None:
        numbers += ["within_person_sd", "rise_floor", "rise_sds", "back_margin", "sessions_least", "pattern_share"]
        words = knowledge.statements[f"response_pattern.{heard.measured}_words"].text
        told = f"{words}, over {len(heard.telling)} sessions"
        diary = (Reason(kind="fact", id="diary", text="Pain diary after your sessions", value=told, source="diary"),)
    return unique(
        (
            *(reason for name in groups for reason in trace_reasons(heard.signs[name], facts, knowledge)),
            *diary,
            *parameter_reasons([f"response_pattern.{name}" for name in numbers], knowledge),
            *rule_reason("response_pattern.sorting_rule", facts, knowledge),
        )
    )


def _undecided(heard: _Heard, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that could still decide; none when the leg comes first or the answers fit no pattern."""
    if heard.signs["leg"].value is True and heard.signs["irritated"].value is False:
        return ()
    return questions_for((leaf for trace in heard.signs.values() for leaf in unknown_leaves(trace)), knowledge)


def _said(value: str | None, heard: _Heard, facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    groups = [f"response_pattern.{value or 'undecided'}"]
    if heard.signs["leg"].value is True:
        groups.append("response_pattern.set_aside")
    slots = _counts(heard)
    if heard.measured is not None:
        groups.append("response_pattern.diary")
    if None not in (heard.measured, heard.answers) and heard.answers != heard.measured:
        groups.append("response_pattern.disagree")
        slots["answers"] = knowledge.statements[f"response_pattern.{heard.answers}_words"].text
        slots["diary"] = knowledge.statements[f"response_pattern.{heard.measured}_words"].text
    return tuple(said for group in groups for said in say_group(group, facts, knowledge, slots))

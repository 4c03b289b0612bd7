"""The first days after a tweak: who gets steps, which step is now, what is said, and that the numbers keep a source."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.conditions import Is, Not
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.first_days import FIRST_SIGNS, FirstDays, Step, filled, first_days, first_hours, said_steps
from liftback.reasoning.response_pattern import HOURS_A_DAY

PLANS = plan_knowledge(load_knowledge())
KNOWN = PLANS.known
ADULT: dict[str, Any] = {
    "days_since_onset": 0.0, "how_it_began": "moment", "age": 30.0, "pregnancy_pelvic": "no", "pars_pattern": "no",
    "finding.sensitivities": (), "finding.category": "joint", "blood_thinner": "no",
}  # fmt: skip


def facts(**changes: Any) -> Facts:
    """An adult whose back went today, with changes; None takes a fact away, and a dot in a name is written __."""
    given = {**ADULT, **{name.replace("__", "."): value for name, value in changes.items()}}
    return Facts({name: Known(value=value) for name, value in given.items() if value is not None})


def days(level: Level = Level.self_manage, **changes: Any) -> FirstDays | None:
    return first_days(facts(**changes), triage_level=level, knowledge=PLANS)


def found(level: Level = Level.self_manage, **changes: Any) -> FirstDays:
    result = days(level, **changes)
    assert result is not None
    return result


def step_of(result: FirstDays, name: str) -> Step:
    return next(step for step in result.steps if step.id == name)


def texts(step: Step) -> str:
    return " ".join(one.text for one in (*step.do, *step.do_not, *step.seen_if, step.why))


# --- who gets steps ---

# what is different, whether there is a page of the first days
SHOWN: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"days_since_onset": 3.0}, True),
    ({"days_since_onset": 4.0}, False),
    ({"days_since_onset": -1.0}, False),
    ({"days_since_onset": None}, False),
    ({"how_it_began": None}, True),
    ({"how_it_began": "not_sure"}, True),
    ({"how_it_began": "after_training"}, False),
    ({"how_it_began": "crept_up"}, False),
    ({"how_it_began": "woke_with_it"}, False),
]


@pytest.mark.parametrize(("changes", "shown"), SHOWN)
def test_shown_in_the_first_days_after_a_moment(changes: dict[str, Any], shown: bool) -> None:
    assert (days(**changes) is not None) is shown


# level, what is different, what is said instead of any step
SEEN: list[tuple[Level, dict[str, Any], list[str]]] = [
    (Level.emergency, {}, ["seen_emergency"]),
    (Level.same_day, {}, ["seen_today"]),
    (Level.within_days, {}, ["seen_soon"]),
    (Level.emergency, {"age": 16.0}, ["seen_emergency"]),
    (Level.within_days, {"pregnancy_pelvic": "followed_usual"}, ["seen_soon"]),
    (Level.routine, {"age": 17.0}, ["seen_young"]),
    (Level.routine, {"pregnancy_pelvic": "followed_usual"}, ["seen_pregnant"]),
    (Level.self_manage, {"pregnancy_pelvic": "late_period_mild"}, ["seen_pregnant"]),
    (Level.routine, {"pars_pattern": "arching_weeks"}, ["seen_bone"]),
    (Level.self_manage, {"age": None}, ["open_age"]),
    (Level.self_manage, {"pregnancy_pelvic": None}, ["open_pregnancy"]),
    (Level.self_manage, {"pregnancy_pelvic": "not_sure"}, ["open_pregnancy"]),
    (Level.self_manage, {"age": None, "pregnancy_pelvic": None}, ["open_age", "open_pregnancy"]),
    # Nothing lowers a level that the facts hold already.
    (Level.self_manage, {"finding__triage": "emergency"}, ["seen_emergency"]),
]


@pytest.mark.parametrize(("level", "changes", "said"), SEEN)
def test_who_is_seen_first_gets_nothing_else(level: Level, changes: dict[str, Any], said: list[str]) -> None:
    result = found(level, **changes)
    assert [one.id for one in result.seen] == [f"plans.first_days_{name}" for name in said]
    assert (result.steps, result.headline, result.review, result.expects) == ((), (), (), ())


@pytest.mark.parametrize("level", [Level.self_manage, Level.routine])
def test_an_adult_without_a_sign_gets_the_steps(level: Level) -> None:
    result = found(level)
    assert result.seen == ()
    assert len(result.steps) == len(PLANS.timed["first_days"])


@pytest.mark.parametrize("name", ["age", "pregnancy_pelvic", "pars_pattern", "how_it_began", "finding.sensitivities"])
@pytest.mark.parametrize("level", [Level.within_days, Level.same_day, Level.emergency])
def test_a_fact_taken_away_gives_no_step(name: str, level: Level) -> None:
    assert found(level, **{name.replace(".", "__"): None}).steps == ()


# --- the steps ---


def test_the_steps_cover_the_first_days_without_gap_or_overlap() -> None:
    steps = PLANS.timed["first_days"]
    assert steps[0].from_hours == 0
    assert steps[-1].to_hours == KNOWN.number("seven_answers.first_days") * HOURS_A_DAY
    assert all(one.to_hours == other.from_hours for one, other in itertools.pairwise(steps))
    assert all(step.from_hours < step.to_hours for step in steps)


NOW = [
    (0.0, ["first_hour", "next_hours", "first_evening", "first_night"]),
    (1.0, ["first_night", "next_morning", "next_day"]),
    (2.0, ["second_day"]),
    (3.0, ["third_day"]),
]


@pytest.mark.parametrize(("day", "expected"), NOW)
def test_the_steps_of_today_are_now(day: float, expected: list[str]) -> None:
    result = found(days_since_onset=day)
    assert [step.id for step in result.steps if step.now] == expected
    assert result.review_now is (day == 3.0)


# parameter of answer two -> the step that shows it
SHARED = {
    "first_walk": "first_hour", "first_walk_every": "first_hour", "position_change": "next_hours",
    "no_alcohol": "first_evening", "morning_wait": "next_morning", "walks_a_day": "next_day",
    "walk_minutes": "next_day", "unaffected_effort": "second_day", "test_set_drop": "third_day",
    "test_set_pain": "third_day",
}  # fmt: skip


@pytest.mark.parametrize(("parameter", "step"), SHARED.items())
def test_the_steps_agree_with_answer_two(parameter: str, step: str) -> None:
    told = " ".join(one.text for one in KNOWN.group("seven_answers.two_first_days"))
    assert f"{{seven_answers.{parameter}}}" in told
    reasons = {reason.id: reason for reason in step_of(found(), step).because}
    assert reasons[f"seven_answers.{parameter}"].value in texts(step_of(found(), step))


def test_answer_two_shows_no_number_that_the_steps_leave_out() -> None:
    numbers = re.findall(
        r"\{(seven_answers\.\w+)\}", " ".join(s.text for s in KNOWN.group("seven_answers.two_first_days"))
    )
    result = found()
    shown = {reason.id for reason in result.because} | {r.id for one in result.review for r in one.because}
    assert set(numbers) <= shown


@pytest.mark.parametrize("name", ["first_days", "flare"])
def test_no_step_types_a_number(name: str) -> None:
    lines = [t for step in PLANS.timed[name] for t in (step.name, step.why, *step.do, *step.do_not, *step.seen_if)]
    assert [line for line in lines if re.search(r"\d", re.sub(r"\{[^}]*\}", "", line))] == []


def test_every_step_says_what_to_do_what_not_and_when_to_be_seen() -> None:
    for step in found().steps:
        assert step.do
        assert step.do_not
        assert step.seen_if
        assert step.why.text
        assert all(one.text.startswith("Do not") for one in step.do_not)
        assert "Get help now" in step.seen_if[0].text
        assert all(one.sources for one in (*step.do_not, *step.seen_if, step.why))


def test_no_placeholder_is_left() -> None:
    assert "{" not in " ".join(texts(step) for step in found().steps)


def test_a_filled_text_names_its_sources() -> None:
    text, because = filled("Walk {seven_answers.first_walk}.", KNOWN)
    assert text == "Walk 2–5 minutes."
    assert [(reason.id, reason.certainty) for reason in because] == [("seven_answers.first_walk", "design_default")]
    with pytest.raises(KeyError):
        filled("{seven_answers.no_such_number}", KNOWN)


# --- what fits this lifter ---

# sensitivities, category, what else is different, which direction is named
DIRECTIONS: list[tuple[Any, str | None, dict[str, Any], str]] = [
    (("flexion",), "joint", {}, "arch"),
    (("flexion",), "joint", {"pars_pattern": None}, "open"),
    (("extension",), "joint", {}, "curl"),
    (("flexion", "extension"), "joint", {}, "open"),
    (("load",), "joint", {}, "open"),
    ((), "joint", {}, "open"),
    (None, None, {}, "open"),
    (("nerve", "flexion"), "joint", {}, "nerve"),
    (("extension", "nerve"), None, {}, "nerve"),
    ((), "nerve", {}, "nerve"),
    (("flexion",), "nerve", {}, "nerve"),
]


@pytest.mark.parametrize(("spared", "category", "changes", "expected"), DIRECTIONS)
def test_the_direction_that_relieves(spared: Any, category: str | None, changes: dict[str, Any], expected: str) -> None:
    result = found(finding__sensitivities=spared, finding__category=category, **changes)
    ids = {one.id for one in step_of(result, "next_hours").do if one.id.startswith("plans.")}
    assert ids == {f"plans.first_days_direction_{expected}"}


@pytest.mark.parametrize(("spared", "named"), [(("nerve",), "nerve"), (("flexion",), "light"), (None, "light")])
def test_no_test_set_with_signs_in_a_leg(spared: Any, named: str) -> None:
    third = step_of(found(finding__sensitivities=spared), "third_day")
    assert third.do[0].id == f"plans.first_days_test_{named}"
    assert "leg" in third.do[0].text


@pytest.mark.parametrize(("thinner", "expected"), [("no", "ask"), (None, "ask"), ("thinner_mild", "thinner")])
def test_words_on_pills_say_who_must_not(thinner: str | None, expected: str) -> None:
    said = next(one for one in step_of(found(blood_thinner=thinner), "first_evening").do if "pills" in one.id)
    assert said.id == f"plans.first_days_pills_{expected}"
    assert "harmacist" in said.text
    assert "blood thinner" in said.text
    for barred in ("stomach", "kidney", "heart", "pregnant", "asthma") if expected == "ask" else ():
        assert barred in said.text


def test_how_it_began_is_asked_while_it_is_not_told() -> None:
    assert "how_it_began" in found(how_it_began=None).undecided
    assert [one.id for one in found(how_it_began=None).headline][1:] == ["plans.first_days_if_moment"]
    assert found().undecided == ()
    assert len(found().headline) == 1


def test_the_review_begins_with_the_signs() -> None:
    assert [one.id.removeprefix("plans.first_days_review_") for one in found().review] == [
        "signs", "worse", "flat", "falling",
    ]  # fmt: skip


def test_what_to_expect_shows_published_numbers_only() -> None:
    expects = found().expects
    assert expects
    assert {reason.certainty for one in expects for reason in one.because} == {"published"}
    assert all(one.sources and one.kind == "evidence" for one in expects)


# --- it happened just now ---


def test_just_now_begins_with_the_signs_and_whom_to_call() -> None:
    hours = first_hours(PLANS)
    assert [one.id for one in hours.signs] == list(FIRST_SIGNS)
    assert {"bladder_change", "saddle_numbness", "both_legs", "leg_weakness", "trauma"} <= set(FIRST_SIGNS)
    assert set(FIRST_SIGNS) <= set(KNOWN.gate_questions)
    assert "emergency number" in hours.call[0].text
    assert [step.id for step in hours.steps] == ["first_hour", "next_hours"]
    assert [step.now for step in hours.steps] == [True, False]


def test_just_now_names_no_direction_and_no_pill() -> None:
    lines = {one.id for step in first_hours(PLANS).steps for one in step.do}
    assert "plans.first_days_direction_open" in lines
    assert not any("pills" in line for line in lines)


def test_a_step_that_does_not_surely_hold_is_left_out() -> None:
    steps = PLANS.timed["first_days"]
    not_a_moment = Not(part=Is(fact="how_it_began", choices=frozenset({"moment"})))
    plans = replace(PLANS, timed={"first_days": (replace(steps[0], when=not_a_moment), *steps[1:])})
    for told in (facts(), facts(how_it_began=None)):
        assert [one.id for one in said_steps("first_days", told, plans, now=(0, 1))] == [one.id for one in steps[1:]]

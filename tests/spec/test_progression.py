"""How one exposure is judged and what follows: tables that a therapist can read. Blanks are rows too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.parts import Rung, Track, Usual, UsualScore
from liftback.plans.progression import judge, move_of, moved
from liftback.plans.record import Done

PLANS = plan_knowledge(load_knowledge())
DAY = date(2026, 11, 25)
CALM = {
    "pain_during": 1, "pain_after": 1, "pain_next_morning": 1, "how_it_felt": ("none",), "leg_after": "no",
    "settled": "at_once",
}  # fmt: skip
UNLOADED = Rung(
    exercise="dowel_hinge", name="Dowel hinge", level=1, back_load=2, start=Dose(sets=2, reps=8),
    top=Dose(sets=3, reps=10),
)  # fmt: skip
LIGHT = Rung(
    exercise="block_pull", name="Block pull", level=3, back_load=6, start=Dose(sets=3, reps=5, share=0.4),
    top=Dose(sets=3, reps=5, share=0.6), loaded=True,
)  # fmt: skip
HEAVY = Rung(
    exercise="", name="Deadlift", level=5, back_load=8, start=Dose(sets=2, reps=5, share=0.8),
    top=Dose(sets=3, reps=5, share=0.9), loaded=True, own=True,
)  # fmt: skip


def lift(rung: int = 1, dose: Dose | None = None, **more: Any) -> Track:
    path = (UNLOADED, LIGHT, HEAVY)
    usual = Usual(sets=3, reps=5, weight=180, unit="kg", weekdays=(0,), single=200)
    return Track(
        lift="Deadlift", kind="lift", pattern="hinge", back_load=8, spared=(), decision="swapped",
        rule="moderate_heavy", usual=usual, path=path, rung=rung, dose=dose or path[rung].start,
        state=more.pop("state", "building"), **more,
    )  # fmt: skip


def once(score: float | None) -> UsualScore | None:
    return None if score is None else UsualScore(score=score, recent=False)


def done(**told: Any) -> Done:
    known = {name: Known(value=value) for name, value in {**CALM, **told}.items() if value is not None}
    return Done(day=DAY, lift="Deadlift", told=Facts(known))


def light(track: Track | None = None, *, strict: bool = False, usual: float | None = 1, **told: Any) -> str | None:
    return judge(done(**told), track or lift(), strict=strict, usual=once(usual), plans=PLANS).light


# What was told -> the light of a loaded lift, with a usual of 1.
LIGHTS = [
    ({}, "green"),
    ({"pain_during": 2}, "green"),
    ({"pain_during": 3}, "amber"),
    ({"pain_during": 4}, "amber"),
    ({"pain_during": 5}, "red"),
    ({"pain_during": 0, "how_it_felt": ("sharp",)}, "red"),
    ({"pain_during": 0, "how_it_felt": ("rising",)}, "red"),
    ({"how_it_felt": ("lost_range",)}, "red"),
    ({"leg_after": "further"}, "red"),
    ({"leg_after": "numb_or_weak"}, "red"),
    ({"leg_after": "as_before"}, "green"),
    ({"pain_after": 2}, "green"),  # a point more, at two or less, is what a rating wavers by
    ({"pain_after": 3}, "amber"),
    ({"pain_after": 3, "settled": "same_day"}, "amber"),
    ({"pain_after": 5}, "red"),
    ({"pain_next_morning": 2}, "green"),
    ({"pain_next_morning": 3}, "red"),
    ({"settled": "two_days"}, "amber"),
    ({"settled": "not_yet"}, "amber"),
    ({"settled": "longer"}, "amber"),
    # What is not told is never calm.
    ({"pain_during": None}, None),
    ({"pain_next_morning": None}, None),
    ({"leg_after": None}, None),
    ({"how_it_felt": None}, None),
    ({"pain_after": None}, None),
    ({"settled": None}, "green"),  # the three scores tell it
    # And what is told is red whatever else is missing.
    ({"pain_during": 6, "pain_next_morning": None, "leg_after": None}, "red"),
]


@pytest.mark.parametrize(("told", "expected"), LIGHTS)
def test_the_light_of_an_exposure(told: dict[str, Any], expected: str | None) -> None:
    assert light(**told) == expected


@pytest.mark.parametrize(
    ("usual", "before", "morning", "expected"),
    [
        (3, None, 3, "green"),
        (3, None, 4, "amber"),
        (3, None, 5, "red"),
        (0, None, 2, "amber"),  # two more, but still in the green: it is looked at, not answered as a red
        # A usual that has become too high calls no rise none: the lower of the two counts.
        (5, 1, 3, "red"),
        (1, 4, 3, "red"),
        (None, 2, 2, "green"),
        (None, None, 1, None),
    ],
)
def test_a_rise_is_measured_against_the_own_baseline(
    usual: float | None, before: float | None, morning: float, expected: str | None
) -> None:
    told: dict[str, Any] = {"pain_before": before, "pain_next_morning": morning, "pain_after": 0}
    assert light(usual=usual, **told) == expected


@pytest.mark.parametrize(("pain", "expected"), [(2, "green"), (3, "red"), (4, "red")])
def test_a_touchy_back_or_a_leg_takes_no_amber(pain: int, expected: str) -> None:
    assert light(strict=True, pain_during=pain) == expected


@pytest.mark.parametrize(("during", "expected"), [(4, "green"), (5, "amber"), (6, "red")])
def test_work_without_a_weight_is_judged_by_the_rise(during: int, expected: str) -> None:
    told = {"pain_during": during, "pain_after": 4, "pain_next_morning": 4}
    assert light(lift(rung=0), usual=4, strict=True, **told) == expected


# Told, and whether the one before was repeated too -> the action.
ACTIONS = [
    ({}, False, "up"),
    ({"pain_during": 3}, False, "repeat"),
    ({"pain_during": 3}, True, "up"),
    ({"pain_during": 3, "pain_next_morning": 2, "settled": "same_day"}, True, "repeat"),
    ({"pain_during": 3, "settled": "two_days"}, True, "ease"),
    ({"pain_during": 3, "settled": "longer"}, True, "lighter"),
    ({"pain_during": 3, "settled": None}, False, "repeat"),
    ({"pain_during": 3, "settled": None, "pain_next_morning": None}, False, "ease"),
    ({"pain_during": 6, "settled": "same_day"}, False, "lighter"),
    ({"pain_during": 6, "settled": "two_days"}, False, "lighter"),
    ({"pain_during": 6, "settled": "not_yet"}, False, "rung_down"),
    ({"pain_during": 6, "settled": None}, False, "rung_down"),
    ({"pain_during": 6, "settled": "longer"}, False, "first_rung"),
    ({"leg_after": "further"}, False, "first_rung"),
    ({"leg_after": "numb_or_weak", "pain_during": 0}, False, "stop"),
    ({"pain_next_morning": None}, False, "repeat"),
]


@pytest.mark.parametrize(("told", "repeated", "expected"), ACTIONS)
def test_what_follows_from_an_exposure(told: dict[str, Any], repeated: bool, expected: str) -> None:
    track = lift(repeats=int(repeated))
    assert judge(done(**told), track, strict=False, usual=once(1), plans=PLANS).action == expected


def test_every_verdict_has_its_reasons() -> None:
    verdict = judge(done(pain_during=6), lift(), strict=False, usual=once(1), plans=PLANS)
    assert [one.text for one in verdict.why] == [
        "Pain during the lift was in the red.",
        "It was red and settled within two days, so the next one is clearly lighter.",
    ]
    assert {one.id for one in verdict.because} >= {"pain_during", "plans.light_red_least", "settled"}


# The lift before, the action, green -> rung, share, sets of the next exposure.
TOP = Dose(sets=3, reps=5, share=0.6)
NEXT = [
    (lift(), "up", "green", (1, 0.5, 3)),
    (lift(dose=replace(LIGHT.start, share=0.5)), "up", "green", (1, 0.6, 3)),
    (lift(dose=TOP, clean=1), "up", "green", (1, 0.6, 3)),
    (lift(dose=TOP, clean=2), "up", "green", (2, 0.8, 3)),  # with the sets that were done already
    (lift(dose=TOP, clean=2), "up", "amber", (2, 0.8, 3)),  # amber twice and gone by morning is one clean one
    (lift(dose=TOP, clean=2), "repeat", "amber", (1, 0.6, 3)),
    (lift(dose=TOP), "ease", "red", (1, 0.54, 3)),
    (lift(dose=TOP), "lighter", "red", (1, 0.45, 3)),
    (lift(dose=replace(TOP, share=0.35)), "lighter", "red", (0, None, 2)),  # too light to cut: the rung below
    (lift(rung=2), "rung_down", "red", (1, 0.4, 3)),
    (lift(rung=2), "first_rung", "red", (0, None, 2)),
    (lift(rung=0), "rung_down", "red", (0, None, 1)),  # no rung below: a set goes
    (lift(rung=2, dose=Dose(sets=2, reps=5, share=0.8)), "up", "green", (2, 0.8, 3)),  # sets before load
    (lift(rung=2, dose=Dose(sets=3, reps=5, share=0.8)), "up", "green", (2, 0.85, 3)),  # small steps when heavy
]


@pytest.mark.parametrize(("before", "action", "light", "expected"), NEXT)
def test_the_next_dose(before: Track, action: str, light: str, expected: tuple[int, float | None, int]) -> None:
    after = moved(before, action, DAY, PLANS, light=light)
    assert (after.rung, after.dose.share, after.dose.sets) == expected


def test_the_load_goes_up_once_a_week() -> None:
    once = moved(lift(), "up", DAY, PLANS, light="green")
    again = moved(once, "up", date(2026, 11, 28), PLANS, light="green")
    week_on = moved(again, "up", date(2026, 12, 2), PLANS, light="green")
    assert [one.dose.share for one in (once, again, week_on)] == [0.5, 0.5, 0.6]


@pytest.mark.parametrize(("rung", "needed"), [(0, 2), (1, 3)])
def test_a_rung_is_left_after_clean_ones_in_a_row(rung: int, needed: int) -> None:
    track = lift(rung=rung, dose=lift().path[rung].top)
    for _ in range(needed - 1):
        track = moved(track, "up", DAY, PLANS, light="green")
    assert track.rung == rung
    assert moved(track, "up", DAY, PLANS, light="green").rung == rung + 1
    broken = moved(track, "repeat", DAY, PLANS)  # too little told
    assert moved(broken, "up", DAY, PLANS, light="green").rung == rung
    held = moved(track, "repeat", DAY, PLANS, light="amber")
    assert moved(held, "up", DAY, PLANS, light="green").rung == rung + 1


def test_what_a_red_took_off_is_rebuilt_without_waiting_for_the_week() -> None:
    red = moved(lift(dose=TOP, raised_on=DAY), "lighter", DAY, PLANS)
    once = moved(red, "up", date(2026, 11, 27), PLANS, light="green")
    twice = moved(once, "up", date(2026, 11, 29), PLANS, light="green")
    assert [one.dose.share for one in (red, once, twice)] == [0.45, 0.55, 0.6]


@pytest.mark.parametrize(("rung", "expected"), [(HEAVY, "red"), (replace(HEAVY, back_load=2), "green")])
def test_a_bad_morning_is_laid_on_lifts_that_ask_something_of_the_back(rung: Rung, expected: str) -> None:
    track = replace(lift(), path=(rung,), rung=0)
    assert light(track, pain_next_morning=6, settled="two_days") == expected


def test_the_last_rung_done_cleanly_is_back() -> None:
    track = lift(rung=2, dose=HEAVY.top, clean=2)
    assert moved(track, "up", DAY, PLANS, light="green").state == "back"


def test_a_lift_that_waited_keeps_its_rung_and_is_lighter() -> None:
    track = replace(lift(rung=2, dose=HEAVY.top), last=DAY)
    parked = moved(track, "park", DAY, PLANS)
    assert (parked.state, parked.rung, parked.dose) == ("waiting", 2, HEAVY.top)
    opened = moved(parked, "open", DAY, PLANS)
    assert (opened.state, opened.rung, opened.dose.share) == ("building", 2, 0.675)


EXPOSED = ("up", "repeat", "ease", "lighter", "rung_down", "first_rung", "stop")
MOVING = ("building", "repeating", "stepped_back", "restarted", "back")


@pytest.mark.parametrize(("state", "action"), list(product(MOVING, (*EXPOSED, "park"))))
def test_every_state_knows_every_action_with_its_reason(state: str, action: str) -> None:
    assert move_of(state, action, PLANS).why


def test_every_move_is_written_once_and_every_state_is_reached() -> None:
    keys = [(move.state, move.action) for move in PLANS.moves]
    assert len(keys) == len(set(keys))
    assert {move.to for move in PLANS.moves} == set(PLANS.states)


@pytest.mark.parametrize("state", list(PLANS.states))
def test_nothing_leaves_stopped_but_the_warning_signs_gone_through(state: str) -> None:
    leaving = [move.action for move in PLANS.moves if move.state == "stopped" and move.to != "stopped"]
    assert leaving == ["asked"]
    if state != "stopped":
        assert move_of(state, "stop", PLANS).to == "stopped"

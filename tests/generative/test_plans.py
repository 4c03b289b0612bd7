"""What must never happen under a plan, over long random histories: more load than the rung's cap, a red answered by a
raise, a fact taken away that makes a step up, anything lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftback import operations
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.doses import same_or_less
from liftback.plans.loads import Plates, loadable, plates_of
from liftback.plans.parts import Plan, Track, UsualScore
from liftback.plans.progression import judge, moved, takes
from liftback.plans.record import Done
from liftback.plans.sorting import LIFT

PLANS = plan_knowledge(load_knowledge())
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BEGUN = date(2026, 11, 23)
STEPS = 12_000
MEASURES = [f.name for f in fields(Dose)]
SCORES = [None, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10]
USUAL_SCORES = [None, *(UsualScore(score=score, recent=recent) for score in (0, 2, 5) for recent in (False, True))]
CHOICES = {
    name: [None, *PLANS.known.questions[name].choice_ids] for name in ("how_it_felt", "leg_after", "settled")
}  # fmt: skip


@cache
def sample_plan() -> Plan:
    story = operations.read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=BEGUN)
    log = operations.import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=BEGUN)
    return operations.make_plan(story=story, log=log, today=BEGUN)


def exposure(track: Track, day: date, chance: Random) -> Done:
    """An exposure with anything told or left out; half of them calm, so that histories climb too."""
    if chance.random() < 0.6:
        told: dict[str, object] = {"pain_during": 1, "pain_after": 1, "pain_next_morning": 1, "settled": "at_once"}
        told |= {"how_it_felt": ("none",), "leg_after": "no"}
    else:
        told = {name: chance.choice(SCORES) for name in ("pain_during", "pain_after", "pain_next_morning")}
        told |= {name: chance.choice(choices) for name, choices in CHOICES.items() if name != "leg_after"}
        told["leg_after"] = chance.choice(["no", "no", "no", "no", None, "as_before", "further", "numb_or_weak"])
        if told["how_it_felt"] is not None:
            told["how_it_felt"] = (told["how_it_felt"],)
    known = {name: Known(value=value) for name, value in told.items() if value not in (None, "not_sure")}  # type: ignore[arg-type]
    return Done(day=day, lift=track.lift, told=Facts(known))


def history(steps: int, seed: int) -> Iterator[tuple[Track, Done, str, str | None, Track]]:
    """A long history: each step is the lift before, what was done, the action, the light, and the lift after."""
    chance = Random(seed)  # noqa: S311 - a history that can be told again
    tracks = [track for track in sample_plan().tracks if track.path]
    day = BEGUN
    for _ in range(steps):
        day += timedelta(days=chance.randint(0, 3))
        place = chance.randrange(len(tracks))
        before = tracks[place]
        if not takes(before):
            tracks[place] = moved(before, "asked" if before.state == "stopped" else "open", day, PLANS)
            continue
        if chance.random() < 0.02:
            tracks[place] = moved(before, "park", day, PLANS)
            continue
        done = exposure(before, day, chance)
        strict = chance.random() < 0.2
        verdict = judge(done, before, strict=strict, usual=chance.choice(USUAL_SCORES), plans=PLANS)
        after = moved(before, verdict.action, day, PLANS, light=verdict.light)
        tracks[place] = after
        yield before, done, verdict.action, verdict.light, after


def test_a_long_random_history_never_breaks_a_rule() -> None:
    seen: dict[str, int] = {}
    for before, _done, action, light, after in history(STEPS, seed=5):
        seen[action] = seen.get(action, 0) + 1
        rung = after.path[after.rung]
        assert same_or_less(after.dose, rung.top), "never more than the rung's cap"
        assert after.path == before.path, "the way back is never lost"
        if light != "green" and action != "up":
            assert after.rung <= before.rung
        if light == "red":
            assert action in ("lighter", "rung_down", "first_rung", "stop")
            assert after.rung < before.rung or same_or_less(after.dose, before.dose), (
                "a red is never answered by a raise"
            )
        if after.rung == before.rung and action == "up":
            raised = [m for m in MEASURES if getattr(after.dose, m) != getattr(before.dose, m)]
            assert len(raised) <= 1, "one thing at a time"
            assert after.rung - before.rung <= 1
    assert sum(seen.values()) >= 10_000
    assert set(seen) >= {"up", "repeat", "ease", "lighter", "rung_down", "first_rung", "stop"}


def test_the_load_of_a_lift_never_goes_up_twice_within_the_week() -> None:
    last: dict[str, tuple[date, float]] = {}
    least = timedelta(days=PLANS.number("load_step_days"))
    raises = 0
    for before, done, _action, _light, after in history(STEPS, seed=9):
        shares = before.dose.share, after.dose.share
        rebuilt = before.reached is not None and before.dose.share is not None and before.dose.share < before.reached
        same_rung = before.rung == after.rung and not rebuilt  # what a red took off is rebuilt step by step
        if same_rung and shares[0] is not None and shares[1] is not None and shares[1] > shares[0]:
            raises += 1
            if before.lift in last and last[before.lift][0] < done.day:
                assert done.day - last[before.lift][0] >= least
            last[before.lift] = (done.day, shares[1])
    assert raises > 10


TOLD = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.integers(0, 10) for name in ("pain_during", "pain_after", "pain_next_morning", "pain_before")},
        "how_it_felt": st.sampled_from([("none",), ("sharp",), ("rising", "lost_range")]),
        "leg_after": st.sampled_from(["no", "as_before", "further", "numb_or_weak"]),
        "settled": st.sampled_from(["at_once", "same_day", "two_days", "longer", "not_yet"]),
    },
)


def usual_morning(told: dict[str, object], usual: UsualScore | None) -> bool:
    """Whether the next morning was no worse than what it is measured from."""
    morning, before = told.get("pain_next_morning"), told.get("pain_before")
    scores = [usual.score] if usual is not None else []
    if isinstance(before, int) and not (usual is not None and usual.recent):
        scores.append(float(before))
    return isinstance(morning, int) and bool(scores) and morning - min(scores) < PLANS.number("light_rise")


@given(told=TOLD, strict=st.booleans(), usual=st.sampled_from(USUAL_SCORES), data=st.data())
def test_a_fact_taken_away_never_makes_a_step_up(
    told: dict[str, object], strict: bool, usual: UsualScore | None, data: st.DataObject
) -> None:
    track = next(one for one in sample_plan().tracks if one.kind == LIFT and len(one.path) > 2)
    track = replace(track, repeats=data.draw(st.integers(0, 1)), rung=data.draw(st.integers(0, len(track.path) - 1)))
    facts = Facts({name: Known(value=value) for name, value in told.items()})  # type: ignore[arg-type]
    done = Done(day=BEGUN, lift=track.lift, told=facts)
    whole = judge(done, track, strict=strict, usual=usual, plans=PLANS)
    for name in facts:
        # Without the score before, the usual of the diary alone stands: that may be the higher one.
        if name == "pain_before":
            continue
        # A morning no worse than the usual one says itself that it settled: "later" beside it contradicts it.
        if name == "settled" and usual_morning(told, usual):
            continue
        less = judge(replace(done, told=facts.without(name)), track, strict=strict, usual=usual, plans=PLANS)
        if less.action == "up":
            assert whole.action == "up", f"without {name}"


# --- slow, obvious twins ---------------------------------------------------------------------------------------------


def every_load(plates: Plates, most: float) -> set[float]:
    """Every weight that the bar and pairs of plates make, up to a limit, by trying."""
    found, fresh = {plates.bar}, {plates.bar}
    while fresh:
        fresh = {
            round(one + 2 * plate, 3) for one in fresh for plate in plates.plates if one + 2 * plate <= most
        } - found
        found |= fresh
    return found


@given(wanted=st.floats(0, 120), kind=st.sampled_from(["kg", "kg_light", "lb", "dumbbell"]))
def test_a_load_is_the_heaviest_that_can_be_put_together(wanted: float, kind: str) -> None:
    plates = {
        "kg": Plates(unit="kg", bar=20, plates=(25, 20, 15, 10, 5, 2.5, 1.25)),
        "kg_light": Plates(unit="kg", bar=15, plates=(10, 5, 2.5)),
        "lb": Plates(unit="lb", bar=45, plates=(45, 25, 10, 5, 2.5)),
        "dumbbell": Plates(unit="kg", bar=0, plates=(1,), pieces=False),
    }[kind]
    possible = {one for one in every_load(plates, 125) if one <= wanted + 1e-9} - {0}
    load = loadable(wanted, 100, plates)
    assert (load.weight if load else None) == (max(possible) if possible else None)
    if load is not None and load.made_of:
        hung = [float(one) for one in re.findall(r"[\d.]+", load.made_of.partition(",")[2])]
        assert load.weight == pytest.approx(plates.bar + 2 * sum(hung)), load.made_of


@pytest.mark.parametrize(
    ("unit", "smallest"), [("kg", 2), ("kg", 0.5), ("kg", 1.25), ("kg", 3), ("lb", 2.5), ("lb", 5)]
)
def test_whatever_the_smallest_plate_the_bar_holds_what_is_said(unit: str, smallest: float) -> None:
    told = {"plate_unit": unit, "smallest_plate": smallest}
    plates = plates_of(Facts({name: Known(value=value) for name, value in told.items()}), "kg", PLANS)  # type: ignore[arg-type]
    for wanted in range(int(plates.bar), 200, 7):
        load = loadable(wanted, 200, plates)
        assert load is not None
        hung = [float(one) for one in re.findall(r"[\d.]+", load.made_of.partition(",")[2])]
        assert load.weight == pytest.approx(plates.bar + 2 * sum(hung)), load.made_of


@pytest.mark.parametrize("seed", range(3))
def test_the_same_history_gives_the_same_plan(seed: int) -> None:
    assert list(history(300, seed)) == list(history(300, seed))

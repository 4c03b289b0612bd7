"""The exercise library: every entry complete, consistent with the list of lifts, and said kindly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

import pytest

from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import POSITIONS, Dose, LadderedExercise, Swap
from liftback.knowledge.plans import demonstrations, plan_knowledge

LIFTS = {lift.id: lift for lift in load_knowledge().exercises}
PLANS = plan_knowledge(load_knowledge())
EXERCISES = PLANS.exercises
SWAPS = PLANS.swaps

EQUIPMENT = {
    "barbell", "bench", "dumbbells", "kettlebells", "bands", "cables", "machines", "trap_bar", "safety_bar",
    "belt_squat", "back_extension", "bike", "sled", "landmine", "box", "straps", "pullup_bar",
}  # fmt: skip
GARAGE = {"barbell", "dumbbells", "bench", "box", "kettlebells"}
HAND_WEIGHTS = {"dumbbells", "kettlebells"}
BARS = {"barbell", "trap_bar", "safety_bar"}
RUNGS_IN_ORDER = [
    ("dowel_hinge", "pull_through", "dumbbell_romanian_deadlift", "conventional_deadlift_block",
     "conventional_deadlift", "conventional_deadlift_heavy", "clean_pull"),
    ("sit_to_stand", "goblet_squat", "front_squat", "high_bar_squat", "low_bar_squat", "low_bar_squat_heavy"),
    ("chest_supported_row", "inverted_row", "bent_over_row"),
    ("floor_press", "feet_up_bench_press", "bench_press"),
    ("half_kneel_landmine_press", "seated_press", "standing_press"),
    ("farmer_carry", "suitcase_carry"),
]  # fmt: skip
# What the ladders and the substitutions promise to be there.
LEVELS = {
    "walking": (0, 4), "prone_on_elbows": (0, 1), "dead_bug": (1, 2), "side_plank_feet": (2, 3), "stir_the_pot": (4, 4),
    "hip_thrust": (2, 4), "trap_bar_deadlift_high": (3, 4), "conventional_deadlift": (4, 5), "good_morning": (5, 5),
    "leg_press": (2, 4), "rear_foot_elevated_split_squat": (3, 4), "low_bar_squat": (5, 5), "farmer_carry": (3, 4),
    "chest_supported_row": (1, 4), "standing_press": (4, 5), "upright_bike": (1, 1),
}  # fmt: skip
BANNED = re.compile(
    r"\b(damag\w*|slipped|slips? a disc|worn|crumbl\w*|never again|torn|tear|ruptur\w*|broken|degenerat\w*|bone on bone"
    r"|out of place|wreck\w*|crippl\w*|dangerous|danger|unsafe|bulg(?:e|es|ed|ing)|hernia\w*|discs?"
    r"|facets?|unstable|weak core|guarantee\w*|cure[sd]?|no pain,? no gain|push through (?:it|the pain))\b",
    re.IGNORECASE,
)


def each() -> list[LadderedExercise]:
    return list(EXERCISES.values())


def texts(exercise: LadderedExercise) -> Iterator[str]:
    yield from (exercise.name, exercise.entry, exercise.exit, exercise.note, exercise.back_load_locator)
    yield from (*exercise.cues, *exercise.faults, *exercise.aliases)


def measures(dose: Dose) -> dict[str, float]:
    return {f.name: getattr(dose, f.name) for f in fields(Dose) if getattr(dose, f.name) is not None}


def test_there_are_enough_and_each_is_on_a_ladder() -> None:
    assert len(EXERCISES) >= 75
    assert set(PLANS.ladders) == {
        "settle", "trunk", "hinge", "squat", "row", "press", "overhead", "carry", "conditioning",
    }  # fmt: skip
    assert {exercise.ladder for exercise in each()} == set(PLANS.ladders)


def test_each_is_said_in_full() -> None:
    for exercise in each():
        assert 2 <= len(exercise.cues) <= 4, exercise.id
        assert 2 <= len(exercise.faults) <= 3, exercise.id
        assert all(": " in fault for fault in exercise.faults), f"{exercise.id}: a fault says what to do instead"
        assert all((exercise.tempo, exercise.entry, exercise.exit, exercise.back_load_locator.strip())), exercise.id
        assert all(text.endswith(".") for text in (*exercise.cues, *exercise.faults)), exercise.id
        assert exercise.entry.endswith("."), exercise.id
        assert exercise.exit.endswith("."), exercise.id


def test_what_is_spared_is_not_what_suits() -> None:
    assert [exercise.id for exercise in each() if set(exercise.suits) & set(exercise.spares)] == []
    for exercise in each():
        for row in (exercise.loads, exercise.suits, exercise.spares, exercise.equipment):
            assert len(row) == len(set(row)), exercise.id


def test_rungs_count_up_from_one() -> None:
    for ladder in PLANS.ladders:
        rungs = [exercise.rung for exercise in PLANS.on_ladder(ladder)]
        assert rungs == list(range(1, len(rungs) + 1)), ladder


@pytest.mark.parametrize("row", RUNGS_IN_ORDER, ids=lambda row: row[0])
def test_rungs_rise_with_difficulty(row: tuple[str, ...]) -> None:
    rungs = [EXERCISES[name].rung for name in row]
    assert rungs == sorted(rungs)
    loads = [EXERCISES[name].back_load for name in row if name != "clean_pull"]
    assert loads[0] <= loads[-1]


@pytest.mark.parametrize("name", LEVELS)
def test_levels_are_those_of_the_assessment(name: str) -> None:
    assert EXERCISES[name].levels == LEVELS[name]


def test_levels_run_from_zero_to_five() -> None:
    assert all(0 <= exercise.levels[0] <= exercise.levels[1] <= 5 for exercise in each())


def reachable(ladder: str, level: int, spared: str) -> list[str]:
    """Exercises of a ladder for a plain garage gym at a level, for somebody who spares a position."""
    return [
        exercise.id
        for exercise in PLANS.on_ladder(ladder)
        if exercise.levels[0] <= level <= exercise.levels[1]
        and spared not in exercise.spares
        and set(exercise.equipment) <= GARAGE
    ]


@pytest.mark.parametrize("spared", ["flexion", "extension", "load"])
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("ladder", ["hinge", "squat"])
def test_a_garage_gym_has_something_at_every_level(ladder: str, level: int, spared: str) -> None:
    assert reachable(ladder, level, spared)


@pytest.mark.parametrize("spared", POSITIONS)
@pytest.mark.parametrize("ladder", ["settle", "trunk"])
def test_everybody_can_begin_on_the_floor(ladder: str, spared: str) -> None:
    bare = [e for e in PLANS.on_ladder(ladder) if spared in e.suits and not e.equipment and e.levels[0] <= 1]
    assert bare


def test_the_resting_level_needs_nothing() -> None:
    resting = [exercise for exercise in each() if exercise.levels[0] == 0]
    assert {exercise.ladder for exercise in resting} == {"settle", "conditioning"}
    assert all(not exercise.equipment and exercise.back_load <= 1 for exercise in resting)


def test_every_lift_named_is_in_the_list_of_lifts() -> None:
    assert [exercise.id for exercise in each() if exercise.lift and exercise.lift not in LIFTS] == []


def test_the_same_lift_lies_at_the_same_place() -> None:
    for exercise in each():
        if not exercise.lift:
            continue
        place = LIFTS[exercise.lift].back_load
        assert place is not None, exercise.id
        apart = abs(exercise.back_load - place)
        told = re.search(r"place (above|below)|a little less of the back", exercise.note)
        assert apart == 0 or (apart == 1 and told), f"{exercise.id}: {exercise.back_load}, listed {place}"


def test_the_same_words_for_patterns() -> None:
    known = {lift.pattern for lift in LIFTS.values()} | {"mobility"}
    assert {exercise.pattern for exercise in each()} <= known
    for exercise in each():
        if exercise.lift and exercise.pattern != "cardio":
            assert exercise.pattern == LIFTS[exercise.lift].pattern, exercise.id


def test_places_in_the_order_of_load() -> None:
    assert all(0 <= exercise.back_load <= 10 for exercise in each())
    assert all(exercise.back_load <= 1 for exercise in PLANS.on_ladder("settle"))


def test_only_equipment_that_a_lifter_is_asked_about() -> None:
    assert {item for exercise in each() for item in exercise.equipment} <= EQUIPMENT


def test_doses_go_up() -> None:
    for exercise in each():
        start, top = measures(exercise.start), measures(exercise.top)
        assert start, exercise.id
        assert set(start) == set(top), exercise.id
        assert all(start[name] <= top[name] for name in start), exercise.id
        assert all(value > 0 for value in start.values()), exercise.id


def test_effort_stays_under_the_ceiling_of_the_level() -> None:
    ceiling = {0: 4, 1: 4, 2: 6, 3: 6, 4: 8, 5: 8}
    for exercise in each():
        if exercise.top.effort is not None:
            assert exercise.top.effort <= ceiling[exercise.levels[1]], exercise.id


def test_bars_from_level_three_on_have_a_share() -> None:
    for exercise in each():
        if exercise.levels[1] >= 3 and BARS & set(exercise.equipment):
            assert exercise.start.share is not None, exercise.id
        if exercise.top.share is not None:
            assert exercise.start.share is not None, exercise.id
            assert 0.2 <= exercise.start.share <= exercise.top.share <= 0.92, exercise.id


def test_a_top_dose_can_be_done_with_reps_to_spare() -> None:
    for exercise in each():
        top = exercise.top
        if top.share is None or top.reps is None or top.effort is None:
            continue
        possible = 1 / (1 + (top.reps + 10 - top.effort) / 30)  # Epley, with the reps left over counted in
        assert top.share <= possible + 0.02, f"{exercise.id}: {top.share} of a single for {top.reps}"


def test_no_name_is_used_twice() -> None:
    names = Counter(name.casefold() for e in each() for name in {e.name.casefold(), *(a.casefold() for a in e.aliases)})
    assert [name for name, times in names.items() if times > 1] == []


def is_light(swap: Swap, exercise: LadderedExercise) -> bool:
    return exercise.back_load <= (6 if swap.pattern in ("hinge", "squat") else 4)


def swap_id(swap: Swap) -> str:
    return f"{swap.pattern}-{swap.spared}"


@pytest.mark.parametrize("swap", SWAPS, ids=swap_id)
def test_a_stand_in_spares_what_it_should(swap: Swap) -> None:
    rows = [EXERCISES[name] for name in swap.exercises]
    assert 2 <= len(rows) <= 5
    assert len(set(swap.exercises)) == len(rows)
    assert [e.id for e in rows if swap.spared in e.spares] == []
    assert [e.id for e in rows if not is_light(swap, e)] == []
    if swap.pattern in ("hinge", "squat"):
        assert any(set(e.equipment) <= HAND_WEIGHTS for e in rows)
    assert swap.why.endswith(".")
    assert not BANNED.search(swap.why)


def test_there_is_a_stand_in_for_every_pattern_and_position() -> None:
    rows = Counter(swap_id(swap) for swap in SWAPS)
    assert set(rows.values()) == {1}
    patterns = ("hinge", "squat", "lunge", "row", "press", "overhead_press", "olympic", "carry", "cardio", "trunk")
    assert {f"{pattern}-{spared}" for pattern in patterns for spared in POSITIONS} <= set(rows)


def test_every_drawing_is_that_of_an_exercise() -> None:
    assert [exercise.id for exercise in each() if exercise.demonstration not in EXERCISES] == []


def test_no_text_frightens() -> None:
    found = [(e.id, m.group()) for e in each() for text in texts(e) for m in [BANNED.search(text)] if m]
    found += [(ladder.id, m.group()) for ladder in PLANS.ladders.values() for m in [BANNED.search(ladder.about)] if m]
    assert found == []
    assert BANNED.search("a round back means damage")


def test_a_round_back_is_blamed_for_nothing() -> None:
    blame = re.compile(r"\b(never|always|must not|don't ever)\b[^.]*\bround", re.IGNORECASE)
    assert [e.id for e in each() for text in texts(e) if blame.search(text)] == []


def test_studies_named_in_notes_are_references() -> None:
    known = PLANS.known.references
    for exercise in each():
        for name, year in re.findall(r"\(([A-Z]\w+)(?: and [A-Z]\w+)? ((?:19|20)[0-9]{2})\b", exercise.note):
            fitting = [key for key in known if key.startswith(name.lower()) and key.endswith(year)]
            assert fitting, f"{exercise.id}: {name} {year}"


def test_references_bear_their_year() -> None:
    for source in {exercise.back_load_source for exercise in each()}:
        for year in re.findall(r"(?:19|20)[0-9]{2}", source):
            assert PLANS.known.references[source].year == int(year)


def test_every_exercise_is_drawn_and_every_drawing_is_of_one() -> None:
    drawn = set(demonstrations(load_knowledge()))
    assert {one.demonstration for one in PLANS.exercises.values()} == drawn

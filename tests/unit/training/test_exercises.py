"""Names as apps write them, to patterns: known, likely by their words, or said to be unknown."""

from __future__ import annotations

import pytest

from liftback.knowledge.loader import load_knowledge
from liftback.training.exercises import exercise_index, words_of

KNOWLEDGE = load_knowledge()
INDEX = exercise_index(KNOWLEDGE)
PATTERNS = {
    "hinge", "squat", "lunge", "row", "vertical_pull", "press", "overhead_press", "carry", "olympic", "isolated",
    "trunk", "cardio",
}  # fmt: skip
EXPECTED = {
    "Deadlift (Barbell)": ("hinge", 8, "known"),
    "barbell deadlifts": ("hinge", 8, "known"),
    "RDL": ("hinge", 7, "known"),
    "Squat (Barbell)": ("squat", 6, "known"),
    "Barbell Squat": ("squat", 6, "known"),
    "Kniebeuge (Langhantel)": ("squat", 6, "known"),
    "Leg Press": ("squat", 1, "known"),
    "Bulgarian Split Squat": ("lunge", 3, "known"),
    "Bent Over Row (Barbell)": ("row", 8, "known"),
    "Chest Supported Row": ("row", 1, "known"),
    "Lat Pulldown (Cable)": ("vertical_pull", 1, "known"),
    "Pull-ups": ("vertical_pull", 1, "known"),
    "Bench Press (Dumbbell)": ("press", 1, "known"),
    "OHP": ("overhead_press", 3, "known"),
    "Yoke Walk": ("carry", 10, "known"),
    "Power Clean": ("olympic", 6, "known"),
    "Bicep Curl (EZ Bar)": ("isolated", 1, "known"),
    "Calf Press on Seated Leg Press": ("isolated", 0, "known"),
    "Rowing (Machine)": ("cardio", 4, "known"),
    "Competition Deadlift, week 3": ("hinge", 8, "likely"),
    "Leg Press (the blue one)": ("squat", 1, "likely"),
    "Meadows Incline DB Lateral Raise": ("isolated", 1, "likely"),
    "Bench Supported Row": ("row", 4, "likely"),
    "exercise 123": ("unknown", None, "unknown"),
    "Zorgle": ("unknown", None, "unknown"),
    "": ("unknown", None, "unknown"),
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_a_name_and_what_it_is_taken_for(name: str, expected: tuple[str, int | None, str]) -> None:
    match = INDEX.match(name)
    assert (match.pattern, match.back_load, match.certainty) == expected
    assert match.why


def test_every_listed_name_is_known_and_means_one_lift() -> None:
    meanings: dict[frozenset[str], set[str]] = {}
    for exercise in KNOWLEDGE.exercises:
        for name in (exercise.name, *exercise.aliases):
            assert INDEX.match(name).certainty == "known", name
            meanings.setdefault(frozenset(words_of(name)), set()).add(exercise.id)
    assert [sorted(ids) for ids in meanings.values() if len(ids) > 1] == []


def test_there_are_enough_names_and_each_has_a_pattern_and_a_place() -> None:
    assert sum(1 + len(exercise.aliases) for exercise in KNOWLEDGE.exercises) > 1000
    assert {exercise.pattern for exercise in KNOWLEDGE.exercises} == PATTERNS
    assert {exercise.back_load for exercise in KNOWLEDGE.exercises} <= set(range(11))


# The order of the index in the evidence: each lift asks no less of the back than the one before.
ORDER = [
    "Leg Press", "Hip Thrust (Barbell)", "Hack Squat", "Goblet Squat", "Front Squat (Barbell)", "Squat (Barbell)",
    "Romanian Deadlift (Barbell)", "Deadlift (Barbell)", "Good Morning (Barbell)", "Yoke Carry",
]  # fmt: skip


def test_the_back_load_order_is_that_of_the_evidence() -> None:
    places = [INDEX.match(name).back_load or 0 for name in ORDER]
    assert places == sorted(set(places))


def test_word_order_case_accents_and_plurals_do_not_matter() -> None:
    assert set(words_of("Barbell Hip Thrusts")) == set(words_of("HIP THRUST (barbell)"))
    assert words_of("Reißen Développé") == words_of("reißen developpe")

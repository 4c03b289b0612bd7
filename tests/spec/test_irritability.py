"""Irritability as a table of seven items, and the obvious slow twin that tries every missing answer."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.evaluation import holds
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.irritability import Irritability, irritability

KNOWLEDGE = load_knowledge()
# The composite as on paper: what each answer counts (0 low, 1 moderate, 2 high).
PAPER: dict[str, dict[object, int]] = {
    "pain_worst": {0.0: 0, 3.0: 0, 3.5: 0, 4.0: 1, 5.0: 1, 6.9: 1, 7.0: 2, 8.0: 2, 10.0: 2},
    "provoked_by": {"heavy_training": 0, "light_load": 1, "everyday": 2},
    "settles_after": {"half_hour": 0, "within_day": 1, "longer_than_day": 2, "constant": 2},
    "night_rest_pain": {"none": 0, "sometimes": 1, "most_nights": 2},
    "pain_in_range": {"only_pushed": 0, "at_end": 1, "before_middle": 2},
    "daily_limits": {"little": 0, "several": 1, "most": 2},
    "leg_symptoms": {"none": 0, "above_knee_brief": 0, "above_knee_provoked": 1, "below_knee": 2},
}
OTHERS: dict[str, tuple[object, ...]] = {
    "after_heavy_only": ("no", "yes"),
    "finding.pattern": ("doms_like", "irritated", "none_found"),
    "pain_location": ("both_sides", "one_side", "centre", "buttock"),
}
SORENESS_ITEMS = ("pain_worst", "pain_in_range", "daily_limits")
WORDS = ("low", "moderate", "high")


def on_paper(answers: dict[str, object]) -> str:
    """The grade of a lifter who answered everything."""
    if answers["leg_symptoms"] == "below_knee" or answers["settles_after"] in ("longer_than_day", "constant"):
        return "high"
    sore = answers["after_heavy_only"] == "yes" or (
        answers["finding.pattern"] == "doms_like"
        and answers["provoked_by"] == "heavy_training"
        and answers["pain_location"] == "both_sides"
        and float(str(answers["pain_worst"])) <= 4
    )
    levels = [0 if sore and item in SORENESS_ITEMS else counts[answers[item]] for item, counts in PAPER.items()]
    return next(WORDS[level] for level in (2, 1, 0) if sum(one >= level for one in levels) >= 2)


def twin(answers: dict[str, object]) -> str | None:
    """Try every answer that is missing; a grade only when all agree."""
    choices: dict[str, tuple[object, ...]] = {item: tuple(counts) for item, counts in PAPER.items()}
    choices["pain_worst"] = (0.0, 4.0, 5.0, 8.0)  # one of each kind is enough
    choices |= OTHERS
    missing = [name for name in choices if name not in answers]
    grades = set()
    for filled in product(*(choices[name] for name in missing)):
        grades.add(on_paper({**answers, **dict(zip(missing, filled, strict=True))}))
    return grades.pop() if len(grades) == 1 else None


def grade(answers: dict[str, object]) -> Irritability:
    entries: dict[str, Fact] = {name: Known(value=value) for name, value in answers.items()}  # type: ignore[arg-type]
    return irritability(Facts(entries), KNOWLEDGE)


ROW = ("pain_worst", "provoked_by", "settles_after", "night_rest_pain", "pain_in_range", "daily_limits", "leg_symptoms")
HEAVY, LIGHT, DAILY = "heavy_training", "light_load", "everyday"
RANGE_LOW, RANGE_END, RANGE_EARLY = "only_pushed", "at_end", "before_middle"
HALF, DAY, LONG = "half_hour", "within_day", "longer_than_day"


@pytest.mark.parametrize(
    ("row", "after_heavy", "value", "at_least"),
    [
        # worst, set off by, settles, night, in range, daily life, leg
        ((2.0, HEAVY, HALF, "none", RANGE_LOW, "little", "none"), "no", "low", None),
        ((5.0, HEAVY, HALF, "none", RANGE_LOW, "little", "none"), "no", "low", None),  # one item is not enough
        ((5.0, LIGHT, HALF, "none", RANGE_LOW, "little", "none"), "no", "moderate", "moderate"),
        ((8.0, LIGHT, DAY, "sometimes", RANGE_END, "several", "none"), "no", "moderate", "moderate"),
        ((8.0, DAILY, DAY, "sometimes", RANGE_END, "several", "none"), "no", "high", "high"),
        ((2.0, HEAVY, LONG, "none", RANGE_LOW, "little", "none"), "no", "high", "high"),  # override: settling
        ((2.0, HEAVY, HALF, "none", RANGE_LOW, "little", "below_knee"), "no", "high", "high"),  # override: leg
        ((7.0, HEAVY, HALF, "none", RANGE_EARLY, "most", "none"), "yes", "low", None),  # only a hard session's soreness
        ((7.0, HEAVY, HALF, "none", RANGE_EARLY, "most", "none"), "no", "high", "high"),
        ((7.0, HEAVY, LONG, "none", RANGE_EARLY, "most", "none"), "yes", "high", "high"),  # never excuses an override
        ((7.0, LIGHT, DAY, "none", RANGE_EARLY, "most", "none"), "yes", "moderate", "moderate"),
        # blanks
        ((None, None, None, None, None, None, None), None, None, None),
        ((2.0, HEAVY, HALF, "none", None, "little", "none"), "no", "low", None),  # the blank could not change it
        ((5.0, HEAVY, HALF, "none", None, "little", "none"), "no", None, None),
        ((8.0, DAILY, DAY, None, None, None, None), "no", "high", "high"),  # reached: stays
        ((8.0, DAILY, DAY, None, None, None, None), None, None, "moderate"),  # unless it was only soreness
        ((2.0, HEAVY, None, "none", RANGE_LOW, "little", "none"), "no", None, None),
        ((2.0, HEAVY, LONG, None, None, None, None), None, "high", "high"),
    ],
)
def test_the_composite(
    row: tuple[object, ...], after_heavy: str | None, value: str | None, at_least: str | None
) -> None:
    answers = {name: given for name, given in zip(ROW, row, strict=True) if given is not None}
    if after_heavy:
        answers["after_heavy_only"] = after_heavy
    found = grade(answers)
    assert (found.value, found.at_least) == (value, at_least)
    assert bool(found.undecided) is (value is None)


@pytest.mark.parametrize(
    ("after_heavy", "value", "undecided"),
    [("yes", "low", ()), ("no", "moderate", ()), (None, None, ("after_heavy_only",))],
)
def test_a_hard_sessions_soreness_is_asked_for_and_the_answer_decides(
    after_heavy: str | None, value: str | None, undecided: tuple[str, ...]
) -> None:
    row = (4.0, HEAVY, HALF, "none", RANGE_END, "several", "none")
    answers: dict[str, object] = {**dict(zip(ROW, row, strict=True)), "pain_location": "both_sides"}
    if after_heavy:
        answers["after_heavy_only"] = after_heavy
    for pattern in (None, "doms_like", "irritated"):
        found = grade({**answers, **({"finding.pattern": pattern} if pattern else {})})
        assert (found.value, found.undecided) == (value, undecided)
    if after_heavy == "yes":
        assert [item.id for item in found.items if not item.counts] == ["worst_pain", "movement", "daily_life"]


def test_an_unknown_item_says_so() -> None:
    found = grade({"pain_worst": 8.0})
    assert [item.level for item in found.items] == ["high", *[None] * 6]
    assert found.undecided[:2] == ("provoked_by", "settles_after")
    assert "after_heavy_only" in found.undecided


@st.composite
def partial(draw: st.DrawFn) -> dict[str, object]:
    """Answers of one lifter, few missing so that the twin stays small."""
    full: dict[str, tuple[object, ...]] = {**{k: tuple(v) for k, v in PAPER.items()}, **OTHERS}
    answers = {name: draw(st.sampled_from(values)) for name, values in full.items()}
    for name in draw(st.lists(st.sampled_from(sorted(full)), max_size=4, unique=True)):
        del answers[name]
    return answers


@settings(max_examples=150, deadline=None, derandomize=True)
@given(partial())
def test_the_same_as_trying_every_missing_answer(answers: dict[str, object]) -> None:
    assert grade(answers).value == twin(answers)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(partial(), st.data())
def test_taking_an_item_away_never_turns_the_grade(answers: dict[str, object], data: st.DataObject) -> None:
    before = grade(answers)
    name = data.draw(st.sampled_from(sorted(answers)))
    after = grade({key: value for key, value in answers.items() if key != name})
    assert after.value in (before.value, None)
    assert WORDS.index(after.at_least or "low") <= WORDS.index(before.at_least or "low")


@pytest.mark.parametrize(
    ("item", "answer", "asked"),
    [
        ("pain_worst", 4.0, True),
        ("provoked_by", LIGHT, True),
        ("settles_after", DAY, True),
        ("night_rest_pain", "sometimes", True),
        ("daily_limits", "several", True),
        ("leg_symptoms", "above_knee_provoked", True),
        ("leg_symptoms", "below_knee", False),  # high already
        ("settles_after", LONG, False),
        ("pain_worst", 2.0, False),  # nothing else is raised, and one item is not enough
    ],
)
def test_the_movement_question_is_asked_only_where_it_counts(item: str, answer: object, *, asked: bool) -> None:
    low = dict(zip(ROW, (2.0, HEAVY, HALF, "none", None, "little", "none"), strict=True))
    answers = {name: given for name, given in {**low, item: answer}.items() if given is not None}
    entries: dict[str, Fact] = {name: Known(value=value) for name, value in answers.items()}  # type: ignore[arg-type]
    assert (holds(KNOWLEDGE.questions["pain_in_range"].asked_if, Facts(entries)) is not False) is asked
    values = {
        grade({**answers, "after_heavy_only": "no", "pain_in_range": one}).value for one in PAPER["pain_in_range"]
    }
    assert (len(values) > 1) is asked


def test_not_sure_is_the_same_as_not_asked() -> None:
    told: dict[str, Fact] = {"pain_worst": Known(value=8.0), "settles_after": Unknown(why="not sure")}
    assert irritability(Facts(told), KNOWLEDGE).value is None

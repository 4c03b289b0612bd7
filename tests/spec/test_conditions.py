"""What a condition comes to, in three values: the manual of the rule logic as drawn tables."""

from __future__ import annotations

import pytest

from liftback.facts.evaluation import Truth, evaluate, holds, true_leaves, unknown_leaves
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.conditions import Condition, KnowledgeError, parse_condition

T, F, U = True, False, None


def truth_fact(value: Truth) -> Fact:
    return Unknown() if value is None else Known(value="yes" if value else "no")


def facts(a: Truth, b: Truth, c: Truth = None) -> Facts:
    return Facts({"a": truth_fact(a), "b": truth_fact(b), "c": truth_fact(c)})


def condition(raw: dict[str, object]) -> Condition:
    return parse_condition(raw, lambda name: {"topic.limit": 50.0}[name], "test")


A, B, C = ({"fact": name, "is": "yes"} for name in "abc")


@pytest.mark.parametrize(
    ("a", "b", "all_of", "any_of"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, U, U, U),
    ],
)
def test_all_and_any_with_a_blank(a: Truth, b: Truth, all_of: Truth, any_of: Truth) -> None:
    for left, right in ((a, b), (b, a)):
        assert holds(condition({"all": [A, B]}), facts(left, right)) is all_of
        assert holds(condition({"any": [A, B]}), facts(left, right)) is any_of


@pytest.mark.parametrize(("a", "expected"), [(T, F), (F, T), (U, U)])
def test_not_of_a_blank_is_a_blank(a: Truth, expected: Truth) -> None:
    assert holds(condition({"not": A}), facts(a, U)) is expected


@pytest.mark.parametrize(
    ("a", "b", "c", "two_of_three"),
    [
        (T, T, F, T),
        (T, T, U, T),
        (T, F, F, F),
        (T, U, F, U),
        (T, U, U, U),
        (F, U, F, F),
        (U, U, F, U),
    ],
)
def test_at_least_two_of_three_counts_what_could_still_come(a: Truth, b: Truth, c: Truth, two_of_three: Truth) -> None:
    assert holds(condition({"at_least": 2, "of": [A, B, C]}), facts(a, b, c)) is two_of_three


@pytest.mark.parametrize(
    ("number", "at_least", "above", "at_most", "below"),
    [(49.0, F, F, T, T), (50.0, T, F, T, F), (51.0, T, T, F, F), (None, U, U, U, U)],
)
def test_numbers_are_compared_with_a_parameter(
    number: float | None, at_least: Truth, above: Truth, at_most: Truth, below: Truth
) -> None:
    given = Facts({} if number is None else {"age": Known(value=number)})
    for relation, expected in (("at_least", at_least), ("above", above), ("at_most", at_most), ("below", below)):
        assert holds(condition({"fact": "age", relation: "topic.limit"}), given) is expected


def test_a_many_choice_fact_holds_when_one_of_its_choices_is_asked_for() -> None:
    given = Facts({"worse": Known(value=("sitting", "bending"))})
    assert holds(condition({"fact": "worse", "is": ["bending", "standing"]}), given) is True
    assert holds(condition({"fact": "worse", "is": "standing"}), given) is False


def test_the_leaves_that_speak_for_it_are_told_also_under_not() -> None:
    trace = evaluate(condition({"all": [A, {"not": B}, C]}), facts(T, F, U))
    assert [leaf.fact for leaf in true_leaves(trace)] == ["a", "b"]
    assert [leaf.fact for leaf in unknown_leaves(trace)] == ["c"]


def test_an_unknown_fact_refuses_to_be_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Unknown())


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"all": []}, "empty list"),
        ({"fact": "a"}, "compared with nothing"),
        ({"maybe": 1}, "needs all, any"),
        ({"fact": "a", "is": False}, "in quotes"),
    ],
)
def test_a_condition_that_says_too_little_does_not_load(raw: dict[str, object], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        condition(raw)

"""The warning signs gone through without a network: a small evaluator of the values agrees with the triage itself.

It never comes out lower. It is higher in one case only, and on purpose: what own words say stands whatever is answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from liftback import operations
from liftback.facts.story import Story, facts_of
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.entries import Level
from liftback.reasoning.triage import triage
from tests.generative.stories import KNOWLEDGE, TODAY

VALUES: dict[str, Any] = json.loads(json.dumps(operations.offline_rules(today=TODAY)))
QUESTIONS = {one["id"]: one for one in VALUES["questions"]}
Answers = dict[str, Any]


# --- the twin, as a device would do it -------------------------------------------------------------------------------


def truth(tree: dict[str, Any], facts: Answers) -> bool | None:
    if "fact" in tree:
        return leaf(tree, facts.get(tree["fact"]))
    if "not" in tree:
        inner = truth(tree["not"], facts)
        return None if inner is None else not inner
    parts = [truth(part, facts) for part in parts_of(tree)]
    needed = len(parts) if "all" in tree else 1 if "any" in tree else tree["at_least"]
    if parts.count(True) >= needed:
        return True
    return None if parts.count(True) + parts.count(None) >= needed else False


def parts_of(tree: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tree.get("all") or tree.get("any") or tree["of"]
    return found


def leaf(tree: dict[str, Any], value: Any) -> bool | None:
    if value is None:
        return None
    if "is" in tree:
        return any(one in tree["is"] for one in (value if isinstance(value, list) else [value]))
    compared: dict[str, bool] = {
        "at_least": value >= tree["value"], "above": value > tree["value"],
        "at_most": value <= tree["value"], "below": value < tree["value"],
    }  # fmt: skip
    return compared[tree["relation"]]


def speaking(tree: dict[str, Any], facts: Answers, *, wanted: bool = True) -> Iterator[str]:
    """The facts of the leaves that speak for a rule."""
    if "fact" in tree:
        if truth(tree, facts) is wanted:
            yield tree["fact"]
    elif "not" in tree:
        yield from speaking(tree["not"], facts, wanted=not wanted)
    else:
        for part in parts_of(tree):
            yield from speaking(part, facts, wanted=wanted)


def level_of(answers: Answers, beside: Answers, *, asked: set[str], words: list[dict[str, Any]]) -> int:
    """The level; `answers` by question, None for an open one; `asked` are the questions that were shown."""
    chosen = {
        name: next((one for one in question["choices"] if one["id"] == answers.get(name)), None)
        for name, question in QUESTIONS.items()
    }
    levels = {name: None if one is None else one["level"] for name, one in chosen.items()}
    still_open = [name for name, level in levels.items() if level is None]
    closed = {**beside, **answers, **dict.fromkeys(still_open, "no")}
    answered = [level for level in levels.values() if level is not None]
    for rule in VALUES["rules"]:
        value = truth(rule["when"], closed)
        there = any(fact in QUESTIONS for fact in speaking(rule["when"], closed))
        if value is True or (value is None and (rule["while_unknown"] or there)):
            answered.append(rule["level"])
    highest = max(answered, default=0)
    if beside.get(VALUES["contact"]["question"]) == VALUES["contact"]["worse"]:
        highest = min(highest + 1, len(VALUES["levels"]) - 1)
    opened = [QUESTIONS[name]["unresolved"] for name in still_open if QUESTIONS[name]["own"] or name in asked]
    return int(max([highest, *opened, *(one["level"] for one in words)]))


# --- and the triage it must agree with -------------------------------------------------------------------------------


def drawn(chance: np.random.RandomState) -> tuple[Answers, set[str], Answers]:
    """Answers to the gates, some left out, not sure or alarming; which were asked; and the story beside them."""
    calm = chance.choice([0.5, 0.9, 1.0])
    answers: Answers = {}
    for name, question in QUESTIONS.items():
        if chance.rand() < chance.choice([0.0, 0.1]):
            continue
        choices = [one["id"] for one in question["choices"]]
        answers[name] = "no" if chance.rand() < calm else str(chance.choice(choices))
    beside = {one["id"]: _value(one, chance) for one in VALUES["facts"] if chance.rand() < 0.7}
    return answers, set(answers), beside


def _value(question: dict[str, Any], chance: np.random.RandomState) -> Any:
    if question["id"] == "onset":
        return (TODAY - timedelta(days=int(chance.randint(0, 200)))).isoformat()
    if question["input"] in ("number", "score"):
        return float(chance.randint(int(question["min"]), int(question["max"]) + 1))
    choices = [one["id"] for one in question["choices"]]
    if question["input"] == "multi":
        return sorted({str(chance.choice(choices)) for _ in range(2)})
    return str(chance.choice(choices))


def _facts(answers: Answers, beside: Answers) -> Facts:
    told: dict[str, Fact] = {
        name: Unknown(why="not sure") if one == "not_sure" else Known(value=one) for name, one in answers.items()
    }
    for name, value in beside.items():
        told[name] = Known(value=tuple(value) if isinstance(value, list) else value)
    if "onset" in beside:
        began = date.fromisoformat(beside["onset"])
        told["onset"] = Known(value=began)
        told["days_since_onset"] = Known(value=float((TODAY - began).days))
    return Facts(told)


def _with_days(beside: Answers) -> Answers:
    if "onset" not in beside:
        return beside
    return {**beside, "days_since_onset": (TODAY - date.fromisoformat(beside["onset"])).days}


@pytest.mark.parametrize("seed", range(4))
def test_the_values_come_to_the_level_of_the_triage_itself(seed: int) -> None:
    chance = np.random.RandomState(seed)
    seen = set()
    for _ in range(500):
        answers, asked, beside = drawn(chance)
        expected = triage(_facts(answers, beside), KNOWLEDGE).level
        found = level_of(answers, _with_days(beside), asked=asked, words=[])
        assert found == int(expected), (answers, beside)
        seen.add(expected)
    assert seen == set(Level), "every level is among them"


def test_nothing_told_is_no_comfort() -> None:
    assert level_of({}, {}, asked=set(), words=[]) == int(triage(Facts({}), KNOWLEDGE).level) >= int(Level.same_day)
    calm = dict.fromkeys(QUESTIONS, "no")
    assert level_of(calm, {"age": 30.0}, asked=set(calm), words=[]) == int(Level.self_manage)
    assert level_of(calm, {}, asked=set(calm), words=[]) == int(Level.routine), "without an age"


@pytest.mark.parametrize(
    "words", ["numb between my legs since yesterday", "maybe a bit numb when I wipe", "my back is sore"]
)
def test_own_words_only_ever_raise_it(words: str) -> None:
    told = Story(answers={"age": Known(value=30.0), "onset": Known(value=date(2026, 11, 1))}, words=words)
    values = operations.offline_rules(today=TODAY, story=told)
    assert values["known"] == {"age": 30.0, "onset": "2026-11-01"}
    calm = dict.fromkeys(QUESTIONS, "no")
    beside = _with_days(values["known"])
    plain = Story(answers={**told.answers, **{name: Known(value="no") for name in calm}}, words=words)
    expected = triage(facts_of(plain, KNOWLEDGE, today=TODAY), KNOWLEDGE).level
    found = level_of(calm, beside, asked=set(calm), words=values["words"])
    assert found >= int(expected)
    asked = Story(answers=plain.answers, words=words, words_asked=tuple(one["question"] for one in values["words"]))
    assert operations.offline_rules(today=TODAY, story=asked)["words"] == []


def test_everything_that_a_device_shows_is_there() -> None:
    assert [one["id"] for one in VALUES["levels"]] == [level.name for level in Level]
    assert all(one["do"] and one["say"] and one["watch_for"] and one["when"] for one in VALUES["levels"])
    assert set(QUESTIONS) == set(KNOWLEDGE.gate_questions)
    assert VALUES["numbers"], "whom to call, by country"
    assert VALUES["screens"][0] == KNOWLEDGE.questions["bladder_change"].screen

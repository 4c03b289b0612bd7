"""Triage of a million random stories in one batch, equal to one by one on a sample."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.rows import Row, show
from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations import triage_many
from liftback.reasoning.triage import triage
from liftback.reasoning.triage_many import triage_columns

STORIES = 1_000_000
SAMPLE = 3_000
# How often a story says a plain no, by kind of story: all clear, one or two signs, many signs, chosen blindly.
NO_SHARES = (1.0, 0.97, 0.8, 0.1)


def random_columns(knowledge: Knowledge, size: int, seed: int = 1) -> dict[str, NDArray[Any]]:
    """A column of random answers for each fact that triage reads."""
    chance = np.random.default_rng(seed)
    says_no = np.asarray(NO_SHARES)[chance.integers(len(NO_SHARES), size=size)]
    named = {name: knowledge.questions.get(name) for name in triage_columns(knowledge)}
    return {name: _column(question, says_no, chance) for name, question in named.items()}


def _column(question: Question | None, says_no: NDArray[Any], chance: np.random.Generator) -> NDArray[Any]:
    size = len(says_no)
    if question is None or question.kind in ("number", "date"):
        low, high = (question.minimum or 0, question.maximum or 1000) if question else (0, 1000)
        numbers = np.round(chance.uniform(low, high, size))
        return np.where(chance.random(size) < 0.1, np.nan, numbers)
    if question.kind == "many":
        return chance.integers(-1, 1 << len(question.choices), size=size, dtype=np.int64)
    blind = chance.integers(-1, len(question.choices), size=size, dtype=np.int8)
    if "no" not in question.choice_ids:
        return blind
    return np.where(chance.random(size) < says_no, np.int8(question.choice_ids.index("no")), blind)


def story(columns: dict[str, NDArray[Any]], place: int, knowledge: Knowledge) -> Facts:
    """One row of the columns as facts."""
    entries: dict[str, Fact] = {}
    for name, column in columns.items():
        value = _value(column[place], knowledge.questions.get(name))
        if value is not None:
            entries[name] = Known(value=value)
    return Facts(entries)


def _value(cell: Any, question: Question | None) -> str | float | tuple[str, ...] | None:
    if question is None or question.kind in ("number", "date"):
        return None if np.isnan(cell) else float(cell)
    if cell == -1:
        return None
    if question.kind == "many":
        return tuple(choice for place, choice in enumerate(question.choice_ids) if int(cell) >> place & 1)
    return question.choice_ids[int(cell)]


def rows() -> list[Row]:
    """The time of the batch, and how many of the sample differ from one by one."""
    knowledge = load_knowledge()
    columns = random_columns(knowledge, STORIES)
    start = time.perf_counter()
    levels = triage_many(columns=columns, knowledge=knowledge)
    batch = time.perf_counter() - start
    people = [story(columns, place, knowledge) for place in range(SAMPLE)]
    start = time.perf_counter()
    single = [int(triage(facts, knowledge).level) for facts in people]
    alone = (time.perf_counter() - start) / SAMPLE
    differ = sum(one != many for one, many in zip(single, levels[:SAMPLE].tolist(), strict=True))
    spread = ", ".join(f"{level.name} {np.mean(levels == level):.1%}" for level in Level)
    print(f"levels of the {STORIES:,} stories: {spread}")
    return [
        Row(what=f"triage of {STORIES:,} stories in one batch", value=batch, unit="s", limit=3.0),
        Row(what=f"  of {SAMPLE:,} of them, other than one by one", value=differ, unit="stories", limit=0),
        Row(what="  one by one / in the batch, per story", value=alone / (batch / STORIES), unit="x"),
    ]


if __name__ == "__main__":
    sys.exit(show(rows()))

"""How many prompts a lifter answers, over the lifters of all case files: medians; a checklist counts as one."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, show
from liftback.exchange.case_file import read_cases
from liftback.exchange.story_file import StoryError, story_of
from liftback.facts.interview import Prompts, count_prompts
from liftback.facts.story import Story
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
SECONDS = 10.0  # a slow reader's time for one prompt
LIMIT = 180.0


def prompts() -> Iterator[Prompts]:
    """The prompts of every case's lifter; gates that the case leaves open are answered no, as most lifters do."""
    knowledge = load_knowledge()
    for file in sorted(CASES.rglob("*.yaml")):
        for case in read_cases(file.read_bytes(), str(file)):
            given = {key: value for key, value in case.given.items() if key != "log"}
            try:
                story = story_of(given, knowledge, today=case.today)
            except StoryError:
                continue  # a case that shows how bad input is refused
            quiet = {gate: Known(value="no") for gate in knowledge.gates}
            told = Story(answers={**quiet, **story.answers}, words=story.words)
            yield count_prompts(told, knowledge, today=case.today)


def rows() -> list[Row]:
    """Medians of the prompts, and the time that the first answer takes a slow reader."""
    counted = list(prompts())
    first = statistics.median(one.to_triage for one in counted)
    return [
        Row(what="prompts until the first answer (median of cases)", value=first, unit="prompts"),
        Row(what=f"  at {SECONDS:g} seconds each", value=first * SECONDS, unit="s", limit=LIMIT),
        Row(what="prompts until all seven answers", value=_median([o.to_answers for o in counted]), unit="prompts"),
        Row(what="prompts in all, with the plan's", value=_median([o.total for o in counted]), unit="prompts"),
    ]


def _median(numbers: list[int]) -> float:
    return float(statistics.median(numbers))


if __name__ == "__main__":
    sys.exit(show(rows()))

"""One assessment in a process that is already warm: what a web page or a batch pays."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from bench.rows import Row, median_seconds, show
from liftback.facts.told import read_told
from liftback.facts.words import read_words
from liftback.knowledge.loader import load_knowledge
from liftback.operations import assess, import_log, read_diary, read_story, render
from liftback.operations.assessing import _trained as kept_of_logs

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TODAY = date(2026, 11, 23)
RUNS = 101
LIMIT_MS = 5.0


def rows() -> list[Row]:
    """Medians with and without log and diary, and of writing the report as text."""
    knowledge = load_knowledge()
    story = read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=TODAY, knowledge=knowledge)
    log = import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY)
    diary = read_diary(content=(EXAMPLES / "diary.csv").read_bytes(), today=TODAY).diary

    def first_time() -> None:
        # As for a story and a log never seen before: nothing kept from an earlier run.
        read_words.cache_clear()
        read_told.cache_clear()
        kept_of_logs.cache_clear()
        assess(story=story, log=log, diary=diary, today=TODAY, knowledge=knowledge)

    def new_story() -> None:
        read_words.cache_clear()
        read_told.cache_clear()
        assess(story=story, today=TODAY, knowledge=knowledge)

    alone = median_seconds(new_story, RUNS)
    first = median_seconds(first_time, RUNS)
    whole = median_seconds(lambda: assess(story=story, log=log, diary=diary, today=TODAY, knowledge=knowledge), RUNS)
    found = assess(story=story, log=log, diary=diary, today=TODAY, knowledge=knowledge)
    text = median_seconds(lambda: render(assessment=found, output="text", knowledge=knowledge), RUNS)
    return [
        Row(what="one assessment, story alone", value=alone * 1000, unit="ms", limit=LIMIT_MS),
        Row(what="one assessment, story, log and diary", value=whole * 1000, unit="ms", limit=LIMIT_MS),
        Row(what=f"  the first one with a log of {len(log.sets)} sets", value=first * 1000, unit="ms"),
        Row(what="  writing it as text", value=text * 1000, unit="ms"),
    ]


if __name__ == "__main__":
    sys.exit(show(rows()))

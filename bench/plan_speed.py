"""Making a plan, and the next week of ten thousand lifters on two cores."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from bench.rows import Row, median_seconds, show
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.operations import import_log, make_plan, next_week, read_diary, read_story, record_exposure
from liftback.plans.record import Done

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TODAY = date(2026, 11, 23)
RUNS = 51
LIFTERS = 10_000
CORES = 2
CALM: dict[str, float | str | tuple[str, ...]] = {
    "pain_during": 1, "pain_after": 1, "pain_next_morning": 1, "how_it_felt": ("none",), "leg_after": "no",
    "settled": "at_once",
}  # fmt: skip


def next_weeks(lifters: int) -> int:
    """The next week of so many lifters, each with three exposures told; the days planned."""
    story = read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=TODAY)
    log = import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY)
    first = make_plan(story=story, log=log, today=TODAY)
    lifts = [track.lift for track in first.tracks if track.kind == "lift"][:3]
    told = Facts({name: Known(value=value) for name, value in CALM.items()})
    days = 0
    for _ in range(lifters):
        plan = first
        for lift in lifts:
            plan = record_exposure(plan=plan, done=Done(day=TODAY, lift=lift, told=told))
        days += len(next_week(plan=plan, story=story, log=log, today=TODAY + timedelta(days=7)).days)
    return days


def rows() -> list[Row]:
    """Medians of one plan, the first one of a log, and the cohort."""
    knowledge = load_knowledge()
    story = read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=TODAY, knowledge=knowledge)
    log = import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY)
    diary = read_diary(content=(EXAMPLES / "diary.csv").read_bytes(), today=TODAY).diary
    start = time.perf_counter()
    plan_knowledge(knowledge)
    read = time.perf_counter() - start
    alone = median_seconds(lambda: make_plan(story=story, today=TODAY, knowledge=knowledge), RUNS)
    whole = median_seconds(lambda: make_plan(story=story, log=log, diary=diary, today=TODAY, knowledge=knowledge), RUNS)
    start = time.perf_counter()
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        list(pool.map(next_weeks, [LIFTERS // CORES] * CORES))
    cohort = time.perf_counter() - start
    return [
        Row(what="one plan, story alone (triage and findings included)", value=alone * 1000, unit="ms", limit=20.0),
        Row(what="one plan, story, log and diary", value=whole * 1000, unit="ms", limit=20.0),
        Row(what="  reading the knowledge of plans, once a process", value=read * 1000, unit="ms"),
        Row(what=f"next week of {LIFTERS:,} lifters on {CORES} cores", value=cohort, unit="s", limit=60.0),
    ]


if __name__ == "__main__":
    sys.exit(show(rows()))

"""A simulated trial as text, markdown and JSON. Each says first that it is a simulation of invented lifters."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from liftback.plans.trial.policies import LINEAR, OLD, PLAN, REST, TENTH
from liftback.plans.trial.scores import FLARE_APART, FLARE_REFERENCE, FLARE_RISE, Compared, Estimate, Summary
from liftback.plans.trial.trial import NOT_WORSE, Promise, Trial, WorldResult, promises
from liftback.plans.trial.worlds import CAPACITY, CHANCE, OWN, STRAIN

TITLE = "Simulated trial"
WARNING = (
    "This is a simulation of invented lifters. Nothing in it shows that people get better: it only shows how the "
    "plan's rules behave where the trajectory model is right, and where it is wrong."
)
POLICY_NAMES = {
    PLAN: "the plan", REST: "only rest", OLD: "old programme", LINEAR: "equal steps", TENTH: "a tenth more",
}  # fmt: skip
POLICY_WORDS = {
    PLAN: "does each day of the plan as it stands, tells how it felt, and asks for the next week",
    REST: "does nothing until seven days in a row at 0 or 1, then the old programme at once; after a flare, again",
    OLD: "keeps to the old programme, whatever the pain",
    LINEAR: "rests three days, then goes from 30 % of the usual dose to all of it in eight equal weekly steps",
    TENTH: "rests three days, then does half of the usual dose and each week a tenth more than the week before",
}
WORLD_WORDS = {
    OWN: "the trajectory model is right: a level that recovers, and an answer to each session over eight days",
    CAPACITY: "a back with room for so much; only what is above it hurts, and it takes room away",
    STRAIN: "no session hurts by itself; weeks of work do, past a threshold that moves up as the back recovers",
    CHANCE: "load does nothing at all; flares come out of life",
}
NEVER = "never"
_WIDTH = 80
_NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its heading; every cell is text."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(one: WorldResult) -> tuple[Table, ...]:
    """The tables of a world: when full load came, how it went, and the plan less each of the others."""
    named = [(POLICY_NAMES[policy], summed) for policy, summed in one.policies.items()]
    return (
        Table(
            title="Full load: days until half of the lifters had such a session, and how many had",
            head=("", "any work", "had it", "own lifts alone", "had it"),
            rows=tuple((name, *_reached(summed)) for name, summed in named),
        ),
        Table(
            title="Over the whole time, a mean for each lifter",
            head=("", "flares", "weeks kept", "pain, 0-10"),
            rows=tuple(
                (name, *(_estimate(value, 1) for value in (summed.flares, summed.weeks_kept, summed.mean_pain)))
                for name, summed in named
            ),
        ),
        *_differences(one),
    )


def _differences(one: WorldResult) -> Iterator[Table]:
    """The plan less each of the others, in two tables that fit a terminal."""
    named = [(POLICY_NAMES[rival], found) for rival, found in one.plan_less.items()]
    yield Table(
        title="The plan less each of the others, lifter by lifter",
        head=("", "days to full load", "of the own lifts", "flares"),
        rows=tuple(
            (name, _less(less.full_days, 0), _less(less.own_days, 0), _less(less.flares, 2)) for name, less in named
        ),
    )
    yield Table(
        title="The same for weeks kept and pain",
        head=("", "weeks kept", "pain, 0-10"),
        rows=tuple((name, _less(less.weeks_kept, 1), _less(less.mean_pain, 2)) for name, less in named),
    )


def _reached(one: Summary) -> tuple[str, ...]:
    return (
        _median(one.full_median), f"{100 * one.full_share.mean:.0f} %",
        _median(one.own_median), f"{100 * one.own_share.mean:.0f} %",
    )  # fmt: skip


def _less(one: Estimate, places: int) -> str:
    return _estimate(one, places, sign="+")


def _median(one: Estimate) -> str:
    return f"{_days(one.mean)} ({_days(one.low)} to {_days(one.high)})"


def _days(days: float) -> str:
    return f"{days:.0f}" if math.isfinite(days) else NEVER


def _estimate(one: Estimate, places: int, sign: str = "") -> str:
    def shown(value: float) -> str:
        # Adding nothing turns -0 into 0.
        return f"{round(value, places) + 0.0:{sign}.{places}f}" if math.isfinite(value) else _NONE

    return f"{shown(one.mean)} ({shown(one.low)} to {shown(one.high)})"


# --- sentences -----------------------------------------------------------------------------------------------------


def about(found: Trial) -> Iterator[str]:
    """What was done, and how to read the figures."""
    yield (
        f"{found.lifters} lifters in each world, {found.weeks} weeks from the start of an episode, seed {found.seed}, "
        f"knowledge {found.knowledge_version}. The same lifters, with the same chance, go through every way back."
    )
    yield (
        f"Full load is a day that asks at least {100 * found.full_load:.0f} % of a typical session of the back, of any "
        "work, or of the own lifts alone; never counts as the last day where a mean is taken. A flare begins on a day "
        f"whose score is {FLARE_RISE} or more above the mean of the {FLARE_REFERENCE} days before, when neither of the "
        f"{FLARE_APART} days before was such a day. Weeks kept are usual weeks' worth of work for the back. Intervals "
        "are of 95 %."
    )


def promise_words(one: Promise) -> str:
    """One thing that the plan must do, and whether it does."""
    kept = "Kept" if one.kept else "NOT KEPT"
    rival = POLICY_NAMES[one.rival]
    if one.own_lifts is not None:
        return (
            f"{kept}: sooner at full load than by {rival} in the world `{one.world}`: {_less(one.found, 0)} days. "
            f"By the own lifts alone it would be {_less(one.own_lifts, 0)} days."
        )
    return (
        f"{kept}: no more flares than by {rival} in the world `{one.world}`, with room for {NOT_WORSE:g} of a flare: "
        f"{_less(one.found, 2)}."
    )


# --- three forms ---------------------------------------------------------------------------------------------------


def trial_text(found: Trial, width: int = _WIDTH) -> str:
    """The trial for a terminal."""
    lines = [TITLE.upper(), "", *_filled(WARNING, width), ""]
    for text in about(found):
        lines += [*_filled(text, width), ""]
    for policy, words in POLICY_WORDS.items():
        lines += _filled(f"{POLICY_NAMES[policy]}: {words}", width, later="  ")
    for one in found.worlds:
        lines += ["", *_filled(f"WORLD {one.world}: {WORLD_WORDS[one.world]}", width)]
        for table in tables(one):
            lines += ["", table.title, *_columns(table)]
    lines += ["", "WHAT THE PLAN MUST DO"]
    for promise in promises(found):
        lines += _filled(promise_words(promise), width, later="  ")
    return "\n".join([*lines, "", *_filled(WARNING, width)]) + "\n"


def _filled(text: str, width: int, later: str = "") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=later)


def _columns(table: Table) -> Iterator[str]:
    rows = (table.head, *table.rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.head))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def trial_markdown(found: Trial) -> str:
    """The trial as a page."""
    parts = [f"# {TITLE}", f"**{WARNING}**", *about(found)]
    parts.append("\n".join(f"- **{POLICY_NAMES[policy]}** {words}" for policy, words in POLICY_WORDS.items()))
    parts += ["## What the plan must do", "\n".join(f"- {promise_words(one)}" for one in promises(found))]
    for one in found.worlds:
        parts += [f"## World `{one.world}`", f"{WORLD_WORDS[one.world].capitalize()}."]
        for table in tables(one):
            parts += [f"{table.title}:", "\n".join(_piped(table))]
    return "\n\n".join(parts) + "\n"


def _piped(table: Table) -> Iterator[str]:
    for row in (table.head, ("---",) * len(table.head), *table.rows):
        yield "| " + " | ".join(row) + " |"


def trial_json(found: Trial) -> dict[str, Any]:
    """The trial as JSON values, every figure whole; null stands for days that never come."""
    plain: dict[str, Any] = {
        field.name: getattr(found, field.name) for field in fields(found) if field.name != "worlds"
    }
    return {
        "simulation": WARNING,
        **plain,
        "promises": [
            {"world": one.world, "what": one.what, "rival": one.rival, "found": _plain(one.found), "kept": one.kept}
            for one in promises(found)
        ],
        "worlds": [
            {
                "world": one.world,
                "policies": {policy: _figures(summed) for policy, summed in one.policies.items()},
                "plan_less": {rival: _figures(compared) for rival, compared in one.plan_less.items()},
            }
            for one in found.worlds
        ],
    }


def _figures(one: Summary | Compared) -> dict[str, Any]:
    return {field.name: _plain(getattr(one, field.name)) for field in fields(one)}


def _plain(one: Estimate) -> dict[str, float | None]:
    return {name: _finite(getattr(one, name)) for name in ("mean", "low", "high")}


def _finite(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def trial_of_json(values: dict[str, Any]) -> Trial:
    """The trial from what `trial_json` made."""
    plain = {field.name: values[field.name] for field in fields(Trial) if field.name != "worlds"}
    worlds = tuple(
        WorldResult(
            world=one["world"],
            policies={name: Summary(**_read(figures)) for name, figures in one["policies"].items()},
            plan_less={name: Compared(**_read(figures)) for name, figures in one["plan_less"].items()},
        )
        for one in values["worlds"]
    )
    return Trial(**plain, worlds=worlds)


def _read(figures: dict[str, dict[str, float | None]]) -> dict[str, Estimate]:
    return {
        name: Estimate(**{part: math.inf if value is None else value for part, value in estimate.items()})
        for name, estimate in figures.items()
    }


RENDERED: dict[str, Callable[[Trial], str]] = {"text": trial_text, "markdown": trial_markdown}

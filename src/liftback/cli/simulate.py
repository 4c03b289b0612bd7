"""`liftback simulate`: invented lifters follow the plan and four other ways back, and what came of it is counted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from liftback.cli.streams import write_json
from liftback.cli.verbs import examples, verbs

FORMATS = ("text", "json", "markdown")
WORLDS = ("own", "capacity", "strain", "chance")
SEED = 1
_MOST_LIFTERS, _MOST_WEEKS = 10_000, 104
_AT_ONCE = 4  # lifters handed to a process at a time
_SMALL = 8  # lifters up to which other processes cost more than they save


@click.command(
    epilog=examples(
        "liftback simulate",
        "liftback simulate --lifters 200 --world own --world chance",
        "liftback simulate --format json > trial.json",
    )
)
@click.option("--lifters", type=click.IntRange(2, _MOST_LIFTERS), default=40, show_default=True, help="In each world.")
@click.option("--weeks", type=click.IntRange(2, _MOST_WEEKS), default=26, show_default=True, help="How long.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=SEED, show_default=True, help="The same seed, the same trial."
)
@click.option("--world", "worlds", type=click.Choice(WORLDS), multiple=True, help="May be given several times.")
@click.option("--format", "output", type=click.Choice(FORMATS), default="text")
def simulate(lifters: int, weeks: int, seed: int, worlds: tuple[str, ...], output: str) -> None:
    """Try the plan's rules on invented lifters.

    Each goes through the plan, only rest, the old programme, equal steps, and a tenth more each week, in worlds where
    the trajectory model is right and where it is wrong. It is a simulation: nothing in it shows that people get better.
    """
    chosen = tuple(dict.fromkeys(worlds)) or WORLDS
    with _processes(lifters * len(chosen)) as each:
        found = verbs().simulate(
            lifters=lifters, seed=seed, weeks=weeks, worlds=chosen, progress=_progress(), each=each
        )
    if output == "json":
        write_json(verbs().trial_json(trial=found))
    else:
        click.echo(verbs().render_trial(trial=found, output=output), nl=False)


@contextmanager
def _processes(count: int) -> Iterator[Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]]:
    """A `map` over as many processes as there are cores; the plain one for a few."""
    cores = os.cpu_count() or 1
    if count <= _SMALL or cores == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - costs more to import than all of --help

    with ProcessPoolExecutor(cores) as pool:
        yield partial(pool.map, chunksize=_AT_ONCE)
        pool.shutdown(cancel_futures=True)


def _progress() -> Callable[[int, int], None] | None:
    """A line on a terminal that says how far it is."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def told(done: int, of: int) -> None:
        click.echo(f"\rliftback: {done:,} of {of:,} lifters", err=True, nl=done == of)

    return told

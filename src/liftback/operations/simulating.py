"""The verbs of the simulated trial: run it, and show it. Invented lifters; nothing here is about anybody's back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge

if TYPE_CHECKING:
    from liftback.plans.trial.trial import Asked, Lives, Trial

WEEKS = 26
"""Half a year, where nothing else is asked for."""
__all__ = ["render_trial", "simulate", "trial_json", "worlds"]
Each = Callable[[Callable[["Asked"], "Lives"], Sequence["Asked"]], Iterable["Lives"]]
"""Applies a function to each of a row, in order, as `map` does; may do so in several processes."""


def worlds() -> tuple[str, ...]:
    """The worlds there are, the trajectory model's own first."""
    from liftback.plans.trial.worlds import WORLDS  # noqa: PLC0415 - needs NumPy, which only this verb does

    return WORLDS


def simulate(
    *,
    lifters: int,
    seed: int,
    weeks: int = WEEKS,
    worlds: tuple[str, ...] | None = None,
    progress: Callable[[int, int], None] | None = None,
    knowledge: Knowledge | None = None,
    each: Each | None = None,
) -> Trial:
    """A simulated trial: so many invented lifters in each world go through the plan and four other ways back.

    `progress` is told how many lifters of how many are done. `each` works the lifters out, as `map` does: with it they
    can be spread over processes, which then read the shipped knowledge themselves. The same seed gives the same trial.
    """
    from liftback.plans.trial.trial import trial  # noqa: PLC0415
    from liftback.plans.trial.worlds import WORLDS  # noqa: PLC0415

    spread = None if each is None or knowledge is not None else partial(each, lived)
    return trial(
        lifters=lifters, seed=seed, weeks=weeks, plans=plan_knowledge(knowledge or load_knowledge()),
        worlds=worlds or WORLDS, progress=progress, each=spread,
    )  # fmt: skip


def lived(asked: Asked) -> Lives:
    """One lifter under each policy, with the shipped knowledge; for another process to work out."""
    from liftback.plans.trial.trial import lives_of  # noqa: PLC0415

    return lives_of(asked, plan_knowledge(load_knowledge()))


def trial_json(*, trial: Trial) -> dict[str, Any]:
    """The trial as `liftback simulate --format json` prints it."""
    from liftback.exchange.trial_report import trial_json as as_json  # noqa: PLC0415

    return as_json(trial)


def render_trial(*, trial: Trial, output: str) -> str:
    """The trial as text or markdown; both say that it is a simulation."""
    from liftback.exchange.trial_report import RENDERED  # noqa: PLC0415

    return RENDERED[output](trial)

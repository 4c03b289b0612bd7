"""What chance brings an invented lifter, drawn once from a seed and the same whatever the lifter does.

Common numbers across policies are what makes differences between them sharp: the same person has the same bad nights,
the same tweaks and the same slips of the pencil under each.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import default_rng

TRAITS = 24
"""Numbers kept for what a lifter is like; more than any world asks for."""
RATINGS = 3
"""Ratings of a day, each with its own slip: morning, during, evening."""

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Numbers:
    """One lifter's numbers. `traits` are standard normals, `shares` uniform in 0-1: what the lifter is like.

    By day: `wobble` is how the day itself is, `ratings` the slips of its three ratings, `drift` the step of the
    baseline, `sleep` and `stress` how both were, `sizes` how big what happens is, all standard normal; `events` and
    `strays` are uniform, and say whether something happens and whether a rating is a stray one.
    """

    traits: Row
    shares: Row
    wobble: Row
    ratings: tuple[Row, ...]
    drift: Row
    sleep: Row
    stress: Row
    sizes: Row
    events: Row
    strays: Row


def numbers_of(seed: int, world: int, lifter: int, days: int) -> Numbers:
    """The numbers of one lifter of one world, by their places; the same whoever else takes part."""
    generator = default_rng((seed, world, lifter))
    traits, shares = generator.standard_normal(TRAITS), generator.random(TRAITS)

    def normal() -> Row:
        return tuple(generator.standard_normal(days).tolist())

    def uniform() -> Row:
        return tuple(generator.random(days).tolist())

    return Numbers(
        traits=tuple(traits.tolist()),
        shares=tuple(shares.tolist()),
        wobble=normal(),
        ratings=tuple(normal() for _ in range(RATINGS)),
        drift=normal(),
        sleep=normal(),
        stress=normal(),
        sizes=normal(),
        events=uniform(),
        strays=uniform(),
    )

"""Print everything promised of the trajectory model beside what is measured now: `make bench-trajectory`.

Cohorts are simulated with fresh seeds at every run; `--seed` repeats one, `--quick` takes a few lifters only.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from bench.trajectory import cohorts, nuts, peers, speed, worsening
from bench.trajectory.marks import Mark, at_most

LEAST = 2000
QUICK = 300
"""Lifters in each cohort of a quick run."""
Part = Callable[[np.random.Generator], Iterator[Mark]]


def main(arguments: list[str]) -> int:
    """Run all parts; 1 when a promise is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=2000, help="in each cohort of the own world")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--quick", action="store_true", help="a few lifters only: margins are then wider than promised")
    given = parser.parse_args(arguments)
    seed = given.seed if given.seed is not None else time.time_ns() % 2**32
    count = min(given.lifters, QUICK) if given.quick else given.lifters
    print(f"seed {seed}, {count:,} lifters in each cohort of the own world", flush=True)
    if count < LEAST:
        print(f"below {LEAST:,} lifters chance alone moves figures by more than the margins allow")
    print(Mark(what="what", measured="measured", asked="asked").line)
    missed = 0
    for mark in marks(count, seed):
        print(mark.line, flush=True)
        missed += mark.holds is False
    print(f"\n{missed} figures missed" if missed else "\nevery promise holds")
    return 1 if missed else 0


def marks(count: int, seed: int) -> Iterator[Mark]:
    """All parts, one after another; what is going on is told on the error stream."""
    few = count <= QUICK
    parts: dict[str, Part] = {
        "own world": lambda rng: cohorts.own_world(count, rng),
        "doses of another lifter": lambda rng: cohorts.others_doses(count, rng),
        "wrong worlds": lambda rng: cohorts.wrong_worlds(max(count // 2, 100), rng),
        "worsening": lambda rng: worsening.rows(max(count // 5, 60), rng),
        "NUTS": lambda _: nuts_rows(),
        "speed": lambda rng: speed.rows(300 if few else 2000, rng),
        "statsmodels": lambda rng: peers.rows(12 if few else 30, 500 if few else 2000, rng),
    }
    # Every part has random numbers of its own, so that a change in one leaves the others as they were.
    for (name, part), rng in zip(parts.items(), np.random.default_rng(seed).spawn(len(parts)), strict=True):
        begun = time.perf_counter()
        print(f"{name} ...", file=sys.stderr, flush=True)
        yield from part(rng)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


def nuts_rows() -> Iterator[Mark]:
    """How the filter agrees with the stored run of NUTS."""
    found = nuts.compare()
    shown = {name: row for name, row in found.items() if name != "asymptote"}
    apart = sum(row["apart_mean"] for row in shown.values()) / len(shown)
    yield at_most("NUTS: distance of the means, in its sd, on average", apart, 0.1)
    for name, row in found.items():
        ratio = row["sd_ratio_mean"]
        yield Mark(
            what=f"    {name}: distance, most, ratio of sds",
            measured=f"{row['apart_mean']:.3f}, {row['apart_most']:.2f}, {ratio:.3f}",
            asked="ratio .95-1.05",
            holds=0.95 <= ratio <= 1.05,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

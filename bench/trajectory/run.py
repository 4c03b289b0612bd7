"""Print everything promised of the trajectory model beside what is measured now: `make bench-trajectory`.

Cohorts are simulated with fresh seeds at every run; `--seed` repeats one, `--quick` takes a few lifters only.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

import numpy as np

from bench.trajectory import cohorts, nuts, peers, speed, worsening
from bench.trajectory.marks import Mark, at_most


def main(arguments: list[str]) -> int:
    """Run all parts; 1 when a promise is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=2000, help="in each cohort of the own world")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args(arguments)
    seed = given.seed if given.seed is not None else time.time_ns() % 2**32
    count = min(given.lifters, 300) if given.quick else given.lifters
    print(f"seed {seed}, {count:,} lifters in each cohort of the own world", flush=True)
    print(Mark(what="what", measured="measured", asked="asked").line)
    missed = 0
    for mark in marks(count, np.random.default_rng(seed)):
        print(mark.line, flush=True)
        missed += mark.holds is False
    print(f"\n{missed} figures missed" if missed else "\nevery promise holds")
    return 1 if missed else 0


def marks(count: int, rng: np.random.Generator) -> Iterator[Mark]:
    """All parts, one after another."""
    yield from cohorts.own_world(count, rng)
    yield from cohorts.others_doses(count, rng)
    yield from cohorts.wrong_worlds(max(count // 2, 100), rng)
    yield from worsening.rows(max(count // 5, 60), rng)
    yield from nuts_rows()
    yield from speed.rows(2000, rng)
    yield from peers.rows(rng)


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

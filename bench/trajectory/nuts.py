"""How near the filter comes to a long NUTS run (full Bayes by simulation) of the same equation, on simulated lifters.

    python -m bench.trajectory.nuts            compares the filter with the stored summaries; needs NumPy only
    python -m bench.trajectory.nuts --make     runs NUTS again and writes the summaries; needs numpyro

Both sides know the same: plain Bayes (temper 1), no stray scores, no repeats by habit, no echo, a dose exponent of 1,
the one broad kernel, and no dose before the first day. NUTS has continuous priors of noise, drift and days, where the
filter has a grid of nodes. The file holds the diaries and the priors it was made with, so the comparison stays a fair
one when the priors of today are others.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.nuts_lifters import arrays_of, plain, usual_load
from bench.trajectory.nuts_run import QUANTITIES, make, written
from liftback.knowledge.loader import load_knowledge
from liftback.trajectory.filtering import Belief, filter_diaries
from liftback.trajectory.model import (
    ASYMPTOTE,
    KERNEL,
    LAGS,
    LEVEL,
    SHIPPED,
    CoursePrior,
    Model,
    Priors,
    Rule,
    Rules,
    model_of,
    product_rules,
)

Array = NDArray[np.float64]
SUMMARIES = Path(__file__).with_name("nuts_summaries.json")


def stored() -> dict[str, Any]:
    """The summaries of NUTS."""
    document: dict[str, Any] = json.loads(SUMMARIES.read_text(encoding="utf-8"))
    return document


def model_of_file(document: dict[str, Any]) -> Model:
    """The model that the file was made with; what the comparison switches off may be as it is today."""
    given = {name: _tuples(value) for name, value in document["priors"].items()}
    for course in ("acute", "persistent"):
        given[course] = CoursePrior(**{name: _tuples(value) for name, value in document["priors"][course].items()})
    today = model_of(load_knowledge())
    settings = replace(today.settings, missing_variance=document["missing_variance"])
    return plain(Model(priors=Priors(**given), settings=settings))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def moments(belief: Belief, load: Array) -> dict[str, tuple[Array, Array]]:
    """Mean and standard deviation of each quantity under the mixture of all nodes."""
    size = belief.mean.shape[-1]
    views = {
        "level": np.eye(size)[[LEVEL]],
        "asymptote": np.eye(size)[[ASYMPTOTE]],
        "kernel": np.eye(size)[KERNEL : KERNEL + LAGS],
    }
    felt = np.zeros((len(load), 1, size))
    felt[:, 0, LEVEL], felt[:, 0, KERNEL : KERNEL + LAGS] = 1.0, load
    found = {}
    for name, view in {**views, "felt": felt}.items():
        seen = np.broadcast_to(view, (len(load), *view.shape[-2:]))
        means = np.einsum("nki,ngi->ngk", seen, belief.mean)
        variances = np.einsum("nki,ngij,nkj->ngk", seen, belief.covariance, seen)
        mean = np.einsum("ng,ngk->nk", belief.weight, means)
        second = np.einsum("ng,ngk->nk", belief.weight, variances + (means - mean[:, None]) ** 2)
        found[name] = mean, np.sqrt(second)
    return found


def compare(rules: Rules = SHIPPED) -> dict[str, dict[str, float]]:
    """How the filter under a grid differs from NUTS, over the stored lifters.

    For each quantity: mean and most distance of the means in standard deviations of NUTS, and mean, least and most
    ratio of the standard deviations, filter to NUTS.
    """
    document = stored()
    model = model_of_file(document)
    diary = arrays_of(document["lifters"], model)
    found = moments(filter_diaries(diary, model, rules), usual_load(diary))
    compared = {}
    for name in QUANTITIES:
        mean, sd = (
            np.array([np.atleast_1d(one[part][name]) for one in document["lifters"]], dtype=np.float64)
            for part in ("mean", "sd")
        )
        apart, ratio = np.abs(found[name][0] - mean) / sd, found[name][1] / sd
        compared[name] = {
            "apart_mean": float(apart.mean()),
            "apart_most": float(apart.max()),
            "sd_ratio_mean": float(ratio.mean()),
            "sd_ratio_least": float(ratio.min()),
            "sd_ratio_most": float(ratio.max()),
        }
    return compared


FOUR: Rule = ((-(3**0.5), 0.125), (-(3**-0.5), 0.375), (3**-0.5, 0.375), (3**0.5, 0.125))
FIVE: Rule = ((-2.0, 0.0625), (-1.0, 0.25), (0.0, 0.375), (1.0, 0.25), (2.0, 0.0625))
EVEN: Rule = ((-1.5, 0.155), (-0.5, 0.345), (0.5, 0.345), (1.5, 0.155))
THREE: Rule = ((-(2**0.5), 0.25), (0.0, 0.5), (2**0.5, 0.25))
TWO: Rule = ((-1.0, 0.5), (1.0, 0.5))
NEAR: Rule = ((-0.8, 0.5), (0.8, 0.5))
RULES: dict[str, Rules] = {
    "shipped": SHIPPED,
    "2 x 2 x 4": product_rules(TWO, TWO, EVEN),
    "3 x 2 x 2": product_rules(THREE, TWO, NEAR),
    "3 x 2 x 4": product_rules(THREE, TWO, EVEN),
    "5 x 4 x 4": product_rules(FIVE, FOUR, EVEN),
}
"""Grids that the comparison prints."""


def table() -> str:
    """The comparison as text."""
    lines = [f"{'grid':<22}{'quantity':<11}|dE|/sd mean   most   sd ratio mean  least   most"]
    for title, rules in RULES.items():
        for name, row in compare(rules).items():
            lines.append(
                f"{title:<22}{name:<11}{row['apart_mean']:12.3f}{row['apart_most']:7.3f}"
                f"{row['sd_ratio_mean']:16.3f}{row['sd_ratio_least']:7.3f}{row['sd_ratio_most']:7.3f}"
            )
    return "\n".join(lines)


def main() -> None:
    """Print the comparison, or make the file first."""
    parser = argparse.ArgumentParser(description="Compare the filter with NUTS on simulated lifters.")
    parser.add_argument("--make", action="store_true", help="run NUTS again and write the summaries")
    if parser.parse_args().make:
        SUMMARIES.write_text(written(make()), encoding="utf-8")
    print(table())


if __name__ == "__main__":
    main()

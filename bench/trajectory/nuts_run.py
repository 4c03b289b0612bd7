"""NUTS (full Bayes by simulation) on the equation of the model, for the file that the filter is compared with.

`python -m bench.trajectory.nuts --make` runs it; it needs numpyro.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.nuts_lifters import SEED, arrays_of, drawn_lifters, plain, usual_load
from liftback.knowledge.loader import load_knowledge
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, DiaryArrays
from liftback.trajectory.model import LAGS, Model, Priors, broad_kernel, model_of

Array = NDArray[np.float64]
QUANTITIES = ("level", "felt", "asymptote", "kernel")

CHAINS, WARM_UP, DRAWS = 4, 1000, 2500
TARGET = 0.99  # at less, chains cling for a while where the drift is far above its prior
RHAT, ESS, DIVERGING = 1.01, 400, 10
"""What a run has to reach."""
BEFORE_KERNEL = 2 + 3 + 2  # level and asymptote; noise, drift and days; sleep and stress
TRIES = 3  # each with twice the draws of the one before
FAR = 1e6  # an end of the pain scale that is open, in points; infinity has no gradient


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Draws by name, (chains, draws) or (chains, draws, LAGS); how well they mix at worst; steps that failed."""

    draws: dict[str, Array]
    rhat: float
    ess: float
    diverging: int

    @property
    def good(self) -> bool:
        """Whether the run reached what is asked of it."""
        return self.rhat <= RHAT and self.ess >= ESS and self.diverging <= DIVERGING


def data_of(diary: DiaryArrays, row: int, jumps: int, model: Model) -> dict[str, Array]:
    """What NUTS reads of one lifter: the same shapes for all, so that it is compiled once.

    A score that was not logged is an interval without ends. `fade` (days, jumps) is what is left of each logged
    tweak; columns beyond the lifter's own tweaks are zero.
    """
    pain = diary.pain[row]
    events = np.flatnonzero(diary.events[row])
    since = np.arange(diary.days)[:, None] - events
    fade = np.zeros((diary.days, jumps))
    fade[:, : len(events)] = np.where(since >= 0, np.exp(-since / model.priors.event_days), 0.0)
    course = model.priors.course(bool(diary.persistent[row]))
    return {
        "low": np.where(pain > LOWEST, pain - 0.5, -FAR),
        "high": np.where(pain < HIGHEST, pain + 0.5, FAR),
        "loads": np.array([diary.window(day)[row, 0, 0] for day in range(diary.days)]),
        "feelings": diary.feelings[row],
        "extra": diary.extra[row],
        "fade": fade,
        "course": np.array([course.level, course.asymptote]),
        "grids": np.array([model.priors.noise, model.priors.drift, course.days]),
    }


def equation_for_nuts(priors: Priors) -> Callable[[dict[str, Any], dict[str, Any]], tuple[Any, dict[str, Any]]]:
    """The equation in JAX: the log probability of the scores, and the quantities of interest.

    Every unknown is a standard normal, moved to its place here; a prior needs nothing more than their squares.
    """
    jnp = import_module("jax.numpy")
    centre, broad = broad_kernel(priors)
    root = np.linalg.cholesky(broad)
    effects = np.array([priors.sleep, priors.stress])

    def equation(data: dict[str, Any], unknown: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        first = unknown["first"]
        level, asymptote = data["course"][:, 0] + data["course"][:, 1] * first[:2]
        logs = jnp.log(data["grids"][:, 0]) + data["grids"][:, 1] * first[2:5]
        noise, drift, tau = jnp.exp(logs)
        kernel = centre + root @ first[BEFORE_KERNEL:]
        path = _level_path(jnp, level, asymptote, tau, drift * unknown["path"])
        tweak = data["fade"] @ (priors.event[0] + priors.event[1] * unknown["jumps"])
        feeling = data["feelings"] @ (effects[:, 0] + effects[:, 1] * first[5:BEFORE_KERNEL])
        eta = path + tweak + data["loads"] @ kernel + feeling
        spread = jnp.sqrt(noise**2 + data["extra"])
        scores = _log_interval((data["low"] - eta) / spread, (data["high"] - eta) / spread).sum()
        return scores, {"level": path[-1], "asymptote": asymptote, "kernel": kernel, "logs": logs}

    return equation


def _level_path(jnp: Any, level: Any, asymptote: Any, tau: Any, steps: Any) -> Any:
    """The baseline on every day, as a sum over the steps before: quicker than a loop, and the same."""
    days = len(steps) + 1
    kept = jnp.power(1 - 1 / tau, np.arange(days))
    since = np.arange(days)[:, None] - 1 - np.arange(days - 1)
    left = jnp.where(since >= 0, kept[np.maximum(since, 0)], 0.0)
    return asymptote + (level - asymptote) * kept + left @ steps


def _log_interval(low: Any, high: Any) -> Any:
    """The logarithm of P(low < Z < high), safe in both tails: the interval is mirrored to the lower one."""
    jnp, log_tail = import_module("jax.numpy"), import_module("jax.scipy.special").log_ndtr
    flip = low + high > 0
    near, far = jnp.where(flip, -high, low), jnp.where(flip, -low, high)
    upper = log_tail(far)
    return upper + jnp.log(-jnp.expm1(jnp.minimum(log_tail(near) - upper, -1e-12)))


def sampler_for(priors: Priors, draws: int) -> Callable[[Any, dict[str, Array]], dict[str, Any]]:
    """NUTS for the equation, compiled at the first call and kept for all lifters; one chain after the other.

    The unknowns that hang together most share a full mass matrix.
    """
    jax, hmc = import_module("jax"), import_module("numpyro.infer.hmc").hmc
    equation = equation_for_nuts(priors)

    def potential(data: Any) -> Callable[[Any], Any]:
        return lambda unknown: sum((part**2).sum() for part in unknown.values()) / 2 - equation(data, unknown)[0]

    def chain(key: Any, data: Any) -> Any:
        begin, step = hmc(potential_fn_gen=potential, algo="NUTS")
        days, jumps = data["fade"].shape
        sizes = {"first": BEFORE_KERNEL + LAGS, "path": days - 1, "jumps": jumps}
        keys = jax.random.split(key, len(sizes) + 1)
        places = {name: jax.random.normal(one, (sizes[name],)) / 2 for name, one in zip(sizes, keys[1:], strict=True)}
        state = begin(
            places, WARM_UP, target_accept_prob=TARGET, dense_mass=[("first",)], model_args=(data,), rng_key=keys[0]
        )

        def one_step(state: Any, _: Any) -> Any:
            state = step(state, model_args=(data,))
            return state, (equation(data, state.z)[1], state.diverging)

        return jax.lax.scan(one_step, jax.lax.scan(one_step, state, length=WARM_UP)[0], length=draws)[1]

    return jax.jit(lambda keys, data: jax.lax.map(lambda key: chain(key, data), keys))  # type: ignore[no-any-return]


def run_nuts(sampler: Callable[..., Any], data: dict[str, Array], seed: int) -> Posterior:
    """One lifter's posterior and how well it mixed."""
    random, marks = import_module("jax.random"), import_module("numpyro.diagnostics")
    found, diverging = sampler(random.split(random.PRNGKey(seed), CHAINS), data)
    draws = {name: np.asarray(value) for name, value in found.items()}
    return Posterior(
        draws=draws,
        rhat=max(float(np.max(marks.split_gelman_rubin(value))) for value in draws.values()),
        ess=min(float(np.min(marks.effective_sample_size(value))) for value in draws.values()),
        diverging=int(np.sum(diverging)),
    )


def summary(posterior: Posterior, load: Array) -> dict[str, Any]:
    """Means and standard deviations as they are stored. `load` (LAGS,) is the usual load of this lifter."""
    draws = {name: value.reshape(-1, *value.shape[2:]) for name, value in posterior.draws.items()}
    draws["felt"] = draws["level"] + draws["kernel"] @ load

    def by(statistic: Callable[..., Any]) -> dict[str, Any]:
        return {name: np.round(statistic(draws[name], axis=0), 4).tolist() for name in QUANTITIES}

    return {
        "mean": by(np.mean),
        "sd": by(np.std),
        "rhat_max": round(posterior.rhat, 4),
        "ess_min": round(posterior.ess),
        "diverging": posterior.diverging,
    }


def make() -> dict[str, Any]:
    """Run NUTS on every lifter; some minutes on one core."""
    # One core, so that processor time means something.
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    import_module("numpyro").enable_x64()
    model = plain(model_of(load_knowledge()))
    lifters = drawn_lifters(model)
    diary = arrays_of(lifters, model)
    jumps = max(1, *(len(one["events"]) for one in lifters))
    sampler, loads, seconds = sampler_for(model.priors, DRAWS), usual_load(diary), []
    found = []
    for row, one in enumerate(lifters):
        data = data_of(diary, row, jumps, model)
        posterior, spent = _timed(sampler, data, SEED + row)
        seconds.append(spent)
        if row == 0:
            seconds.append(_timed(sampler, data, SEED + row)[1])
        for attempt in range(1, TRIES):
            if not posterior.good:
                posterior = run_nuts(sampler_for(model.priors, DRAWS * 2**attempt), data, SEED + row)
        found.append(one | summary(posterior, loads[row]))
        marks = f"rhat {posterior.rhat:.4f}, ess {posterior.ess:.0f}, diverging {posterior.diverging}"
        print(f"{row}: {spent:.1f} s, {marks}", flush=True)
    return _document(model, found, seconds)


def _timed(sampler: Any, data: dict[str, Array], seed: int) -> tuple[Posterior, float]:
    """A run and the processor seconds it took."""
    start = time.process_time()
    return run_nuts(sampler, data, seed), time.process_time() - start


def _document(model: Model, lifters: list[dict[str, Any]], seconds: list[float]) -> dict[str, Any]:
    """The file. `seconds` begin with the first lifter twice: compiled, and as quick as the others."""
    warm = seconds[1:]
    return {
        "made_by": "python -m bench.trajectory.nuts --make",
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpyro", "jax", "numpy")},
        },
        "seed": SEED,
        "chains": CHAINS,
        "warm_up": WARM_UP,
        "draws_per_chain": DRAWS,
        "target_accept": TARGET,
        "cpu_seconds_per_lifter": {
            "median": round(statistics.median(warm), 2),
            "total": round(sum(warm), 1),
            "compile": round(seconds[0] - seconds[1], 1),
            "total_with_compile": round(sum(warm) + seconds[0] - seconds[1], 1),
        },
        "priors": asdict(model.priors),
        "missing_variance": model.settings.missing_variance,
        "lifters": lifters,
    }


def written(document: dict[str, Any]) -> str:
    """The file as text: one line for each lifter."""
    lifters = ",\n".join(json.dumps(one, separators=(",", ":")) for one in document["lifters"])
    rest = json.dumps({name: value for name, value in document.items() if name != "lifters"}, indent=1)
    return rest.removesuffix("\n}") + ',\n "lifters": [\n' + lifters + "\n]}\n"

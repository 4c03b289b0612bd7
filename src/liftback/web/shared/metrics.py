"""Numbers for Prometheus: requests by the name of their address, and what rows say when they are asked for.

Where several processes answer, each counts into a file of its own in PROMETHEUS_MULTIPROC_DIR, which has to be set
before this is imported (`liftback serve` does), and all of them are read together. Without it they are of one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from liftback.records.health import Health, facts

MULTIPLE = "PROMETHEUS_MULTIPROC_DIR"
OWN = CollectorRegistry()
REQUESTS = Counter("liftback_requests", "Requests answered.", ("route", "method", "status"), registry=OWN)
SECONDS = Histogram(
    "liftback_request_seconds",
    "Seconds until the answer.",
    ("route",),
    registry=OWN,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
GAUGES = {
    "store_ms": "Milliseconds that a question to the store took.",
    "clock_off_s": "Seconds by which this machine's clock is ahead of the store's.",
    "tick_s": "Seconds since a worker last ticked.",
    "step_s": "Seconds since the step of the tick that ran longest ago.",
    "jobs_ready": "Jobs that wait for a worker.",
    "jobs_ready_s": "Seconds that the oldest of them waits.",
    "jobs_failed": "Jobs that failed for good, in the last two weeks.",
    "mails_due": "E-mails that should be out.",
    "mails_due_s": "Seconds that the oldest of them waits.",
    "mails_refused": "E-mails whose address was refused, in the last two weeks.",
    "requests_open": "Consult requests that are open.",
    "promises_late": "Promises past their time without a contact.",
    "promises_late_s": "Seconds that the oldest of them is late.",
    "calls_held": "Calls that somebody holds and has not confirmed.",
    "pages_stale": "Lifters whose pages are out of date.",
    "pages_stale_s": "Seconds that the first of them waits.",
}
"""What each number of `records.health.Health` tells."""


class Rows(Collector):
    """What was found in the store, as gauges; what there is none of is left out."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each number, and what runs here as labels of a one."""
        for name, help_text in GAUGES.items():
            value = getattr(self._health, name)
            if value is not None:
                unit = f"{name.removesuffix('_s')}_seconds" if name.endswith("_s") else name
                yield GaugeMetricFamily(f"liftback_{unit}", help_text, value=value)
        about = GaugeMetricFamily("liftback_about", "What runs here.", labels=sorted(facts()))
        about.add_metric([str(facts()[name]) for name in sorted(facts())], 1)
        yield about


def count(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count an answer."""
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def written(health: Health) -> bytes:
    """All numbers as Prometheus reads them."""
    rows = CollectorRegistry()
    rows.register(Rows(health))
    counted = OWN
    if os.environ.get(MULTIPLE):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # its own constructor has no types
    return generate_latest(rows) + generate_latest(counted)

"""`tick`: do once, now, what a worker does every half minute (`records.jobs.tick`)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from liftback.records.jobs import clock
from liftback.records.jobs.tick import SELDOM, STEPS, tick


class Command(BaseCommand):
    """See `liftback.records.jobs.tick`."""

    help = "Runs every step of the tick once, and says how much each did."
    requires_system_checks = ()  # those load every page, and no page is shown here

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it."""
        done = tick(now=clock.now())
        for name in [*STEPS, *SELDOM]:
            if name in STEPS or name in done:
                self.stdout.write(f"{name}: {done.get(name, 'failed, see the log')}")

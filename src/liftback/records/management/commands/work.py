"""`work`: a worker, until it is stopped (`records.jobs.working`)."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from liftback.records.jobs.working import work

POLITE = 10


class Command(BaseCommand):
    """See `liftback.records.jobs.working`."""

    help = "Keeps promises, e-mails and pages going until it is stopped. As many as you like may run on PostgreSQL."
    requires_system_checks = ()  # those load every page, and no page is shown here

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--polite` lets everything else on the machine go first."""
        parser.add_argument("--polite", action="store_true", help="let everything else on this machine go first")

    def handle(self, *_args: Any, polite: bool, **_options: Any) -> None:
        """Work; SIGTERM and Ctrl-C end it when what it does is done."""
        if polite and hasattr(os, "nice"):
            os.nice(POLITE)
        stop = threading.Event()

        def end(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        work(stop)

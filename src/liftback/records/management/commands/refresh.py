"""`refresh`: work out what is out of date, once or for ever."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from liftback.records.refreshing import forget_strangers, refresh_day, refresh_stale

PAUSE = 0.2
TIDY_EVERY = timedelta(minutes=10)
POLITE = 10


class Command(BaseCommand):
    """See `liftback.records.refreshing`."""

    help = "Works out answers, plans and courses that are out of date, and forgets what strangers left a day ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--watch` goes on for ever."""
        parser.add_argument("--watch", action="store_true", help="go on for ever")

    def handle(self, *_args: Any, watch: bool, **_options: Any) -> None:
        """Do it."""
        if watch and hasattr(os, "nice"):
            os.nice(POLITE)  # pages come first
        tidied = day_looked = timezone.now() - TIDY_EVERY
        while True:
            now = timezone.now()
            try:
                done = refresh_stale(now=now)
                if not done and now - day_looked >= timedelta(minutes=1):
                    day_looked = now
                    done = refresh_day(now=now)
                if now - tidied >= TIDY_EVERY:
                    tidied = now
                    forget_strangers(now=now)
            except DatabaseError:
                done = 0  # away or busy; it is tried again
            if not watch:
                if not done:
                    return
            elif not done:
                time.sleep(PAUSE)

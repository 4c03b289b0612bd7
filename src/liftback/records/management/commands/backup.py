"""`backup`: write everything into one file (`records.backup`)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from liftback.records.backup import BackupError, make_backup


class Command(BaseCommand):
    """See `liftback.records.backup`."""

    help = "Writes everything that is kept into one file, while the server runs."
    requires_system_checks = ()  # those load every page, and no page is shown here

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("--to", required=True, help="a folder, or the name of a new file")

    def handle(self, *_args: Any, to: str, **_options: Any) -> None:
        """Do it. Raises CommandError."""
        try:
            made = make_backup(Path(to), now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{made} ({made.stat().st_size / 1_000_000:.1f} MB). It holds health data: keep it safe.")

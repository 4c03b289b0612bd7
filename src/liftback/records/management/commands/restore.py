"""`restore`: bring a backup back (`records.backup`)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liftback.records.backup import BackupError, restore_backup


class Command(BaseCommand):
    """See `liftback.records.backup`."""

    help = "Brings a backup back into an empty database, and checks every row of it."
    requires_system_checks = ()  # those load every page, and no page is shown here

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("--from", dest="source", required=True, help="a file that backup wrote")
        parser.add_argument("--replace", action="store_true", help="throw away what is in the database now")

    def handle(self, *_args: Any, source: str, replace: bool, **_options: Any) -> None:
        """Do it. Raises CommandError."""
        try:
            found = restore_backup(Path(source), replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{found.rows} rows in {found.tables} tables are back as they were at {found.made_at}.")
        if not found.same_key:
            self.stdout.write(
                "The secret key is another one than then: people sign in again, and links in e-mails sent before do "
                "not work. Set LIFTBACK_SECRET_KEY to the one of then to keep them."
            )

"""`liftback worker`, `clinic`, `backup` and `restore`: what whoever runs a server needs beside `serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from liftback.cli.serve import HOME
from liftback.cli.shell import Refusal
from liftback.cli.verbs import examples

DATA = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=HOME, help="Where everything is kept."
)


def _command(data: Path, name: str, *arguments: str, **options: Any) -> None:
    """Run one of Django's commands. Raises Refusal."""
    try:
        from liftback.web import serving  # noqa: PLC0415 - no other verb needs Django
    except ImportError:
        raise Refusal(f"{name} needs the web parts, which are not installed: pip install 'liftback[web]'.") from None
    try:
        serving.command(data.resolve(), name, *arguments, **options)
    except serving.ServingError as error:
        raise Refusal(str(error)) from None


@click.command(epilog=examples("liftback worker", "liftback worker --data /var/lib/liftback"))
@DATA
def worker(data: Path) -> None:
    """Send e-mails, watch promises and work pages out, until stopped.

    `liftback serve` runs one beside itself. With PostgreSQL as many more may run, on as many machines as you like.
    """
    _command(data, "work", polite=False)


@click.command(epilog=examples("liftback clinic 'Harbour Therapy' --slug harbour --owner owner@example.org --state NY"))
@DATA
@click.argument("name")
@click.option("--slug", required=True, help="Its public address: letters, digits, hyphens.")
@click.option("--owner", required=True, help="The e-mail address of its first owner.")
@click.option("--zone", default="America/New_York", show_default=True, help="The time zone of its clocks.")
@click.option("--state", default="", help="The state, for its holidays, such as NY.")
def clinic(data: Path, name: str, **given: str) -> None:
    """Make a clinic, and invite its first owner.

    The owner states everything else on the pages: hours, promise, states, therapists.
    """
    _command(data, "clinic", name, **given)


@click.command(epilog=examples("liftback backup --to backups/", "liftback backup --to today.liftback"))
@DATA
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A folder, or the name of a new file.")
def backup(data: Path, to: Path) -> None:
    """Write everything kept into one file, beside the server.

    The file holds health data. Keep it where only you can read it, and keep the secret key beside it.
    """
    _command(data, "backup", to=str(to))


@click.command(epilog=examples("liftback restore --from today.liftback --data /var/lib/liftback"))
@DATA
@click.option("--from", "source", type=click.Path(path_type=Path), required=True, help="A file that backup wrote.")
@click.option("--replace", is_flag=True, help="Throw away what is in the database now.")
def restore(data: Path, source: Path, replace: bool) -> None:
    """Bring a backup back, and check that all is there.

    The database has to be empty. Stop the server and its workers first. Older backups are brought up to date.
    """
    _command(data, "restore", source=str(source), replace=replace)

"""`liftback now`: it has just happened; what to check, whom to call, and what to do in the first hours."""

from __future__ import annotations

import click

from liftback.cli.streams import write_json
from liftback.cli.verbs import coloured, columns, examples, verbs


@click.command(epilog=examples("liftback now"))
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def now(output: str) -> None:
    """Say what to do when it has just happened.

    The warning signs first, whom to call, and the first hours. It asks nothing.
    """
    operations = verbs()
    shown = operations.show_first_hours(found=operations.first_hours(), output=output, width=columns(), style=coloured)
    if output == "json":
        write_json(shown)
    else:
        click.echo(shown, nl=False)

"""`liftback read`: what Liftback reads in free words, one text or many."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from liftback.cli.shell import Refusal
from liftback.cli.streams import holds_every_letter, write_json
from liftback.cli.verbs import TODAY, columns, examples, this_day, verbs

LARGEST_TEXT = 2_000_000  # letters; a life's diary is shorter
_EVERY = 1_000  # lines between two words of progress


@click.command(
    epilog=examples(
        "liftback read \"can't feel when I wipe, since Tuesday's deadlifts\"",
        "liftback read < message.txt",
        "liftback read --lines < notes.txt > signals.jsonl",
    )
)
@click.argument("text", nargs=-1)
@click.option("--lines", is_flag=True, help="Read one text a line from standard input; print one JSON object a line.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@TODAY
def read(text: tuple[str, ...], lines: bool, output: str, today: date | None) -> None:
    """Read TEXT for warning signs and for facts.

    Each is shown with its words and how it is meant: there now, in doubt, denied, long ago, somebody else's, or only
    feared. Words can raise an alarm and never clear one: what is not mentioned stays open.
    """
    day = today or this_day()
    if lines:
        if text:
            raise Refusal("--lines reads standard input; leave TEXT out, or leave --lines out.")
        _each_line(day)
        return
    words = " ".join(text) if text else _from_input()
    found = verbs().read_text(text=words[:LARGEST_TEXT], today=day)
    if output == "json":
        write_json(verbs().show_text(read=found, output=output))
    else:
        click.echo(verbs().show_text(read=found, output=output, width=columns()), nl=False)


def _from_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise Refusal('read needs a text, such as: liftback read "my back hurts". `liftback read --help` shows more.')
    return sys.stdin.buffer.read(4 * LARGEST_TEXT).decode("utf-8", "replace")


def _each_line(day: date) -> None:
    """One JSON object for each line, in order; a line that cannot be read says so and stops nothing."""
    narrow = not holds_every_letter(sys.stdout)
    for count, line in enumerate(_input_lines(), start=1):
        found: Any = verbs().read_text(text=line[:LARGEST_TEXT], today=day)
        click.echo(json.dumps(verbs().show_text(read=found, output="json"), ensure_ascii=narrow))
        if count % _EVERY == 0 and sys.stderr is not None and sys.stderr.isatty():
            click.echo(f"liftback: {count:,} texts read", err=True)


def _input_lines() -> Iterator[str]:
    if sys.stdin is None:
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")

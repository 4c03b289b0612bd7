"""What every verb shares: the one-sentence refusal, reading a file whatever it is, and streams that may break."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from liftback.cli.streams import show_lookalikes

# A training app's export of a whole life of lifting is a few megabytes.
LARGEST_FILE = 100_000_000
BAD_INPUT = 2
NO_OUTPUT = 1
_LONGEST_NAME = 120


class Refusal(click.ClickException):
    """Bad input: one clear sentence on standard error, exit code 2, nothing half-written."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(f"liftback: {self.message}", err=True, file=file)


class SentenceGroup(click.Group):
    """A group of commands that says what is wrong with a typed line in one sentence, as it does for a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the verb. Raises Refusal."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _refused(error, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Read the rest of the line and run the verb. Raises Refusal."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _refused(error, ctx) from None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the line. Every file is read in `read_bytes`, so what fails here is a full disk or a closed stream."""
        show_lookalikes()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            _give_up(error)


def _refused(error: click.UsageError, ctx: click.Context) -> Refusal:
    path = (error.ctx or ctx).command_path
    return Refusal(f"{one_line(error.format_message(), 300)} `{path} --help` shows what it takes.")


def _give_up(error: OSError) -> NoReturn:
    # Python would write what is left once more at its end, and complain once more.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the program ends
    click.echo(f"liftback: the output cannot be written: {error.strerror}.", err=True)
    sys.exit(NO_OUTPUT)


def one_line(text: object, most: int = _LONGEST_NAME) -> str:
    """A name or a message as it fits into a sentence: printable, on one line, and not a page long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in str(text))
    return plain if len(plain) <= most else f"{plain[:most]}…"


def is_folder(path: Path) -> bool:
    """Whether the path is a folder; a name that no file can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_bytes(path: Path, what: str, *, named_in: Path | None = None) -> bytes:
    """A file's bytes; `named_in` is the story that names it. Raises Refusal saying what is wrong with it."""
    name = one_line(path)
    try:
        if is_folder(path):
            raise Refusal(f"{name} is a folder, not a file; give the {what} itself.")
        content = _content(path)
    except FileNotFoundError:
        where = f", which {one_line(named_in)} names as its {what}" if named_in is not None else ""
        raise Refusal(f"There is no file {name}{where}; check the name and the folder.") from None
    except OSError as error:
        raise Refusal(f"{name} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise Refusal(f"{name} is no name that a file can have; check the name.") from None
    if isinstance(content, int):
        size = f"{content // 1_000_000} MB" if content else f"more than {LARGEST_FILE // 1_000_000} MB"
        raise Refusal(f"{name} is {size}, which is too large for a {what}. Is it another file?")
    return content


def _content(path: Path) -> bytes | int:
    """The bytes, or the size of a file that is too large to be read; 0 where nobody knows its size."""
    # A named pipe that nobody writes to would keep us waiting for ever; opened like this it reads as empty.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(handle, True)
        about = os.fstat(handle)
        if stat.S_ISREG(about.st_mode) and about.st_size > LARGEST_FILE:
            return about.st_size
        content = file.read(LARGEST_FILE + 1)
    return content if len(content) <= LARGEST_FILE else 0

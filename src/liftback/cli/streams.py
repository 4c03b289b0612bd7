"""Printing on any stream: an old terminal, a file of another encoding, or none at all."""

from __future__ import annotations

import codecs
import io
import json
import sys
import unicodedata
from typing import Any

import click

_LOOKALIKES = {
    "–": "-", "—": "-", "−": "-", "─": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "×": "x", "·": "-", "•": "*",
    "→": "->", "≤": "<=", "≥": ">=", "├": "|", "└": "`", "│": "|", "►": ">",
}  # fmt: skip


def _look_alike(error: UnicodeError) -> tuple[str, int]:
    # An old terminal has no dash and no bracket of a tree; it should show a plain sign, and never stop.
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain_sign, error.object[error.start : error.end])), error.end


def _plain_sign(letter: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", letter) if sign.isascii())
    return _LOOKALIKES.get(letter) or plain or "?"


codecs.register_error("liftback.lookalikes", _look_alike)


def holds_every_letter(stream: Any) -> bool:
    """Whether a stream can hold every letter: UTF-8 and its kin, or no encoding at all."""
    return str(getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def write_json(document: object) -> None:
    """Print JSON whole on any stream: letters that the stream lacks are written as JSON's own escapes."""
    click.echo(json.dumps(document, ensure_ascii=not holds_every_letter(sys.stdout), indent=2))


def write_html(page: str) -> None:
    """Print a web page whole on any stream: letters that the stream lacks are written as HTML's own escapes."""
    narrow = not holds_every_letter(sys.stdout)
    click.echo(page.encode("ascii", "xmlcharrefreplace").decode("ascii") if narrow else page, nl=False)


def show_lookalikes() -> None:
    """From now on print a plain sign for each letter that the terminal lacks, instead of stopping at it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not holds_every_letter(stream):
            stream.reconfigure(errors="liftback.lookalikes")

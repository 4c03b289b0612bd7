"""`liftback serve`: the web side on this machine."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import Any

import click

from liftback.cli.shell import Refusal
from liftback.cli.verbs import examples

HOME = Path.home() / ".liftback"
SOON = 1.5


@click.command(epilog=examples("liftback serve", "liftback serve --host 0.0.0.0 --port 8080 --no-demo"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=HOME, help="Where everything is kept."
)
@click.option("--demo/--no-demo", default=True, help="With a demo lifter and an empty account to try, or without.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes answer.")
@click.option("--worker/--no-worker", default=True, help="With a worker beside it, or without (see `liftback worker`).")
@click.option("--open", "show", is_flag=True, help="Open it in the browser, where there is a screen.")
def serve(data: Path, show: bool, **wished: Any) -> None:
    """Serve Liftback's pages, on this machine by default.

    Everything is kept in one folder, with SQLite, unless LIFTBACK_DATABASE_URL names a PostgreSQL database.
    """
    try:
        from liftback.web import serving  # noqa: PLC0415 - no other verb needs Django
    except ImportError:
        raise Refusal("serve needs the web parts, which are not installed: pip install 'liftback[web]'.") from None
    wish = serving.Wish(data=data.resolve(), **wished)
    try:
        serving.prepare(wish)
        click.echo("liftback: getting ready ...")
        sign_ins = serving.set_up(wish, lambda text: click.echo(f"liftback: {text}"))
    except serving.ServingError as error:
        raise Refusal(str(error)) from None
    click.echo(f"liftback: open {serving.address(wish)}")
    for line in sign_ins:
        click.echo(f"liftback: {line}")
    click.echo("liftback: stop with Ctrl-C; everything stays kept.")
    if show and _has_screen():
        serving.later(SOON, lambda: webbrowser.open(serving.address(wish)))
    sys.exit(serving.serve(wish))


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

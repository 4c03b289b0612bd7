"""The command line: the verbs from a shell."""

from liftback.cli.verbs import main

__all__ = ["main"]

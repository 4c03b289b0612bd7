"""With which version of code and knowledge a thing was worked out."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import liftback
from liftback.knowledge.loader import load_knowledge

_DIGITS = 12


@cache
def made_with() -> str:
    """The version of code and knowledge that pages are worked out with.

    Any change of our code makes another one: a page of values that a template no longer knows must not be shown.
    """
    return f"{liftback.__version__}+{_code()}+{load_knowledge().version}"[:64]


def _code() -> str:
    """A digest of our own source files, which takes a few milliseconds, once for a process."""
    folder = Path(liftback.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def knowledge_version() -> str:
    """The version of the knowledge that is in use."""
    return load_knowledge().version

"""With which version of code and knowledge a thing was worked out."""

from __future__ import annotations

from functools import cache

import liftback
from liftback.knowledge.loader import load_knowledge


@cache
def made_with() -> str:
    """The version of code and knowledge that pages are worked out with."""
    return f"{liftback.__version__}+{load_knowledge().version}"[:64]


def knowledge_version() -> str:
    """The version of the knowledge that is in use."""
    return load_knowledge().version

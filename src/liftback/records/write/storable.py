"""Text that every database can hold: PostgreSQL takes neither the sign of number nought nor half a letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_INSTEAD = "\ufffd"


def storable(value: Any) -> Any:
    """A value of JSON with every sign that cannot be kept shown as one that can; all else as it is."""
    if isinstance(value, str):
        return value.replace("\0", _INSTEAD).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {storable(name): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value

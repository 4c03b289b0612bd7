"""Which entries tell of a warning sign: by the line "anything new?", by a leg after a lift, or in a note."""

from __future__ import annotations

from collections.abc import Mapping

from liftback import operations
from liftback.records.tables.told import Entry

DOUBTS = frozenset(("yes", "not_sure"))
LEGS = frozenset(("further", "numb_or_weak", "not_sure"))


def tells_sign(entry: Entry) -> bool:
    """Whether an entry tells of a sign, or of a doubt about one, by a tap or in its note."""
    return taps_sign(entry) or writes_sign(entry)


def taps_sign(entry: Entry) -> bool:
    """Whether a sign, or a doubt about one, was tapped."""
    told = entry.payload.get("told")
    leg = told.get("leg_after") if isinstance(told, Mapping) else None
    return entry.payload.get("signs") in DOUBTS if entry.kind == "check_in" else leg in LEGS


def writes_sign(entry: Entry) -> bool:
    """Whether the note tells of a sign that counts."""
    note = str(entry.payload.get("note") or "")
    return bool(note.strip()) and any(one.counts for one in operations.read_words(note))

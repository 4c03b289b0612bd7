"""Writing: keyword-only functions with `actor` and `now`; one transaction each, the permission checked inside."""

from liftback.records.write.accounts import (
    delete_everything,
    lifter_for,
    make_calendar,
    set_name,
    set_unit,
    set_zone,
    stop_calendar,
)
from liftback.records.write.doubting import open_signs
from liftback.records.write.entries import NewEntry, Outcome, tell
from liftback.records.write.files import import_file, remove_file
from liftback.records.write.signs_later import tell_signs
from liftback.records.write.stories import keep_story

__all__ = [
    "NewEntry",
    "Outcome",
    "delete_everything",
    "import_file",
    "keep_story",
    "lifter_for",
    "make_calendar",
    "open_signs",
    "remove_file",
    "set_name",
    "set_unit",
    "set_zone",
    "stop_calendar",
    "tell",
    "tell_signs",
]

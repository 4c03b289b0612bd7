"""The place where Django looks for tables; they are in `records.tables`."""

from liftback.records.tables.people import Clinic, Lifter, Membership, Person
from liftback.records.tables.told import Entry, LogFile, StoryVersion
from liftback.records.tables.worked_out import CourseState, Held, Snapshot

__all__ = [
    "Clinic",
    "CourseState",
    "Entry",
    "Held",
    "Lifter",
    "LogFile",
    "Membership",
    "Person",
    "Snapshot",
    "StoryVersion",
]

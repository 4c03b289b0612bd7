"""The place where Django looks for tables; they are in `records.tables`."""

from liftback.records.tables.beats import Heartbeat
from liftback.records.tables.bookings import Booking, CallHours, CallHoursException, TakenTime
from liftback.records.tables.care import (
    ClearanceSignature,
    Episode,
    PlanEdit,
    PlanSignOff,
    Share,
    ThreadMessage,
    ThreadRead,
)
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic, Lifter, Membership, Person
from liftback.records.tables.practice import ClosedDay, Colleague, ConsentText, Licence, OpeningHours, StateTerms
from liftback.records.tables.requests import (
    CallNote,
    ConsultRequest,
    ContactAttempt,
    Escalation,
    HandOver,
    RequestStep,
)
from liftback.records.tables.told import Entry, LogFile, StoryVersion
from liftback.records.tables.worked_out import CourseState, Held, Snapshot

__all__ = [
    "AuditRow",
    "Booking",
    "CallHours",
    "CallHoursException",
    "CallNote",
    "ClearanceSignature",
    "Clinic",
    "ClosedDay",
    "Colleague",
    "ConsentText",
    "ConsultRequest",
    "ContactAttempt",
    "CourseState",
    "Entry",
    "Episode",
    "Escalation",
    "HandOver",
    "Heartbeat",
    "Held",
    "Licence",
    "Lifter",
    "LogFile",
    "Mail",
    "Membership",
    "OpeningHours",
    "Person",
    "PlanEdit",
    "PlanSignOff",
    "RequestStep",
    "Share",
    "Snapshot",
    "StateTerms",
    "StoryVersion",
    "TakenTime",
    "ThreadMessage",
    "ThreadRead",
]

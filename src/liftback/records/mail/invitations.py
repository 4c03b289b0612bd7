"""A call as an iCalendar invitation. A calendar may be shared: it says with whom the call is, and carries a link."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from liftback.records.tables.bookings import Booking

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
"""Methods of RFC 5546: an invitation or its change, its end, and a file that somebody takes themselves."""
MAKER = "-//Liftback//Liftback calls//EN"
_STATUS = {Booking.State.CANCELLED: "CANCELLED", Booking.State.REQUESTED: "TENTATIVE"}


def uid_of(booking: Booking) -> str:
    """The name that a calendar knows the call by, whatever happens to it."""
    return f"{booking.pk}@liftback"


def organizer_of(booking: Booking) -> str:
    """The address that the invitation comes from: the clinic's, else the one that mails are sent from."""
    return booking.clinic.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def invitation(*, booking: Booking, link: str, method: str = REQUEST) -> str:
    """The text of the invitation. Times are in UTC, so that no calendar needs our tables of time zones."""
    calendar = new_calendar(method)
    event = event_of(
        booking=booking,
        summary=f"Call with {booking.clinic.name}",
        link=link,
        status="CANCELLED" if method == CANCEL else _STATUS.get(Booking.State(booking.state), "CONFIRMED"),
    )
    organizer = vCalAddress(f"mailto:{organizer_of(booking)}")
    organizer.params["CN"] = booking.clinic.name
    event["organizer"] = organizer
    if method != PUBLISH and booking.email:
        guest = vCalAddress(f"mailto:{booking.email}")
        guest.params["PARTSTAT"] = "ACCEPTED"
        guest.params["RSVP"] = "FALSE"
        event.add("attendee", guest)
    calendar.add_component(event)
    return text_of(calendar)


def new_calendar(method: str) -> Calendar:
    """A calendar without events."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def event_of(*, booking: Booking, summary: str, link: str, status: str) -> Event:
    """The call as an event: no name but the one in the summary, no notes, no number."""
    event = Event()
    event.add("uid", uid_of(booking))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", _utc(booking.changed_at))
    event.add("dtstart", _utc(booking.starts_at))
    event.add("dtend", _utc(booking.ends_at))
    event.add("summary", summary)
    event.add("description", link)
    event.add("url", link)
    event.add("status", status)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def text_of(calendar: Calendar) -> str:
    """A calendar as the text of a file."""
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)

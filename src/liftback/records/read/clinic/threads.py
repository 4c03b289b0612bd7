"""Reading threads: by the lifter whose it is, and by therapists inside the audit; and what waits to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from liftback.records import audit, permissions
from liftback.records import staff as staff_rules
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode, ThreadMessage, ThreadRead
from liftback.records.tables.people import Lifter, Membership, Person
from liftback.records.write.clinic import threads as writing

MOST = 500
"""Messages that a page shows: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message as its page shows it. `mine`: whoever looks wrote it. `readers`: others who read it, with when."""

    message: ThreadMessage
    mine: bool
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who has read a message, and when they did so."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread as its page shows it. `closed` says why nobody can write now; `more`: there are older messages."""

    episode: Episode
    lines: tuple[Line, ...]
    closed: str
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What of a thread waits for the clinic: unread messages, since when, and since when one with a sign is unanswered.

    `flagged_at` is the time of the first message with a warning sign that nobody has answered yet.
    """

    unread: int
    since: datetime | None
    flagged_at: datetime | None


def episodes_of(lifter: Lifter) -> list[Episode]:
    """A lifter's episodes: the open ones first, then the newest."""
    found = Episode.objects.filter(lifter=lifter).select_related(
        "clinic", "therapist__person", "request", "lifter__person"
    )
    return sorted(found, key=lambda one: (one.closed_at is not None, -one.opened_at.timestamp()))


def thread_of(*, actor: Person, episode: Episode) -> Thread:
    """A lifter's own thread. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, episode.lifter)
    return _thread(episode, actor)


def episode_of(*, actor: Person, lifter: Lifter, number: UUID | None = None) -> Episode | None:
    """The lifter's episode of that number, else the one to show first; None where there is none. NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    found = episodes_of(lifter)
    if number is None:
        return found[0] if found else None
    there = next((one for one in found if one.pk == number), None)
    if there is None:
        raise NotAllowedError(NOT_YOURS)
    return there


def episode_here(*, staff: Staff, number: UUID) -> Episode:
    """An episode of the clinic in front, by its number. Raises NotAllowedError. Nothing of the lifter is read."""
    staff_rules.check(staff, staff_rules.TREAT)
    found = Episode.objects.filter(pk=number, clinic=staff.clinic)
    there = found.select_related("clinic", "lifter__person", "request", "therapist__person").first()
    if there is None:
        raise NotAllowedError(NOT_YOURS)
    return there


def opened(*, staff: Staff, episode: Episode, now: datetime) -> Thread:
    """A patient's thread for a therapist, noted in the audit and as read. Raises NotAllowedError."""
    staff_rules.check(staff, staff_rules.TREAT)
    if episode.clinic_id != staff.clinic.pk or episode.lifter is None:
        raise NotAllowedError(NOT_YOURS)
    with audit.audited(
        staff=staff, deed=audit.READ, what="thread", now=now, lifter=episode.lifter, request=episode.request,
        needs=staff_rules.TREAT,
    ):  # fmt: skip
        thread = _thread(episode, staff.person)
        if thread.lines:
            writing.read_by_staff(staff=staff, episode=episode, upto=thread.lines[-1].message.pk, now=now)
    return thread


def unread_of(lifter: Lifter) -> int:
    """How many messages of clinics a lifter has not read."""
    found = ThreadMessage.objects.filter(episode__lifter=lifter, from_lifter=False).values_list("episode_id", "pk")
    marks = dict(
        ThreadRead.objects.filter(episode__lifter=lifter, person=lifter.person_id).values_list("episode_id", "upto")
    )
    return sum(number > marks.get(episode, 0) for episode, number in found)


def waiting(episodes: Iterable[Episode]) -> dict[UUID, Waiting]:
    """What waits in the threads of some episodes, in two queries and without a word of any; by the episode's id.

    A message counts as read as soon as anybody at work has read it. For lists inside an audited look.
    """
    ids = [one.pk for one in episodes]
    marks: dict[UUID, int] = {}
    of_staff = ThreadRead.objects.filter(episode__in=ids).exclude(person_id=F("episode__lifter__person_id"))
    for episode, upto in of_staff.values_list("episode_id", "upto"):
        marks[episode] = max(marks.get(episode, 0), upto)
    rows = ThreadMessage.objects.filter(episode__in=ids).order_by("pk")
    told: dict[UUID, list[tuple[int, bool, bool, datetime]]] = {}
    for episode, number, from_lifter, signs, at in rows.values_list("episode_id", "pk", "from_lifter", "flagged", "at"):
        told.setdefault(episode, []).append((number, from_lifter, signs, at))
    return {episode: _waiting(found, marks.get(episode, 0)) for episode, found in told.items()}


def _waiting(rows: list[tuple[int, bool, bool, datetime]], mark: int) -> Waiting:
    answered = max((number for number, from_lifter, _, _ in rows if not from_lifter), default=0)
    unread = [at for number, from_lifter, _, at in rows if from_lifter and number > mark]
    flagged = [at for number, from_lifter, signs, at in rows if from_lifter and signs and number > answered]
    return Waiting(unread=len(unread), since=unread[0] if unread else None, flagged_at=flagged[0] if flagged else None)


def _thread(episode: Episode, reader: Person) -> Thread:
    rows = list(ThreadMessage.objects.filter(episode=episode).order_by("-pk")[: MOST + 1])
    shown = list(reversed(rows[:MOST]))
    below = _readers(episode, shown, reader)
    lines = tuple(
        Line(message=one, mine=one.author_id == reader.pk, readers=tuple(below.get(one.pk, ()))) for one in shown
    )
    return Thread(episode=episode, lines=lines, closed=writing.why_closed(episode), more=len(rows) > MOST)


def _readers(episode: Episode, shown: list[ThreadMessage], reader: Person) -> dict[int, list[Reader]]:
    """Who has read how far: each under the newest message of somebody else that they have read, and nowhere else."""
    found: dict[int, list[Reader]] = {}
    marks = ThreadRead.objects.filter(episode=episode).exclude(person=reader).select_related("person").order_by("at")
    titles = dict(Membership.objects.filter(clinic=episode.clinic).values_list("person_id", "title"))
    for mark in marks:
        seen = [one.pk for one in shown if one.pk <= mark.upto and one.author_id != mark.person_id]
        if seen:
            name = f"{titles.get(mark.person_id, '')} {_name(episode, mark.person)}".strip()
            found.setdefault(seen[-1], []).append(Reader(name=name, at=mark.at))
    return found


def _name(episode: Episode, person: Person) -> str:
    if episode.lifter is not None and episode.lifter.person_id == person.pk:
        return person.name or episode.name
    return person.name or person.email.partition("@")[0]

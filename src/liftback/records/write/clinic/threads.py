"""Messages between a patient and their clinic: kept first, each once, and read for warning signs.

A lifter's words that tell of a warning sign are kept among their own entries too, as the note of a check-in is, so that
answers and plan do not go on past them, whatever becomes of the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from liftback import operations
from liftback.records import audit, links, modules, permissions
from liftback.records import staff as staff_rules
from liftback.records.days import day_of
from liftback.records.mail import outbox
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import LONGEST_NOTE, NotNowError
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode, ThreadMessage, ThreadRead
from liftback.records.tables.people import Lifter, Membership, Person
from liftback.records.write.clinic import shares
from liftback.records.write.clinic.episodes import locked_row, name_of
from liftback.records.write.entries import NewEntry, tell
from liftback.records.write.once import once
from liftback.records.write.storable import storable

LONGEST = LONGEST_NOTE
"""Letters of one message; the form says so."""
DEVICE = "message"
"""The device of an entry that came with a message."""
_LAP = 300
"""Letters that two pieces of a long text share."""
_MOST_PIECES = 20
"""Pieces with a warning sign that are kept of one text: one is enough to hold a plan."""
WAITS, URGENT = "message_waits", "message_urgent"
"""Kinds of the mails that say that a message waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a message. `closed` is why the clinic does not get it; `signs`: it tells of a warning sign."""

    message: ThreadMessage | None
    signs: bool
    closed: str = ""


def why_closed(episode: Episode) -> str:
    """Why nobody can write in a thread now, with what to do instead; empty while one can."""
    clinic, reach = episode.clinic, _reach(episode)
    if episode.closed_at is not None:
        return f"Your time with {clinic.name} ended on {episode.closed_at:%d %B %Y}. {reach}"
    if not modules.is_on(clinic, modules.MESSAGES):
        return f"{clinic.name} does not take messages here. {reach}"
    if not shares.holds(lifter=episode.lifter, clinic=clinic):
        return f"You do not share your records with {clinic.name} now, so they cannot read messages here. {reach}"
    return ""


def send(*, actor: Person, episode: Episode, text: str, client_id: UUID, now: datetime) -> Sent:
    """Keep a lifter's message to their clinic, once. Raises NotAllowedError, NotNowError for no words or too many.

    Where the thread is closed nothing reaches the clinic, and `closed` says so; a warning sign is kept with the
    lifter's own entries all the same, and so it is of words that are too many to be sent.
    """
    lifter = _own_lifter(actor, episode)
    try:
        words = _words(text)
    except NotNowError:
        keep_sign(actor=actor, lifter=lifter, text=text, client_id=client_id, now=now)
        raise
    with transaction.atomic():
        locked = locked_row(episode)  # first of all, so that messages are numbered in the order they are seen in
        signs = keep_sign(actor=actor, lifter=lifter, text=words, client_id=client_id, now=now)
        closed = why_closed(locked)
        if closed:
            return Sent(message=None, signs=signs, closed=closed)
        row = ThreadMessage(
            episode=locked, author=actor, author_name=actor.name or locked.name, from_lifter=True, flagged=signs
        )
        message = _kept(row, words, once(client_id, words), now)
        _tell_clinic(locked, message, now)
    return Sent(message=message, signs=signs)


def reply(
    *, staff: Staff, episode: Episode, text: str, client_id: UUID, now: datetime, seen: int | None = None
) -> ThreadMessage:
    """Keep a therapist's message to a patient, once.

    `seen` is the number of the newest message on the page that it was written on: where the patient has written since,
    it waits until that was read, because an answer ends the call for attention. Raises NotAllowedError, NotNowError.
    """
    _check_here(staff, episode)
    words = _words(text)
    client_id = once(client_id, words)
    with audit.audited(
        staff=staff, deed=audit.WRITE, what="thread", now=now, lifter=episode.lifter, request=episode.request,
        needs=staff_rules.TREAT,
    ):  # fmt: skip
        locked = locked_row(episode)
        _check_open_to(locked, client_id, seen)
        row = ThreadMessage(
            episode=locked, author=staff.person, author_name=name_of(staff.membership), from_lifter=False
        )
        message = _kept(row, words, client_id, now)
        _tell_lifter(locked, now)
    return message


def mark_read(*, actor: Person, episode: Episode, now: datetime) -> None:
    """Note that a lifter has read their thread. Raises NotAllowedError."""
    _own_lifter(actor, episode)
    newest = ThreadMessage.objects.filter(episode=episode).order_by("-pk").values_list("pk", flat=True).first()
    if newest is not None:
        _read_up_to(episode, actor, newest, now)


def read_by_staff(*, staff: Staff, episode: Episode, upto: int, now: datetime) -> None:
    """Note how far somebody at work has read, for use inside their audited look. Raises NotAllowedError outside one."""
    if episode.lifter is None or not permissions.may(staff.person, permissions.READ, episode.lifter):
        raise NotAllowedError(NOT_YOURS)
    _read_up_to(episode, staff.person, upto, now)


def _own_lifter(actor: Person, episode: Episode) -> Lifter:
    permissions.check(actor, permissions.WRITE, episode.lifter)
    if episode.lifter is None:
        raise NotAllowedError(NOT_YOURS)
    return episode.lifter


def _check_here(staff: Staff, episode: Episode) -> None:
    staff_rules.check(staff, staff_rules.TREAT)
    if episode.clinic_id != staff.clinic.pk or episode.lifter is None:
        raise NotAllowedError(NOT_YOURS)


def _check_open_to(episode: Episode, client_id: UUID, seen: int | None) -> None:
    """Raise NotNowError where staff cannot write now, or have not seen what came last."""
    if episode.closed_at is not None:
        raise NotNowError(f"This ended on {episode.closed_at:%Y-%m-%d}. Nothing was sent; call {episode.name} instead.")
    if why_closed(episode):
        raise NotNowError("Messages are switched off for this clinic. Nothing was sent; call instead.")
    there = ThreadMessage.objects.filter(episode=episode)
    if seen is None or there.filter(client_id=client_id).exists():
        return
    if there.filter(from_lifter=True, pk__gt=seen).exists():
        raise NotNowError(f"{episode.name} wrote something while you were writing. Read it first, then send yours.")


def _words(text: str) -> str:
    words = str(storable(text)).replace("\r\n", "\n").strip()
    if not words:
        raise NotNowError("There are no words in it yet. Write something, then send it.")
    if len(words) > LONGEST:
        raise NotNowError(
            f"That is {len(words):,} letters; a message has at most {LONGEST:,}. Nothing was sent. Send it in parts."
        )
    return words


def _kept(row: ThreadMessage, words: str, client_id: UUID, now: datetime) -> ThreadMessage:
    row.text, row.client_id, row.at, row.author_name = words, client_id, now, row.author_name[:120]
    ThreadMessage.objects.bulk_create([row], ignore_conflicts=True)
    return ThreadMessage.objects.get(episode=row.episode, client_id=client_id)


def keep_sign(*, actor: Person, lifter: Lifter, text: str, client_id: UUID, now: datetime) -> bool:
    """Whether words tell of a warning sign; they are then kept where the lifter's other notes are.

    Those are what holds a plan. All words are read, however many; of more than a note can hold, those pieces are kept
    that tell of a sign. Raises NotAllowedError.
    """
    words = str(storable(text)).replace("\r\n", "\n").strip()
    if not _tells(words):
        return False
    pieces = [words] if len(words) <= LONGEST else [one for one in _pieces(words) if _tells(one)][:_MOST_PIECES]
    entries = [
        NewEntry(
            kind="check_in",
            client_id=once(client_id, DEVICE, one),
            device=DEVICE,
            day=day_of(lifter, now),
            client_time=now,
            payload={"note": one},
        )
        for one in pieces
    ]
    for outcome in tell(actor=actor, lifter=lifter, entries=entries, now=now):
        if outcome.state == "refused":
            raise NotNowError(outcome.why)
    return True


def _tells(words: str) -> bool:
    return any(one.counts for one in operations.read_words(words))


def _pieces(words: str) -> list[str]:
    """Words in pieces that a note can hold; each begins with the end of the one before, so that no sign is cut."""
    return [words[at : at + LONGEST] for at in range(0, len(words), LONGEST - _LAP)]


def _read_up_to(episode: Episode, person: Person, upto: int, now: datetime) -> None:
    """Move the mark on, never back."""
    moved = ThreadRead.objects.filter(episode=episode, person=person, upto__lt=upto).update(upto=upto, at=now)
    if not moved:
        ThreadRead.objects.bulk_create(
            [ThreadRead(episode=episode, person=person, upto=upto, at=now)], ignore_conflicts=True
        )


# --- mails that say that a message waits -----------------------------------------------------------------------------


def _tell_lifter(episode: Episode, now: datetime) -> None:
    """One mail until the lifter has read: its key holds how far they have."""
    lifter = episode.lifter
    if lifter is None:
        return
    mark = ThreadRead.objects.filter(episode=episode, person=lifter.person).values_list("upto", flat=True).first()
    where = links.absolute(reverse("lifter:messages"))
    outbox.put(
        key=f"thread/{episode.pk}/to-patient/{mark or 0}",
        kind=WAITS,
        to=lifter.person.email,
        subject=f"A message from {episode.clinic.name}",
        body=(
            f"Hello {episode.name},\n\na message from {episode.clinic.name} waits for you:\n\n{where}\n\n"
            f"You get one such mail until you have read it.\n\n{episode.clinic.name}\n{episode.clinic.phone}\n"
        ),
        now=now,
        clinic=episode.clinic,
        request=episode.request,
    )


def _tell_clinic(episode: Episode, message: ThreadMessage, now: datetime) -> None:
    """One mail until somebody at work has read; each message with a warning sign has one of its own, to all."""
    where = links.absolute(reverse("clinic:patient_messages", args=[episode.pk]))
    for to in _addresses(episode, everybody=message.flagged):
        outbox.put(
            key=_key(episode, message, to),
            kind=URGENT if message.flagged else WAITS,
            to=to,
            subject="Please read a patient's message now" if message.flagged else "A patient's message waits",
            body=f"{_URGENT_WORDS if message.flagged else _WAITING_WORDS}\n\n{where}\n\n{episode.clinic.name}\n",
            now=now,
            clinic=episode.clinic,
            request=episode.request,
        )


_URGENT_WORDS = "A patient's message should be read by a therapist now. Please open it and call them:"
_WAITING_WORDS = "A message from a patient waits. You get one such mail until it has been read:"


def _key(episode: Episode, message: ThreadMessage, to: str) -> str:
    mark = message.pk if message.flagged else _staff_mark(episode)
    which = "urgent" if message.flagged else "to-clinic"
    return f"thread/{episode.pk}/{which}/{mark}/{uuid5(episode.pk, to).hex[:8]}"


def _staff_mark(episode: Episode) -> int:
    """How far anybody at work has read."""
    marks = ThreadRead.objects.filter(episode=episode).exclude(person_id=F("episode__lifter__person_id"))
    return max(marks.values_list("upto", flat=True), default=0)


def _addresses(episode: Episode, *, everybody: bool) -> list[str]:
    """The therapist's, else the clinic's; of what must be read now both. Without either, all who treat people here."""
    therapist = episode.therapist.person.email if episode.therapist is not None and episode.therapist.active else ""
    found = [therapist, episode.clinic.email] if everybody or not therapist else [therapist]
    return [one for one in dict.fromkeys(found) if one] or _therapists(episode)


def _therapists(episode: Episode) -> list[str]:
    members = Membership.objects.filter(clinic=episode.clinic, active=True).select_related("person").order_by("pk")
    return [one.person.email for one in members if staff_rules.is_clinical(one)]


def _reach(episode: Episode) -> str:
    clinic = episode.clinic
    if clinic.phone:
        return f"You can reach them by phone: {clinic.phone}."
    return f"You can reach them by e-mail: {clinic.email}." if clinic.email else "Ask at the clinic how to reach them."

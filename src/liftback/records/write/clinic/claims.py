"""Who has a request, and what comes next: claim, release, give, snooze, close. The promise's due time never moves.

Each change says what it was made from: two people who claim at once cannot both have it, and the second reads who has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from liftback.records import staff as staff_rules
from liftback.records.policies import NotNowError
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode
from liftback.records.tables.people import Membership
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.clinic import episodes
from liftback.records.write.clinic.attempts import NEEDED, REACHED, counted, has_talked, is_by_mail, standing
from liftback.records.write.clinic.escalating import tell_flagged
from liftback.records.write.clinic.requests import AT_ONCE
from liftback.records.write.clinic.steps import changing_request, request_of, set_fields, step
from liftback.records.write.storable import storable

FURTHEST = timedelta(days=90)
"""How far off a request can be put."""
LONGEST_SHORT = 200
WITHDRAWN, NO_ANSWER = "withdrawn", "no_answer"
CLOSED_WHY = {
    "call_booked": "A call is booked",
    "patient": "Is a patient now",
    "handed_over": "With a colleague elsewhere",
    "answered": "Answered, nothing more is needed",
    NO_ANSWER: "Tried, no answer",
    "not_wanted": "They do not want it any more",
    "duplicate": "The same person asked twice",
    "no_request": "No real request",
}
"""Why a request is closed at the desk. `withdrawn` is by the person themselves."""
LEVELS = ("self_manage", "routine", "within_days", "same_day", "emergency")
URGENT = ("same_day", "emergency")
RAISED = ("within_days", *URGENT)
"""What a therapist may raise a level to. Nothing here says that somebody can look after it alone."""


def claim(*, staff: Staff, request: UUID, now: datetime) -> None:
    """Take a request. Raises NotNowError that says who has it, where somebody was quicker."""
    with _open_request(staff, request, now) as row:
        if row.claimed_by_id == staff.membership.pk:
            return
        if row.claimed_by_id is not None:
            raise NotNowError(f"{_holder(row)} has this one already. Ask them, or let them give it to you.")
        set_fields(row, claimed_by=staff.membership, claimed_at=now)
        step(row, "claimed", staff=staff, now=now)


def release(*, staff: Staff, request: UUID, now: datetime) -> None:
    """Put one's own request back for anybody. Raises NotNowError where it is not one's own."""
    with _open_request(staff, request, now) as row:
        if row.claimed_by_id is None:
            return
        if row.claimed_by_id != staff.membership.pk:
            raise NotNowError(f"{_holder(row)} has this one. Only they can put it back; you can give it on instead.")
        set_fields(row, claimed_by=None, claimed_at=None)
        step(row, "released", staff=staff, now=now)


def give(*, staff: Staff, request: UUID, to: int, why: str, held_by: int | None, now: datetime) -> None:
    """Give a request to a colleague (the number of a membership of this clinic), with a reason.

    `held_by` is who had it on the page that was looked at. Raises NotNowError where that has changed.
    """
    with _open_request(staff, request, now) as row:
        colleague = Membership.objects.filter(pk=to, clinic=staff.clinic, active=True).select_related("person").first()
        if colleague is None:
            raise NotNowError("Choose a colleague of this clinic to give it to.")
        if row.claimed_by_id == colleague.pk:
            return
        if row.claimed_by_id != held_by:
            who = "Nobody" if row.claimed_by_id is None else _holder(row)
            raise NotNowError(f"{who} has it now: it changed while you looked. Look again, then decide.")
        name = colleague.person.name or colleague.person.email.partition("@")[0]
        set_fields(row, claimed_by=colleague, claimed_at=now)
        step(row, "given", staff=staff, now=now, why=_reason(why, "why you give it on"), to=name)


def snooze(*, staff: Staff, request: UUID, until: datetime, why: str, now: datetime) -> None:
    """Put a request off until a time, with a reason. The promise runs on: what is late or flagged cannot be put off."""
    with _open_request(staff, request, now) as row:
        if row.flagged:
            raise NotNowError("A warning sign stands in this request, so it cannot be put off. Call, or have it seen.")
        if row.met_at is None and row.due_at is not None and row.due_at <= now:
            raise NotNowError("This one is late already, so it cannot be put off. Try to reach them now.")
        if not now < until <= now + FURTHEST:
            raise NotNowError(f"Choose a time from now on, at most {FURTHEST.days} days ahead.")
        reason = _reason(why, "why it can wait")[:LONGEST_SHORT]
        set_fields(row, snoozed_until=until, snooze_why=reason)
        step(row, "snoozed", staff=staff, now=now, why=reason, until=until.isoformat())


def wake(*, staff: Staff, request: UUID, now: datetime) -> None:
    """Take a request up again before its time."""
    with _open_request(staff, request, now) as row:
        if row.snoozed_until is None:
            return
        set_fields(row, snoozed_until=None, snooze_why="")
        step(row, "woken", staff=staff, now=now)


def set_next(*, staff: Staff, request: UUID, words: str, now: datetime) -> None:
    """Write down what comes next, in a few words; empty for nothing."""
    told = " ".join(storable(words).split())
    with _open_request(staff, request, now) as row:
        if len(told) > LONGEST_SHORT:
            raise NotNowError(f"The next step is a line of at most {LONGEST_SHORT} letters.")
        if told != row.next_step:
            set_fields(row, next_step=told)
            step(row, "next_step", staff=staff, now=now, why=told)


def raise_level(*, staff: Staff, request: UUID, level: str, why: str, now: datetime) -> None:
    """Say that a request is more urgent than what was read from it. Never less: what was read stays."""
    with _open_request(staff, request, now, needs=staff_rules.BRIEF) as row:
        if level not in RAISED:
            raise NotNowError("Choose how urgent it is.")
        if row.level in LEVELS and LEVELS.index(level) <= LEVELS.index(row.level):
            raise NotNowError("It counts as at least as urgent already. A level is only ever raised here.")
        reason = _reason(why, "what makes it more urgent")
        set_fields(row, level=level)
        step(row, "raised", staff=staff, now=now, why=reason, level=level)
        if level in URGENT:
            _flag(row, now)


def _flag(row: ConsultRequest, now: datetime) -> None:
    """It waits no more: not put off, due at once where no time was promised, and everybody is told who can call."""
    due = {} if row.due_at is not None else {"due_at": now, "due_terms": AT_ONCE}
    set_fields(row, flagged=True, snoozed_until=None, snooze_why="", **due)
    if not has_talked(row):
        tell_flagged(row, now=now)


def close(*, staff: Staff, request: UUID, reason: str, words: str, now: datetime) -> None:
    """Close a request for one of `CLOSED_WHY`. An unkept promise needs words, and counts as not kept.

    One with a warning sign is closed by a therapist only, with words. Raises NotAllowedError, NotNowError.
    """
    with _open_request(staff, request, now) as row:
        if reason not in CLOSED_WHY:
            raise NotNowError("Choose why it is closed.")
        if row.flagged and not staff.clinical:
            raise NotNowError("A warning sign stands in this request. Only a therapist closes it; give it to one.")
        attempts = list(standing(request=row))
        tries = len(counted(attempts, by_mail=is_by_mail(row)))
        if reason == NO_ANSWER and tries < NEEDED and not any(one.outcome == REACHED for one in attempts):
            raise NotNowError(f"“No answer” needs {NEEDED} tries at different times; so far there are {tries}.")
        unkept = row.met_at is None and row.due_at is not None
        told = words.strip()
        if row.flagged or unkept:
            told = _reason(words, "why it is closed " + ("with a warning sign" if row.flagged else "without a contact"))
        set_fields(row, closed_at=now, closed_why=reason, snoozed_until=None, snooze_why="")
        step(row, "closed", staff=staff, now=now, why=told, reason=reason, kept=not unkept)


def reopen(*, staff: Staff, request: UUID, now: datetime) -> None:
    """Open a closed request again; the promise and what was done stay as they were."""
    with changing_request(staff=staff, request=request, now=now, what="next_step") as row:
        if row.closed_at is None:
            return
        if row.closed_why == WITHDRAWN:
            raise NotNowError("They took this request back themselves, and their words are deleted. It stays closed.")
        set_fields(row, closed_at=None, closed_why="")
        step(row, "reopened", staff=staff, now=now)


def make_patient(*, staff: Staff, request: UUID, therapist: int | None, now: datetime) -> Episode:
    """Turn whoever asked into a patient, with a therapist of this clinic or with nobody yet.

    Raises NotAllowedError for those who treat nobody, NotNowError with what to do.
    """
    staff_rules.check(staff, staff_rules.TREAT)
    row = request_of(staff, request)
    chosen = None
    if therapist is not None:
        chosen = Membership.objects.filter(pk=therapist, clinic=staff.clinic, active=True).first()
        if chosen is None:
            raise NotNowError("Choose a therapist of this clinic, or nobody yet.")
    return episodes.open_episode(staff=staff, request=row, therapist=chosen, now=now)


@contextmanager
def _open_request(
    staff: Staff, request: UUID, now: datetime, *, needs: str = staff_rules.WORK
) -> Iterator[ConsultRequest]:
    """The locked row of a request that is open. Raises NotNowError for a closed one."""
    with changing_request(staff=staff, request=request, now=now, what="next_step", needs=needs) as row:
        if row.closed_at is not None:
            raise NotNowError("This request is closed already. Open it again first, if there is more to do.")
        yield row


def _reason(why: str, what: str) -> str:
    told = storable(why).strip()
    if not told:
        raise NotNowError(f"Say in a few words {what}.")
    return str(told)


def _holder(row: ConsultRequest) -> str:
    holder = row.claimed_by
    return "Somebody" if holder is None else holder.person.name or holder.person.email.partition("@")[0]

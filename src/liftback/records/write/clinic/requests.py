"""The front door: taking a consult form, kept first and shown after, and taking it back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from liftback.records import consents, modules, promise
from liftback.records.policies import NotNowError
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic, Lifter, Person
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.tables.told import StoryVersion
from liftback.records.write.clinic import receipts, shares
from liftback.records.write.clinic.danger import Danger, danger_in
from liftback.records.write.clinic.escalating import tell_flagged
from liftback.records.write.clinic.routing import HOME, Routed, route
from liftback.records.write.storable import storable

LONGEST_WORDS = 8_000
"""Letters of what somebody tells in their own words."""
_TRIES = 6
"""How often one page may be sent with other words each time."""
CLOSED = "This request is closed, so nothing more is done with it. A new form takes two minutes."
WITHDRAWN = "withdrawn"
"""Why a request was closed that its sender took back."""
AT_ONCE = {"kind": "at_once", "because": "a warning sign does not wait in the queue"}
"""From what a warning sign is due when it is told of (`due_terms`)."""
A_PATIENT = (
    "This request has become part of your record as a patient. Write to the clinic, or ask them on the phone, and they "
    "tell you what can be deleted."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A consult form, read. `reach` is "phone" or "email"; `phone` is as `records.phones` keeps it.

    `state` is where the person is now and `country` "US"; without a state `country` is "ZZ" outside the US, and empty
    where the place is not known.
    """

    form_id: UUID
    name: str
    reach: str = "phone"
    phone: str = ""
    email: str = ""
    best_time: str = ""
    country: str = ""
    state: str = ""
    zip: str = ""
    words: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A story that its teller chose to send along: a lifter's, which shares their records, or a stranger's document.

    `level` is what the story's answers call for. `consent` is the text about records that a lifter agreed to.
    """

    level: str
    lifter: Lifter | None = None
    story: StoryVersion | None = None
    document: str = ""
    consent: ConsentText | None = None


def take(
    *,
    clinic: Clinic,
    told: Told,
    consent: ConsentText,
    now: datetime,
    person: Person | None = None,
    attached: Attached | None = None,
) -> ConsultRequest:
    """Keep a form: read for danger, sent where it belongs, with its promise and the e-mails that it needs.

    The same form again is the same request. The same form with other words (the back button) is another request, so
    that nothing that was told is lost. Raises NotNowError where the clinic takes none.
    """
    modules.check(clinic, modules.CONSULT)
    if consent.kind != consents.CONSULT or consent.clinic_id not in (None, clinic.pk):
        raise NotNowError(
            "The text that was agreed to is not the one for this form. Reload the page, and read it again."
        )
    clean = Told(**{**storable(asdict(told)), "form_id": told.form_id})
    danger = danger_in(
        words=clean.words,
        best_time=clean.best_time,
        name=clean.name,
        story_level="" if attached is None else attached.level,
        today=promise.today_of(clinic, now),
    )
    found = _Found(person=person, attached=attached, danger=danger)
    for _ in range(_TRIES):
        kept = _once(clinic, clean, consent, now, found)
        if kept is not None:
            return kept
        clean = _another(clean, found)
    raise NotNowError("This page was sent too often. Reload it, and send it once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    person: Person | None
    attached: Attached | None
    danger: Danger


def _once(clinic: Clinic, told: Told, consent: ConsentText, now: datetime, found: _Found) -> ConsultRequest | None:
    """Keep it, or give what was kept of this form before; None where that says something else, or was taken back."""
    try:
        with transaction.atomic():
            return _kept(clinic, told, consent, now, found)
    except IntegrityError:  # this form was kept before, perhaps at this very moment
        there = ConsultRequest.objects.select_related("clinic").filter(clinic=clinic, form_id=told.form_id).first()
        if there is None:
            raise
        return there if _says(there, _sent_along(there)) == _says(told, _to_send(found.attached)) else None


def _kept(clinic: Clinic, told: Told, consent: ConsentText, now: datetime, found: _Found) -> ConsultRequest:
    day = promise.today_of(clinic, now)
    routed = route(clinic=clinic, state=told.state, country=told.country, day=day, zip_code=told.zip)
    due_at, terms = _due(clinic, routed, flagged=found.danger.flagged, now=now)
    attached = found.attached
    request = ConsultRequest.objects.create(
        clinic=clinic,
        **asdict(told),
        read=[dict(one) for one in found.danger.signals],
        level=found.danger.level,
        flagged=found.danger.flagged,
        lifter=_lifter_of(found.person),
        story=None if attached is None else attached.story,
        consent=consent,
        consent_at=now,
        route=routed.route,
        received_at=now,
        due_at=due_at,
        due_terms=terms,
    )
    _write_down(request, found, routed, now)
    if attached is not None and attached.lifter is not None and attached.consent is not None and found.person:
        shares.give(actor=found.person, lifter=attached.lifter, clinic=clinic, consent=attached.consent, now=now)
    if request.flagged:
        tell_flagged(request, now=now)
    receipts.receipt(request, now=now)
    return request


def _due(clinic: Clinic, routed: Routed, *, flagged: bool, now: datetime) -> tuple[datetime | None, dict[str, object]]:
    """When it is due: a warning sign at once wherever it goes, a request of the queue as promised, others never."""
    if flagged:
        return now, dict(AT_ONCE)
    if routed.route != ConsultRequest.Route.QUEUE:
        return None, {}
    due = promise.promised(clinic, now)
    return due.at, promise.kept_terms(clinic, due)


def _write_down(request: ConsultRequest, found: _Found, routed: Routed, now: datetime) -> None:
    def step(kind: str, **details: object) -> RequestStep:
        return RequestStep(request=request, at=now, by_name=request.name, kind=kind, details=details)

    steps = [step("received", route=routed.route)]
    if found.attached is not None and found.attached.document:
        steps.append(step("story", document=storable(found.attached.document)))
    if request.words and not found.danger.readable:
        steps.append(step("unreadable"))
    if routed.ends is not None:
        steps.append(step("licence_ends", until=routed.ends.isoformat(), state=request.state))
    RequestStep.objects.bulk_create(steps)


def _lifter_of(person: Person | None) -> Lifter | None:
    return None if person is None else Lifter.objects.filter(person=person).first()


def _another(told: Told, found: _Found) -> Told:
    """The same form with other words, under an id that follows from them: sent twice it is still one."""
    digest = hashlib.sha256(json.dumps(_says(told, _to_send(found.attached))).encode()).hexdigest()
    return Told(**{**asdict(told), "form_id": uuid5(told.form_id, digest)})


def _to_send(attached: Attached | None) -> str:
    """Which story a form sends along; empty for none."""
    return "" if attached is None else _story(attached.story, storable(attached.document))


def _sent_along(there: ConsultRequest) -> str:
    """Which story came with a request; empty for none."""
    steps = RequestStep.objects.filter(request=there, kind="story").order_by("pk")
    return _story(there.story, (steps.values_list("details", flat=True).first() or {}).get("document", ""))


def _story(version: StoryVersion | None, document: str) -> str:
    if version is not None:
        return f"story {version.pk}"
    return hashlib.sha256(document.encode()).hexdigest() if document else ""


def _says(one: Told | ConsultRequest, story: str) -> list[str]:
    names = ("name", "reach", "phone", "email", "best_time", "country", "state", "zip", "words")
    return [*(str(getattr(one, name)) for name in names), story]


def tell_place(*, request: ConsultRequest, state: str, now: datetime) -> ConsultRequest:
    """Say where somebody is who did not know it with the form: it is sent where it belongs, and promised, from now on.

    A place that was told is not changed: that is for the clinic to ask. A warning sign stays due at once.
    Raises NotNowError for a request that is closed.
    """
    with transaction.atomic():
        locked = ConsultRequest.objects.select_for_update().get(pk=request.pk)
        if locked.closed_at is not None:
            raise NotNowError(CLOSED)
        if not locked.state and not locked.country and state:
            day = promise.today_of(locked.clinic, now)
            routed = route(clinic=locked.clinic, state=state, country=HOME, day=day)
            changed: dict[str, object] = {"state": state, "country": HOME, "route": routed.route}
            if not locked.flagged:
                due_at, terms = _due(locked.clinic, routed, flagged=False, now=now)
                changed |= {"due_at": due_at, "due_terms": terms}
            ConsultRequest.objects.filter(pk=locked.pk).update(**changed)
            details = {"state": state, "route": routed.route}
            RequestStep.objects.create(request=locked, at=now, by_name=locked.name, kind="place_told", details=details)
    return ConsultRequest.objects.select_related("clinic").get(pk=request.pk)


def withdraw(*, request: ConsultRequest, now: datetime) -> ConsultRequest:
    """Close a request for the person who sent it, and delete what they told and how to reach them.

    What the clinic did about it stays without a word of theirs. Records that were shared with this request are no
    longer shared. Twice is once. Raises NotNowError for somebody who has become a patient.
    """
    with transaction.atomic():
        locked = ConsultRequest.objects.select_for_update().get(pk=request.pk)
        if locked.closed_at is not None and locked.closed_why == WITHDRAWN:
            return locked
        if Episode.objects.filter(request=locked, closed_at__isnull=True).exists():
            raise NotNowError(A_PATIENT)
        _unshare(locked, now)
        forget_words(locked)
        closed = locked.closed_at or now
        ConsultRequest.objects.filter(pk=locked.pk).update(closed_at=closed, closed_why=WITHDRAWN, snoozed_until=None)
        RequestStep.objects.create(request=locked, at=now, by_name=locked.name, kind=WITHDRAWN)
        waiting = Mail.objects.filter(request=locked, booking__isnull=True, state=Mail.State.QUEUED)
        waiting.update(state=Mail.State.DROPPED)
    return ConsultRequest.objects.select_related("clinic").get(pk=request.pk)


def forget_words(request: ConsultRequest) -> None:
    """Delete what somebody told in a request, and how to reach them; name, place and times stay."""
    ConsultRequest.objects.filter(pk=request.pk).update(
        words="", read=[], best_time="", phone="", email="", zip="", story=None
    )
    RequestStep.objects.filter(request=request, kind="story").update(details={})


def _unshare(request: ConsultRequest, now: datetime) -> None:
    """End the sharing that came with this request, unless an episode rests on it."""
    if request.lifter_id is None or request.story_id is None:
        return
    if Episode.objects.filter(lifter=request.lifter_id, clinic=request.clinic, closed_at__isnull=True).exists():
        return
    Share.objects.filter(
        lifter=request.lifter_id, clinic=request.clinic, ended_at__isnull=True, given_at=request.received_at
    ).update(ended_at=now)

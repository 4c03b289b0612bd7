"""What people agree to: the text that is shown, and the version of it that is kept with what they sent."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from liftback.records.policies import NotNowError
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import ConsentText
from liftback.records.write.storable import storable

CONSULT, HAND_OVER, RECORDS, CALL = "consult", "hand_over", "records", "call"
LONGEST = 4_000
FIRST: dict[str, str] = {
    CONSULT: (
        "A physical therapist of this clinic may contact me in the way I chose, and may keep what I wrote here for "
        "that. This form is no emergency channel, and sending it does not make me a patient. "
        "I can ask at any time to have it deleted, as far as the law lets the clinic delete it."
    ),
    HAND_OVER: (
        "The clinic may send my name and how to reach me to the therapist I chose, so that they can get in touch. "
        "What I wrote about my back is not sent along."
    ),
    RECORDS: (
        "This clinic's therapists may see my story, answers, plan, course and training log. "
        "Each time somebody looks, I can see who and when. I can take this back at any time."
    ),
    CALL: (
        "The free call lasts 15 minutes and is to find out whether we fit. It is no examination: nobody is assessed "
        "and no plan is made on the phone. Nothing is recorded. I can stop at any time."
    ),
}
"""The first version of each, in English; a clinic's own takes its place. For a clinic's counsel to go over."""


def current(*, clinic: Clinic, kind: str, now: datetime, language: str = "en") -> ConsentText:
    """The newest text: the clinic's own in this language, else in English, else the one every clinic begins with."""
    either = Q(clinic=clinic) | Q(clinic__isnull=True, language="en")
    rows = list(ConsentText.objects.filter(either, kind=kind, language__in=(language, "en")).order_by("-version"))
    own = [one for one in rows if one.clinic_id is not None]
    found = next((one for one in own if one.language == language), None) or next(iter(own), None)
    return found or _first(kind, next((one for one in rows if one.clinic_id is None), None), now)


def _first(kind: str, first: ConsentText | None, now: datetime) -> ConsentText:
    if first is not None and first.text == FIRST[kind]:
        return first
    version = 1 if first is None else first.version + 1
    try:
        with transaction.atomic():
            return ConsentText.objects.create(
                clinic=None, kind=kind, language="en", version=version, text=FIRST[kind], since=now
            )
    except IntegrityError:  # two visitors at once; the other's row is the same
        return ConsentText.objects.get(clinic__isnull=True, kind=kind, language="en", version=version)


def reword(*, clinic: Clinic, kind: str, text: str, now: datetime, language: str = "en") -> ConsentText:
    """A new version of a clinic's own text; the same words again change nothing.

    Raises NotNowError for a text without words, or too long a one.
    """
    words = storable(text).strip()
    if kind not in FIRST or not words or len(words) > LONGEST:
        raise NotNowError(f"A text that people agree to has some words, and at most {LONGEST} letters.")
    newest = ConsentText.objects.filter(clinic=clinic, kind=kind, language=language).order_by("-version").first()
    if newest is not None and newest.text == words:
        return newest
    return ConsentText.objects.create(
        clinic=clinic,
        kind=kind,
        language=language,
        version=1 if newest is None else newest.version + 1,
        text=words,
        since=now,
    )

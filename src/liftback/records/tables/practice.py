"""What a clinic works with: opening hours, licences, texts that people agree to, and colleagues elsewhere."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from liftback.records.tables.people import Clinic, Membership


class OpeningHours(models.Model):
    """Hours of a weekday (0 is Monday) in the clinic's zone; several rows for a day with a break in it."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        """A row opens before it closes."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="opens_before_it_closes"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="a_weekday_of_the_clinic"),
        ]


class ClosedDay(models.Model):
    """A day on which the clinic is closed, besides the public holidays; `open_anyway` takes a holiday back."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField()
    name = models.CharField(max_length=80, blank=True, default="")
    open_anyway = models.BooleanField(default=False)

    class Meta:
        """A day once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["clinic", "day"], name="a_closed_day_once")]


class Licence(models.Model):
    """A therapist's right to practise in a state, with its days. Where there is no row, it is not allowed.

    `kind` is a licence of that state, or a privilege under the PT Compact, which somebody has looked up and typed in.
    `valid_until` is the last day on which it holds; empty where none is stated.
    """

    class Kind(models.TextChoices):
        """What the right rests on."""

        LICENCE = "licence"
        COMPACT_PRIVILEGE = "compact_privilege"

    therapist = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="licences")
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LICENCE)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """Asked for by state."""

        indexes: ClassVar = [models.Index(fields=["state", "valid_from"], name="licences_of_a_state")]


class StateTerms(models.Model):
    """What a clinic may do in a state beyond a fit call: care by phone, only with the note of who allows it."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="state_terms")
    state = models.CharField(max_length=2)
    care_by_phone = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True, default="")
    noted_on = models.DateField()

    class Meta:
        """A state once, and care by phone only with a note."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "state"], name="terms_of_a_state_once"),
            models.CheckConstraint(
                condition=models.Q(care_by_phone=False) | ~models.Q(note=""), name="care_by_phone_with_a_note"
            ),
        ]


class ConsentText(models.Model):
    """What people agree to, by kind and language; a change adds a version, and what was agreed to stays as it was.

    `kind`: `consult` (to be contacted), `hand_over` (to be introduced to a colleague), `records` (a clinic may see the
    lifter's records), `call` (the free call). `clinic` is empty for the text that every clinic begins with.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, blank=True, related_name="consent_texts")
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=8, default="en")
    version = models.PositiveIntegerField()
    text = models.TextField()
    since = models.DateTimeField()

    class Meta:
        """A version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "kind", "language", "version"], name="a_version_once"),
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                condition=models.Q(clinic__isnull=True),
                name="a_first_version_once",
            ),
        ]


class Colleague(models.Model):
    """A therapist elsewhere, in the directory that a clinic refers people to.

    `states` are those of their licences, `languages` codes such as "en". `latitude` and `longitude` are those of the
    ZIP code, empty where it is not known. `lifter_notes` says what makes them right for lifters.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="colleagues")
    name = models.CharField(max_length=120)
    practice = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    website = models.URLField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=2, blank=True, default="")
    zip = models.CharField(max_length=5, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    states = models.JSONField(default=list)
    in_person = models.BooleanField(default=True)
    telehealth = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    lifter_notes = models.TextField(blank=True, default="")
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

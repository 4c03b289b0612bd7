"""What joins a lifter and a clinic: consent to see records, the episode, plan edits, signatures, messages."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from liftback.records.tables.people import Clinic, Lifter, Membership, Person
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest


class Share(models.Model):
    """A lifter's yes that a clinic may see their records, until they take it back."""

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="shares")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="shares")
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One that holds, for a clinic."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lifter", "clinic"], condition=Q(ended_at__isnull=True), name="one_share")
        ]


class Episode(models.Model):
    """A patient of a clinic, for one run of low back pain. `lifter` is empty until the invitation is taken up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="episodes")
    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, null=True, blank=True, related_name="episodes")
    request = models.ForeignKey(
        ConsultRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="episodes"
    )
    therapist = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="episodes")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True, default="")
    opened_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """One open episode of a lifter in a clinic, and one from a request."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "lifter"], condition=Q(closed_at__isnull=True), name="one_open_episode"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(closed_at__isnull=True), name="a_patient_once"),
        ]


class PlanEdit(models.Model):
    """A therapist's change to a lifter's plan, by lift; `ended_at` is when it was taken back.

    `kind`: `hold` (left out for now), `cap` (no more than `values["weight"]` in `values["unit"]`), `dose` (`sets`,
    `reps`), `note` (words beside it).
    """

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="plan_edits")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    lift = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        """Sent twice is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lifter", "client_id"], name="an_edit_once")]


class PlanSignOff(models.Model):
    """A therapist stands by the plan as it was: `fingerprint` is of its lifts, decisions and limits."""

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="sign_offs")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    licence = models.CharField(max_length=60)
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    words = models.CharField(max_length=500, blank=True, default="")


class ClearanceSignature(models.Model):
    """A therapist says that the criteria are met; taken back with `ended_at`."""

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="clearance_signatures")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    licence = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()
    words = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)


class ThreadMessage(models.Model):
    """One message between a lifter and their clinic. `flagged`: its words tell of a warning sign."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="thread")
    client_id = models.UUIDField()
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=120)
    from_lifter = models.BooleanField()
    text = models.TextField()
    flagged = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        """Sent twice is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["episode", "client_id"], name="a_message_once")]


class ThreadRead(models.Model):
    """How far somebody has read a thread: up to the message of this number."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    upto = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        """One for each reader."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["episode", "person"], name="read_once")]

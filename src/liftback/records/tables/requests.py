"""The wish to talk to a clinic, its promise, and everything done about it. The promise is a row with a due time."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from liftback.records.tables.people import Clinic, Lifter, Membership, Person
from liftback.records.tables.practice import Colleague, ConsentText
from liftback.records.tables.told import StoryVersion


class ConsultRequest(models.Model):
    """A consult form as it was sent, and where it stands.

    `form_id` is made with the page, so that a form sent twice is one request. `state` and `zip` say where the person
    is now; empty where they did not know. `read` holds the signals found in the words, `level` the triage level that
    words and story call for, `flagged` that they call for more than this queue. `route`: `queue` (a licensed therapist
    here), `directory` (helped to a colleague), `nobody` (nobody is known). `due_at` is computed once, when it comes
    in, and empty where no promise is made; `due_terms` says from what. `met_at` is when the promise was kept.
    """

    class Route(models.TextChoices):
        """Where it goes."""

        QUEUE = "queue"
        DIRECTORY = "directory"
        NOBODY = "nobody"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="requests")
    form_id = models.UUIDField()
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    reach = models.CharField(max_length=8, default="phone")
    best_time = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    state = models.CharField(max_length=2, blank=True, default="")
    zip = models.CharField(max_length=5, blank=True, default="")
    words = models.TextField(blank=True, default="")
    read = models.JSONField(default=list)
    level = models.CharField(max_length=16, blank=True, default="")
    flagged = models.BooleanField(default=False)
    lifter = models.ForeignKey(Lifter, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests")
    story = models.ForeignKey(StoryVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests")
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    consent_at = models.DateTimeField()
    language = models.CharField(max_length=8, default="en")
    route = models.CharField(max_length=12, choices=Route.choices)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    due_terms = models.JSONField(default=dict)
    claimed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="claimed")
    claimed_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snooze_why = models.CharField(max_length=200, blank=True, default="")
    next_step = models.CharField(max_length=200, blank=True, default="")
    met_at = models.DateTimeField(null=True, blank=True)
    met_how = models.CharField(max_length=16, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        """A form once; the worklist asks for what is open, the tick for what is due."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["clinic", "form_id"], name="a_form_once")]
        indexes: ClassVar = [
            # With all that the worklist is counted and sorted by, so that no request is read whole for it.
            models.Index(
                fields=[
                    "clinic",
                    "due_at",
                    "flagged",
                    "met_at",
                    "snoozed_until",
                    "received_at",
                    "claimed_by",
                    "closed_at",
                    "id",
                ],
                name="open_requests",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["clinic", "closed_at"], name="closed_requests", condition=Q(closed_at__isnull=False)),
            models.Index(
                fields=["due_at"], name="promises_running", condition=Q(met_at__isnull=True, closed_at__isnull=True)
            ),
            models.Index(fields=["clinic", "received_at"], name="requests_by_week"),
        ]


class RequestStep(models.Model):
    """One thing that happened to a request: claimed, handed over, snoozed, escalated, met, closed. Append-only."""

    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=20)
    why = models.CharField(max_length=500, blank=True, default="")
    details = models.JSONField(default=dict)


class ContactAttempt(models.Model):
    """Somebody tried to reach the person: when, how, and what came of it.

    Three of them, or one real contact, keep the promise. `client_id` keeps a double tap from counting twice.
    `taken_back_at` is when it was said to be a slip: it stays, and counts no more.
    """

    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="attempts")
    client_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16)
    note = models.CharField(max_length=500, blank=True, default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Sent twice is kept once; the worklist asks with whom somebody has talked."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "client_id"], name="an_attempt_once")]
        indexes: ClassVar = [
            models.Index(fields=["request"], name="talks", condition=Q(outcome="reached", taken_back_at__isnull=True))
        ]


class Escalation(models.Model):
    """A share (50, 80 or 100 percent) of the promise's time that went by without a contact: told once each."""

    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="escalations")
    share = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Told once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "share"], name="an_escalation_once")]


class CallNote(models.Model):
    """What a therapist writes after a call. A correction is another note."""

    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="notes")
    client_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        """Sent twice is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "client_id"], name="a_note_once")]


class HandOver(models.Model):
    """A person introduced to a colleague elsewhere, by an e-mail that they agreed to."""

    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="hand_overs")
    colleague = models.ForeignKey(Colleague, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    colleague_name = models.CharField(max_length=120)
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A colleague is written to once about a person."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "colleague"], name="a_hand_over_once")]

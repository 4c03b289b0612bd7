"""E-mails on their way: written with what they tell of, sent once, and never with a word about anybody's health."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from liftback.records.tables.bookings import Booking
from liftback.records.tables.people import Clinic
from liftback.records.tables.requests import ConsultRequest


class Mail(models.Model):
    """One e-mail. `key` names what it tells, so that the same is never written twice.

    `calendar` is an invitation's text, `method` its method (REQUEST or CANCEL). `sequence` is that of the booking it
    tells of: a reminder of an older one is dropped when its time comes. `leased_until` is when a sender that was
    killed is no longer waited for.
    """

    class State(models.TextChoices):
        """Waiting, being sent, sent, or no longer needed."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DROPPED = "dropped"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=32)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    request = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    to = models.EmailField(max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True, default="")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True, default="")
    method = models.CharField(max_length=8, blank=True, default="")
    sequence = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The sender asks for what waits, the worklist for what did not get out."""

        indexes: ClassVar = [
            models.Index(fields=["not_before"], name="mails_waiting", condition=Q(state__in=["queued", "sending"])),
            models.Index(fields=["clinic", "state", "not_before"], name="mails_of_a_clinic"),
        ]

"""Calls: the hours therapists offer, and what is booked. The database itself keeps two calls out of one time."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from liftback.records.tables.people import Clinic, Lifter, Membership
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest


class CallHours(models.Model):
    """Hours of a weekday (0 is Monday), in the clinic's zone, in which a therapist takes calls."""

    therapist = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="call_hours")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        """A row begins before it ends."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=models.F("begins")), name="begins_before_it_ends"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_weekday_of_calls"),
        ]


class CallHoursException(models.Model):
    """One day that differs: `off` takes hours away (all of them where no time is given), `extra` adds some."""

    class Kind(models.TextChoices):
        """Away or added."""

        OFF = "off"
        EXTRA = "extra"

    therapist = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="call_exceptions")
    day = models.DateField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)


class Booking(models.Model):
    """A call. Its id is the stable UID of the invitation, `sequence` counts its changes.

    `starts_at` and `ends_at` are instants; `zone` is the visitor's time zone, `clinic_zone`, `wall` (the clinic's own
    clock as written) and `tzdata` say from what the instant was computed. `held_until` ends a hold that nobody
    confirmed. `override_why` is the reason of staff who booked outside what is offered.
    """

    class State(models.TextChoices):
        """held, asked for, sure, or over in one of four ways."""

        HELD = "held"
        REQUESTED = "requested"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"
        EXPIRED = "expired"
        DONE = "done"
        NO_SHOW = "no_show"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="bookings")
    therapist = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="bookings")
    form_id = models.UUIDField()
    request = models.ForeignKey(ConsultRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")
    lifter = models.ForeignKey(Lifter, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    place = models.CharField(max_length=8, blank=True, default="")
    zone = models.CharField(max_length=64)
    clinic_zone = models.CharField(max_length=64)
    wall = models.CharField(max_length=16)
    tzdata = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    held_until = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    override_why = models.CharField(max_length=200, blank=True, default="")
    ended_why = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """A form once; asked for by day and by therapist."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["clinic", "form_id"], name="a_booking_once")]
        indexes: ClassVar = [
            models.Index(fields=["clinic", "starts_at"], name="calls_of_a_day"),
            models.Index(fields=["therapist", "starts_at"], name="calls_of_a_therapist"),
            models.Index(fields=["state", "held_until"], name="holds_running"),
        ]


class TakenTime(models.Model):
    """Five minutes of a therapist that a call (with its buffer) takes. That it is unique is what keeps calls apart."""

    therapist = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="taken")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="taken")
    at = models.DateTimeField()

    class Meta:
        """Nobody is in two calls."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["therapist", "at"], name="nobody_in_two_calls")]

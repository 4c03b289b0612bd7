"""People, their clinics, and the lifter that a person is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class People(BaseUserManager["Person"]):
    """Makes people, who sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Person:
        """A person with a hashed password, none where it is left out."""
        person = self.model(email=self.normalize_email(email).casefold(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractUser):
    """Somebody who can sign in. The name is what they want to be called, and may be empty."""

    username = None  # type: ignore[assignment]  # signing in is by e-mail address alone
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=80, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[People] = People()  # type: ignore[assignment]  # its manager knows no user name

    class Meta:
        """One account for an address, whatever its case."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_for_an_address")]

    def __str__(self) -> str:
        """The number alone, because an address must not get into a log."""
        return f"person {self.pk}"


class Clinic(models.Model):
    """A practice of therapists, and the terms it states: how it promises, how calls are booked, what is switched off.

    `slug` is its public address. `zone` is where its hours hold; `country` and `subdivision` name its holidays.
    `promise_kind` says in what the promise is counted: `promise_hours` clock hours, or one business day. Minutes and
    days of booking are those of the free call. `modules_off` lists what the clinic's law or wish leaves out
    (`records.modules`); `texts` holds its own wording by name (`records.texts`). `keeps_days` is how long a closed
    request is kept.
    """

    class Promise(models.TextChoices):
        """What the promise is counted in."""

        CLOCK_HOURS = "clock_hours"
        BUSINESS_DAY = "business_day"

    class BookingTerms(models.TextChoices):
        """Whether a call is booked at once, asked for, or not offered."""

        INSTANT = "instant"
        REQUEST = "request"
        OFF = "off"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(max_length=64, default="America/New_York")
    country = models.CharField(max_length=2, default="US")
    subdivision = models.CharField(max_length=8, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    promise_kind = models.CharField(max_length=16, choices=Promise.choices, default=Promise.CLOCK_HOURS)
    promise_hours = models.PositiveSmallIntegerField(default=24)
    booking = models.CharField(max_length=8, choices=BookingTerms.choices, default=BookingTerms.INSTANT)
    call_minutes = models.PositiveSmallIntegerField(default=15)
    buffer_minutes = models.PositiveSmallIntegerField(default=5)
    notice_minutes = models.PositiveIntegerField(default=120)
    horizon_days = models.PositiveSmallIntegerField(default=14)
    daily_cap = models.PositiveSmallIntegerField(default=8)
    hold_minutes = models.PositiveSmallIntegerField(default=10)
    modules_off = models.JSONField(default=list, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    keeps_days = models.PositiveIntegerField(default=730)


class Membership(models.Model):
    """What a person does in a clinic. Whoever left keeps the row, with `active` off, so that history has a name.

    `takes_calls` puts a therapist's hours on offer; `feed_token` is the secret part of their calendar's address.
    """

    class Role(models.TextChoices):
        """front desk sees requests, a therapist their lifters, an owner the settings."""

        FRONT_DESK = "front_desk"
        THERAPIST = "therapist"
        OWNER = "owner"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    title = models.CharField(max_length=40, blank=True, default="")
    active = models.BooleanField(default=True)
    takes_calls = models.BooleanField(default=False)
    feed_token = models.CharField(max_length=64, blank=True, default="", db_index=True)

    class Meta:
        """One role for a person in a clinic."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "clinic"], name="one_role_in_a_clinic")]


class Lifter(models.Model):
    """The person with the back.

    `unit` (kg or lb) is what weights are shown in, empty for as typed. `zone` is the lifter's time zone.
    `revision` counts what was written, so that what was worked out from it can be told to be out of date; `stale_since`
    is when that began, empty while all is worked out. `plan_begun` is the day the plan began. `calendar_token` is the
    secret part of the calendar's address, empty while there is none.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="lifter")
    clinic = models.ForeignKey(Clinic, on_delete=models.SET_NULL, null=True, blank=True, related_name="lifters")
    unit = models.CharField(max_length=2, blank=True, default="")
    zone = models.CharField(max_length=64, default="UTC")
    revision = models.PositiveIntegerField(default=0)
    stale_since = models.DateTimeField(null=True, blank=True, db_index=True)
    plan_begun = models.DateField(null=True, blank=True)
    calendar_token = models.CharField(max_length=64, blank=True, default="", db_index=True)
    made_at = models.DateTimeField()

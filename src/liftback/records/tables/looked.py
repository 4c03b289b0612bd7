"""Who looked at, or changed, what is kept of somebody. Rows are added and never changed; the database refuses it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditRow(models.Model):
    """One look or change by staff. It holds numbers and names of who and whose, and never what was seen.

    Numbers stand alone, so that a row outlives who is in it. `what` is a name from `records.audit`.
    """

    at = models.DateTimeField()
    actor = models.PositiveBigIntegerField()
    actor_name = models.CharField(max_length=120)
    role = models.CharField(max_length=16)
    clinic = models.PositiveBigIntegerField()
    clinic_name = models.CharField(max_length=120)
    lifter = models.PositiveBigIntegerField(null=True, blank=True)
    request = models.UUIDField(null=True, blank=True)
    deed = models.CharField(max_length=8)
    what = models.CharField(max_length=40)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """Asked for by whose it is, and by clinic."""

        indexes: ClassVar = [
            models.Index(fields=["lifter", "-at"], name="looks_at_a_lifter"),
            models.Index(fields=["clinic", "-at"], name="looks_of_a_clinic"),
            models.Index(fields=["request", "actor", "at"], name="looks_at_a_request"),
        ]

"""When something that runs by itself last did: a row for each, so that silence can be seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """The last time of one thing that repeats, by name (see `records.jobs.beats`)."""

    name = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        """One for each."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="one_heartbeat_for_a_name")]

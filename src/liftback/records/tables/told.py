"""What a lifter told: story, log files, entries. Rows are added and never changed; what counts is worked out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from liftback.records.tables.people import Lifter


class StoryVersion(models.Model):
    """A story as told at one time, in the form of a story file. The newest counts."""

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="stories")
    document = models.TextField()
    via = models.CharField(max_length=16)
    knowledge_version = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        """The newest is asked for."""

        indexes: ClassVar = [models.Index(fields=["lifter", "-told_at"], name="newest_story")]


class LogFile(models.Model):
    """A training app's export as it was given (`content`, packed by gzip), and how it is to be read.

    `unit` is the lifter's word where the file does not say; `names` maps exercise names of the file to known ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="log_files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    format = models.CharField(max_length=32)
    unit = models.CharField(max_length=2, blank=True, default="")
    names = models.JSONField(default=dict)
    sets = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        """The same file counts once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lifter", "sha256"], name="a_file_once")]


class Entry(models.Model):
    """One thing told from one device at one time: a check-in, an exposure, a morning after, a flare, a signature.

    `client_id` is made where it was told, so that sending twice adds nothing. `client_time` is that device's clock,
    which may be wrong; `received_at` is ours. `day` is the day it is about. `payload` depends on the kind.
    """

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=16)
    client_id = models.UUIDField()
    device = models.CharField(max_length=40)
    day = models.DateField()
    client_time = models.DateTimeField()
    received_at = models.DateTimeField()
    payload = models.JSONField()

    class Meta:
        """Sent twice is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lifter", "client_id"], name="an_entry_once")]
        indexes: ClassVar = [
            models.Index(fields=["lifter", "day"], name="entries_of_a_day"),
            models.Index(fields=["lifter", "kind", "day"], name="entries_of_a_kind"),
        ]

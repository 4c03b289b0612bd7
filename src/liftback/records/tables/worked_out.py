"""What can be thrown away and worked out again, and what a stranger left for a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liftback.records.tables.people import Lifter


class Snapshot(models.Model):
    """A page's values as worked out on a day from what was told up to a revision.

    `content` is JSON packed by gzip; `made_with` names the version of code and knowledge that made it.
    """

    lifter = models.ForeignKey(Lifter, on_delete=models.CASCADE, related_name="snapshots")
    name = models.CharField(max_length=16)
    as_of = models.DateField()
    revision = models.PositiveIntegerField()
    made_with = models.CharField(max_length=64)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        """One of each kind for a lifter."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lifter", "name"], name="one_snapshot_of_a_kind")]


class CourseState(models.Model):
    """The trajectory's state after a day, of fixed size, carried on by each entry.

    `before` is the state before `day`, so that a second check-in of the same day replaces the first.
    """

    lifter = models.OneToOneField(Lifter, on_delete=models.CASCADE, related_name="course_state")
    day = models.DateField()
    before = models.BinaryField()
    content = models.BinaryField()
    made_with = models.CharField(max_length=64)


class Held(models.Model):
    """A training log that a stranger dropped, kept for their session only, and for a day at most.

    `token` is known to the session alone; it stays the same when the session is given a new key at a sign-in.
    """

    token = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    unit = models.CharField(max_length=2, blank=True, default="")
    names = models.JSONField(default=dict)
    format = models.CharField(max_length=32)
    sets = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

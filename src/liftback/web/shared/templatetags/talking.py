"""Whether there is a clinic to talk to: pages of the lifter's side then show the way to its front door."""

from __future__ import annotations

from django import template
from django.db import DatabaseError

from liftback.records.read.clinic.door import any_clinic

register = template.Library()


@register.simple_tag
def somebody_to_talk_to() -> bool:
    """Whether a clinic takes forms here; no, where the store is away: a page must not fail over a link."""
    try:
        return any_clinic()
    except DatabaseError:
        return False

"""Whole addresses, for e-mails and calendars: a path of ours, and where this server is reached."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path that begins with a slash; `settings.SITE` says where the server is."""
    return f"{str(settings.SITE).rstrip('/')}{path}"

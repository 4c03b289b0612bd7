"""Whether the state of a thing allows what a person may do: sizes, counts, and what is not yet there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from liftback.records.models import Lifter, LogFile

LARGEST_FILE = 10_000_000
"""Bytes of one training log."""
MOST_FILES = 60
MOST_ENTRIES_AT_ONCE = 500
LONGEST_NOTE = 2_000
LONGEST_PAYLOAD = 20_000
"""Letters of one entry as JSON."""
FURTHEST_BACK = timedelta(days=400)
KINDS = (
    "check_in", "done", "after", "weekly", "flare", "flare_over", "gates", "swap", "criteria", "signed",
)  # fmt: skip


class NotNowError(Exception):
    """The thing cannot be done as things stand; the sentence says why and what to do."""


def check_file(*, size: int, name: str) -> None:
    """Raise NotNowError for a file that is empty or too large."""
    if size == 0:
        raise NotNowError(f"{name} is empty. Export it again from your app, and choose the new file.")
    if size > LARGEST_FILE:
        raise NotNowError(
            f"{name} has {size / 1e6:.0f} MB; a training log has less than {LARGEST_FILE / 1e6:.0f}. "
            "Nothing was kept of it. Is it the CSV or JSON file that your app exports?"
        )


def check_room(lifter: Lifter) -> None:
    """Raise NotNowError where there are as many log files as can be kept."""
    if LogFile.objects.filter(lifter=lifter).count() >= MOST_FILES:
        raise NotNowError(f"{MOST_FILES} log files are kept already. Remove an old one first, then import this one.")


def check_entry(*, kind: str, day: date, today: date, client_time: datetime) -> None:
    """Raise NotNowError for a kind that is none, and for a day that is not yet or long ago."""
    if kind not in KINDS:
        raise NotNowError(f"{kind[:40]!r} is nothing that can be told here. Reload the page; it may be an old one.")
    if client_time.tzinfo is None:
        raise NotNowError("The time of an entry has no time zone. Reload the page; it may be an old one.")
    # A device just past midnight, or one with its clock a little ahead, tells of tomorrow.
    if day > today + timedelta(days=1):
        raise NotNowError(f"{day} has not come yet. Check the date on your device, and send it again.")
    if day < today - FURTHEST_BACK:
        raise NotNowError(f"{day} is more than a year ago. Entries go back to {today - FURTHEST_BACK}.")

"""A clinic's own words on its pages: each has a name, what it is for, and an end."""

from __future__ import annotations

from liftback.records.tables.people import Clinic

WELCOME, NEXT = "welcome", "next"
TEXTS = {
    WELCOME: "The line that greets people on your page",
    NEXT: "What happens after the form: a few words of your own beside the promise",
}
"""Each text by name, as the settings say it. Without words of the clinic's own, a page does without."""
LONGEST = 600


def own(clinic: Clinic, name: str) -> str:
    """A clinic's own words; empty where it has none."""
    return str(clinic.texts.get(name, "")) if isinstance(clinic.texts, dict) else ""

"""The modules that a clinic can switch off, since laws differ and each part stands for itself."""

from __future__ import annotations

from liftback.records.policies import NotNowError
from liftback.records.tables.people import Clinic

CONSULT, BOOKING, DIRECTORY, MESSAGES, PLANNING, UNSIGNED_PLANS = (
    "consult", "booking", "directory", "messages", "planning", "unsigned_plans",
)  # fmt: skip
MODULES = {
    CONSULT: "The consult form, with the promise to answer",
    BOOKING: "Free calls that people book themselves",
    DIRECTORY: "Help to find a colleague elsewhere",
    MESSAGES: "Messages between patients and the clinic",
    PLANNING: "Training plans for patients of this clinic",
    UNSIGNED_PLANS: "Plans that no therapist has signed are shown as the lifter's own (off: as general education)",
}
"""Each module by name, as the settings say it. Warning signs are never one of them: they cannot be switched off."""


def is_on(clinic: Clinic | None, name: str) -> bool:
    """Whether a module is on; a lifter without a clinic has all of them."""
    return clinic is None or name not in clinic.modules_off


def check(clinic: Clinic, name: str) -> None:
    """Raise NotNowError where a module is off."""
    if not is_on(clinic, name):
        raise NotNowError(f"{clinic.name} does not offer this here. Their number: {clinic.phone or 'see their page'}.")

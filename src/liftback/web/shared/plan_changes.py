"""A therapist's change of a plan in words, the same for the lifter and for whoever made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liftback.web.shared.weights import number_words


def change_words(edit: Mapping[str, Any]) -> str:
    """What a change says, without the lift and why: "At most 60 kg"; "Note" for a note."""
    if edit["kind"] == "hold":
        return _("Left out for now")
    if edit["kind"] == "cap":
        return _("At most %(weight)s %(unit)s") % {"weight": number_words(edit["weight"]), "unit": edit["unit"]}
    if edit["kind"] == "dose":
        return _("At most %(amount)s") % {"amount": _amount(edit)}
    return _("Note")


def _amount(edit: Mapping[str, Any]) -> str:
    sets, reps = edit["sets"], edit["reps"]
    parts = [ngettext("%(many)s set", "%(many)s sets", sets) % {"many": sets}] if sets else []
    parts += [ngettext("%(many)s repetition", "%(many)s repetitions", reps) % {"many": reps}] if reps else []
    return _(" of ").join(parts)

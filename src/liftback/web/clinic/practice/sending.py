"""Pages with small forms: what was sent is kept, or the form comes back filled in, with a sentence at each fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liftback.records.policies import NotNowError
from liftback.records.write.clinic.terms import RefusedError
from liftback.web.shared.working import StaffVisit

WHOLE = ""
"""The name under which a fault of the whole form stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One form of a page: what reads it, what keeps it (with `staff`, `now` and the form's values), what is said then.

    `of` names the value that says which row of the page the form belongs to.
    """

    form: type[forms.Form]
    write: Callable[..., object]
    said: str | Promise
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form that was sent and not kept."""

    do: str
    of: str
    form: forms.Form
    faults: Mapping[str, str]


def sent(request: StaffVisit, deeds: Mapping[str, Deed]) -> Sent | None:
    """Keep the form that was sent, the one that the field `do` names; what is left to mend, None where it is kept."""
    do = request.POST.get("do", next(iter(deeds)))
    deed = deeds.get(do)
    if deed is None:
        raise NotNowError(_("That page is an old one. Reload it, and send it again."))
    form = deed.form(request.POST)
    faults = _faults(request, deed, form)
    if faults:
        return Sent(do=do, of=request.POST.get(deed.of, ""), form=form, faults=faults)
    messages.success(request, str(deed.said))
    return None


def _faults(request: StaffVisit, deed: Deed, form: forms.Form) -> dict[str, str]:
    if not form.is_valid():
        return {WHOLE if name == "__all__" else name: " ".join(map(str, found)) for name, found in form.errors.items()}
    try:
        deed.write(staff=request.staff, now=request.visitor.now, **form.cleaned_data)
    except RefusedError as error:
        return error.faults
    except NotNowError as error:
        return {WHOLE: str(error)}
    return {}


def shown(
    deeds: Mapping[str, Deed], do: str, back: Sent | None, *, of: object = "", initial: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A form for a template: its fields, and the faults of the whole. `back` is what was sent and not kept."""
    mine = back is not None and back.do == do and back.of == str(of)
    form = back.form if back is not None and mine else deeds[do].form(initial=dict(initial or {}))
    faults = back.faults if back is not None and mine else {}
    prefix = f"{do}-{of}" if of != "" else do
    fields = [_field(one, faults.get(one.name, ""), f"{prefix}-{one.name}") for one in form if not one.is_hidden]
    known = {one["name"] for one in fields}
    summary = [{"id": one["id"], "text": f"{one['label']}: {one['error']}"} for one in fields if one["error"]]
    summary += [{"text": text} for name, text in faults.items() if name not in known]
    return {"do": do, "of": of, "fields": fields, "errors": summary, "open": mine}


def _field(bound: forms.BoundField, error: str, box: str) -> dict[str, Any]:
    value = bound.value()
    kind = _KINDS.get(type(bound.field), "text")
    if isinstance(bound.field.widget, forms.Textarea):
        kind = "textarea"
    options = [(str(one), str(words)) for one, words in getattr(bound.field, "choices", ())]
    return {
        "name": bound.name,
        "id": box,
        "label": str(bound.label),
        "hint": str(bound.help_text or ""),
        "type": kind,
        "value": "" if value is None else value.isoformat() if hasattr(value, "isoformat") else value,
        "checked": kind == "checkbox" and bool(value),
        "optional": not bound.field.required and kind != "checkbox",
        "options": options,
        "error": error,
    }


_KINDS: dict[type[forms.Field], str] = {
    forms.IntegerField: "number",
    forms.DateField: "date",
    forms.EmailField: "email",
    forms.BooleanField: "checkbox",
    forms.ChoiceField: "select",
}

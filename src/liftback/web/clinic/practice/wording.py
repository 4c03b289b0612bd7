"""A clinic's own words: texts that people agree to, version by version, and lines on its pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from liftback.records import texts as names
from liftback.records.read.clinic import terms
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import terms as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

DEEDS = {
    "text": Deed(form=forms.TextForm, write=writing.set_text, said=_("Your words are kept."), of="name"),
    "consent": Deed(
        form=forms.ConsentForm,
        write=writing.reword_consent,
        said=_("The new text is shown from now on. What people agreed to before stays as it was."),
        of="kind",
    ),
}
KINDS = {
    "consult": _("Sent with the consult form"),
    "hand_over": _("Before somebody is introduced to a colleague"),
    "records": _("Before the clinic sees a lifter's records"),
    "call": _("Before a free call is booked"),
}


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def texts(request: StaffVisit) -> HttpResponse:
    """All texts, those before them, and a form for each."""
    clinic, now = request.staff.clinic, request.visitor.now
    language = request.GET.get("language", "en")
    language = language if language in dict(forms.LANGUAGES) else "en"
    back = sent(request, DEEDS) if request.method == "POST" else None
    if request.method == "POST" and back is None:
        return redirect(f"{request.path}?language={language}")
    consents = [
        {**one, "title": KINDS[one["kind"]], "form": shown(
            DEEDS, "consent", back, of=one["kind"], initial={"text": one["current"].text})}
        for one in terms.consent_texts(clinic, now, language)
    ]  # fmt: skip
    own = [
        {"name": name, "title": names.TEXTS[name], "form": shown(DEEDS, "text", back, of=name, initial={"text": words})}
        for name, words in terms.own_texts(clinic).items()
    ]
    tabs = [{"url": f"?language={code}", "label": said, "current": code == language} for code, said in forms.LANGUAGES]
    values = {"clinic": clinic, "consents": consents, "own": own, "language": language, "language_tabs": tabs}
    return render(request, "clinic/practice/texts.html", values, status=200 if back is None else 422)

"""What every page carries for the offline scripts: whose it is, from which day, and what they say."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse

from liftback.web.lifter.offline import shell, words
from liftback.web.lifter.offline.whose import NOBODY, person_key

register = template.Library()
INSTALLED_FROM = ("lifter:now", "lifter:emergency", "lifter:signs_offline", "lifter:offline", "lifter:queue")
"""Pages on which a stranger's browser keeps the app too; elsewhere only that of somebody who is signed in."""
FOLLOW = ("/plan/exercises/", "/plan/done/", "/plan/swap/")
"""Links of a page that are kept beforehand with it."""


@register.inclusion_tag("lifter/offline/_head.html", takes_context=True)
def offline_head(context: dict[str, Any]) -> dict[str, Any]:
    """The scripts and values of the head of a page; nothing on a page without a visitor."""
    visitor = context.get("visitor")
    if visitor is None:
        return {"config": None}
    person = visitor.person
    config = {
        "person": person_key(person),
        "nobody": NOBODY,
        "today": visitor.today.isoformat(),
        "worker": reverse("lifter:worker"),
        "install": person is not None or visitor.request.path in map(reverse, INSTALLED_FROM),
        "fill": shell.to_fill(lifter=person is not None),
        "follow": list(FOLLOW) if person is not None else [],
        "done": reverse("lifter:done"),
        "queue": reverse("lifter:queue"),
        "signs": reverse("lifter:signs_offline"),
        "training": shell.addresses("today", "plan", "done", "swap"),
        "emergency": reverse("lifter:emergency"),
        "sign_in": reverse("account_login"),
        "logout": reverse("account_logout"),
        "icons": static("liftback/icons.svg"),
        "words": words.said(words.PAGE),
    }
    return {"config": config, "week": visitor.request.path == reverse("lifter:today")}

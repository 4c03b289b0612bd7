"""How long somebody waited, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()
_HOUR = 60


@register.filter
def waited(minutes: int) -> str:
    """Minutes as "45 min" or "3 h 05 min"."""
    hours, rest = divmod(int(minutes), _HOUR)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": rest}

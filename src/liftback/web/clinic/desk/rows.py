"""The rows of the worklist as a template shows them: fifty on a page, so their words are put together here, once each.

A state is told by a word and an icon, and by a colour only besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.dateformat import format as dated
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liftback.records.read.clinic.worklist import Item
from liftback.records.write.clinic.attempts import NEEDED, THREE_ATTEMPTS
from liftback.web.clinic.desk import words
from liftback.web.shared.signs import LEVELS as SIGNS
from liftback.web.shared.templatetags.parts import icon

_SOON, _HALF, _WHOLE = 0.8, 0.5, 100
_ANY = UUID(int=0)
_DAY, _TIME = "D j M H:i", "D H:i"
_FEW = 512
"""Lines that are kept as they were put together: the same words stand in many rows. No visitor's name is in one."""
_kept = lru_cache(maxsize=_FEW, typed=True)  # typed, so that text that is safe is never taken for text that is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `look` is its class; `promise` and `stands` are lines, put together."""

    id: str
    url: str
    name: str
    look: str
    place: str
    promise: SafeString
    level: SafeString
    stands: SafeString
    next_step: str
    take: SafeString


def row_of(item: Item, *, now: datetime, zone: ZoneInfo) -> Row:
    """A request of the list in words, its times in the clinic's zone."""
    age = words.span(int((now - item.received_at).total_seconds() // 60))
    address = _pattern().replace(str(_ANY), str(item.id))
    place = item.place or _("place not known")
    return Row(
        id=str(item.id),
        url=address,
        name=item.name,
        look=_look(item),
        place=f"{place} · {_('%(age)s ago') % {'age': age}}",
        promise=_joined(_promise(item, zone)),
        level=level_tag(item.level, flagged=item.flagged),
        stands=_joined(_closed(item, zone) if item.closed_at is not None else _stands(item, zone)),
        next_step=item.next_step,
        take=_take(item, address),
    )


def level_tag(level: str, *, flagged: bool) -> SafeString:
    """How urgent: a word and an icon. What was not read is never shown as calm."""
    if level in SIGNS:
        tag = '<span class="level-tag level-{}">{}{}</span>'
        return format_html(tag, level, icon(SIGNS[level].icon, "s"), words.LEVELS[level])
    if flagged:
        return format_html('<span class="level-tag level-emergency">{}{}</span>', icon("phone", "s"), _("Call now"))
    return format_html('<span class="tag">{}{}</span>', icon("unknown", "s"), _("Not asked yet"))


def _joined(lines: tuple[SafeString, ...]) -> SafeString:
    """Lines one after the other; each was escaped when it was made."""
    return SafeString("".join(lines))


def _look(item: Item) -> str:
    if item.call_now:
        return "is-now"
    if item.late and not item.flagged:
        return "is-late"
    if item.snoozed_until is not None and not item.flagged:
        return "is-off"
    return "is-met" if item.met_at is not None else ""


def _promise(item: Item, zone: ZoneInfo) -> tuple[SafeString, ...]:
    if item.closed_at is not None:
        kept = _("Kept") if item.met_at is not None else _("Not kept") if item.due_at is not None else _("None made")
        return (_small(kept),)
    if item.call_now:
        why = _("A warning sign; nobody has talked with them yet")
        return (_strong("now", "phone", _("Call now")), format_html('<span class="small">{}</span>', why))
    if item.met_at is not None:
        kept = _("Kept by three tries") if item.met_how == THREE_ATTEMPTS else _("Kept")
        return (_line("check", kept), _small(_when(item.met_at, zone, _TIME)))
    if item.due_at is None or item.minutes is None or item.share is None:
        why = _("helped to a colleague") if item.route == "directory" else _("nobody licensed there")
        return (_small(_("No promise")), _small(why))
    return _running(item.due_at, item.minutes, item.share, zone)


def _running(due: datetime, minutes: int, share: float, zone: ZoneInfo) -> tuple[SafeString, ...]:
    left, when = words.time_left(minutes), _when(due, zone, _DAY)
    if share >= 1:
        told = _strong("late", "timer", left[:1].upper() + left[1:])
        return (told, _bar("soon", _WHOLE), _small(_("was due %(when)s") % {"when": when}))
    look = "soon" if share >= _SOON else "half" if share >= _HALF else ""
    told = format_html('<span class="{}">{}</span>', "soon" if look == "soon" else "", left)
    return (told, _bar(look, int(share * _WHOLE)), _small(_("due %(when)s") % {"when": when}))


def _stands(item: Item, zone: ZoneInfo) -> tuple[SafeString, ...]:
    lines = [_small(_("Nobody's yet"))]
    if item.mine:
        lines = [_strong("", "own", _("Yours"))]
    elif item.claimed_by:
        lines = [_line("own", item.claimed_by)]
    if item.snoozed_until is not None and not item.flagged and not item.late:
        lines.append(_line("pause", _("put off until %(when)s") % {"when": _when(item.snoozed_until, zone, _TIME)}))
    if item.tries and item.met_at is None:
        lines.append(_line("phone", _("tried %(tries)d of %(needed)d") % {"tries": item.tries, "needed": NEEDED}))
    return tuple(lines)


def _closed(item: Item, zone: ZoneInfo) -> tuple[SafeString, ...]:
    reason = str(words.REASONS.get(item.closed_why, item.closed_why))
    when = "" if item.closed_at is None else _when(item.closed_at, zone, _DAY)
    return (format_html("<span>{}</span>", reason), _small(when))


@cache
def _pattern() -> str:
    """The address of a request, looked up once instead of fifty times on a page."""
    return reverse("clinic:request", args=[_ANY])


def _take(item: Item, address: str) -> SafeString:
    """A button for what nobody has; the form is that of the whole table."""
    if item.claimed_by or item.closed_at is not None:
        return SafeString("")
    label = _("Take it")
    return format_html(
        '<button id="take-{}" class="btn btn-quiet" type="submit" formaction="{}claim/"'
        ' aria-label="{}: {}">{}</button>',
        item.id,
        address,
        label,
        item.name,
        label,
    )


def _when(at: datetime, zone: ZoneInfo, form: str) -> str:
    return dated(at.astimezone(zone), form)


@_kept
def _line(sign: str, text: str) -> SafeString:
    return format_html("<span>{} {}</span>", icon(sign, "s"), text)


@_kept
def _strong(look: str, sign: str, text: str) -> SafeString:
    return format_html('<strong class="{}">{} {}</strong>', look, icon(sign, "s"), text)


@_kept
def _small(text: str) -> SafeString:
    return format_html('<span class="small muted">{}</span>', text)


@_kept
def _bar(look: str, share: int) -> SafeString:
    return format_html('<progress max="100" value="{}" aria-hidden="true" class="{}"></progress>', share, look)

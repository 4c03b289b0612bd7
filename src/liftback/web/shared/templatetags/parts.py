"""Tags and filters that the parts of pages (`templates/cotton/`) are made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from liftback.web.shared.body_regions import FIGURES, GROUPS, REGIONS, Region
from liftback.web.shared.plate_picture import plate_picture
from liftback.web.shared.signs import TONE_OF_MESSAGE, Sign, sign_of

register = template.Library()
SCORES = tuple(range(11))
"""A score goes from 0 to 10."""


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite, in `size` "s", "m" or "l".

    `label` is said aloud, and empty where a word stands beside it. A hyphen in a name reads as an underscore.
    """
    return _icon(name, size, str(label))


@lru_cache(maxsize=1000)  # a page has forty of them
def _icon(name: str, size: str, label: str) -> SafeString:
    classes = f"icon icon-{size}" if size else "icon"
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" width="24" height="24" focusable="false" {}><use href="{}#{}"></use></svg>',
        classes,
        said,
        static("liftback/icons.svg"),
        name.replace("-", "_"),
    )


@register.simple_tag
def sign(kind: str, value: object) -> Sign:
    """Icon, word and tone of a level, decision, light, certainty, mark or tone."""
    return sign_of(kind, str(value))


@register.filter
def tone(level: object) -> str:
    """The tone of a message, by the word for its level."""
    return TONE_OF_MESSAGE.get(str(level), "calm")


@register.filter
def passed(attrs: Mapping[str, Any]) -> SafeString:
    """The attributes that a part hands on to its element, escaped; those that the part names itself are left out.

    A value of False or None is left out, True gives the bare name.
    """
    named: Iterable[str] = getattr(attrs, "_exclude_from_str", ())
    rest = [(name, value) for name, value in attrs.items() if name not in set(named)]
    bare = [(f" {name}",) for name, value in rest if value is True]
    full = [(name, value) for name, value in rest if value is not True and value is not False and value is not None]
    return format_html_join("", "{}", bare) + format_html_join("", ' {}="{}"', full)


@register.simple_tag
def scores() -> Sequence[int]:
    """The numbers of a 0 to 10 scale."""
    return SCORES


@register.filter
def same(value: object, other: object) -> bool:
    """Whether two values read the same as text: a form field holds "3" where the page holds 3."""
    return value is not None and str(value) == str(other)


@register.filter
def within(value: object, chosen: object) -> bool:
    """Whether a value is among the chosen ones, read as text."""
    return isinstance(chosen, Iterable) and not isinstance(chosen, str) and str(value) in {str(one) for one in chosen}


@register.simple_tag
def plate_stack(plates: Sequence[float], unit: str) -> SafeString:
    """The picture of the plates on one side of a bar."""
    return mark_safe(plate_picture(plates, unit=unit))  # noqa: S308 - SVG made by our own code from numbers


@register.simple_tag
def body_regions() -> tuple[Region, ...]:
    """All places of the body map."""
    return REGIONS


@register.simple_tag
def body_figures() -> object:
    """The figures of the body map, back first: `(side, name, outline)`."""
    return FIGURES


@register.filter
def drawn_on(regions: Iterable[Region], side: str) -> list[tuple[Region, str]]:
    """The places that are drawn on one side of the body, each with its path."""
    return [(region, region.shapes[side]) for region in regions if side in region.shapes]


@register.filter
def listed_under(regions: Iterable[Region], group: str) -> list[Region]:
    """The places of one group of the list."""
    return [region for region in regions if region.group == group]


@register.simple_tag
def body_groups() -> list[tuple[str, object]]:
    """The groups of the list: `(id, name)`."""
    return list(GROUPS.items())


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for short lists in templates."""
    return text.split()

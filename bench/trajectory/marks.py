"""One line of the table: what, what was measured, what is asked, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass

WIDTHS = (74, 30, 26, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A figure in words, what is asked of it in words, and whether it holds; None is shown for comparison only."""

    what: str
    measured: str
    asked: str = ""
    holds: bool | None = None

    @property
    def line(self) -> str:
        """The line of the table."""
        mark = "" if self.holds is None else "ok" if self.holds else "MISSED"
        cells = (self.what, self.measured, self.asked, mark)
        return "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)) + " |"


def at_most(what: str, value: float, limit: float, unit: str = "") -> Mark:
    """A figure that must not be above a limit."""
    return Mark(what=what, measured=f"{value:.3g}{unit}", asked=f"<= {limit:g}{unit}", holds=bool(value <= limit))


def shown_within(what: str, measured: str, asked: str, inside: bool) -> Mark:
    """A figure that another row counts: whether it is inside is said in words, and is no promise of its own."""
    return Mark(what=what, measured=measured, asked=f"{asked}: {'inside' if inside else 'outside'}")


def at_least(what: str, value: float, limit: float, unit: str = "") -> Mark:
    """A figure that must not be below a limit."""
    return Mark(what=what, measured=f"{value:,.4g}{unit}", asked=f">= {limit:,g}{unit}", holds=bool(value >= limit))

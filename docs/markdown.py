"""What every generated page is written with: tables, and conditions in words."""

from __future__ import annotations

from collections.abc import Iterable

from liftback.knowledge.conditions import AllOf, AnyOf, AtLeastOf, Compare, Condition, Is, Not


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A markdown table."""
    columns = list(head)
    lines = [_row(columns), _row("---" for _ in columns), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def in_words(condition: Condition) -> str:
    """A condition as one line of words."""
    if isinstance(condition, Is):
        return f"{condition.fact} is {' or '.join(sorted(condition.choices))}"
    if isinstance(condition, Compare):
        return f"{condition.fact} {condition.relation.replace('_', ' ')} {condition.parameter}"
    if isinstance(condition, Not):
        return f"not ({in_words(condition.part)})"
    parts = [f"({in_words(p)})" if isinstance(p, AllOf | AnyOf | AtLeastOf) else in_words(p) for p in condition.parts]
    if isinstance(condition, AtLeastOf):
        return f"at least {condition.count} of: " + "; ".join(parts)
    return (" and " if isinstance(condition, AllOf) else " or ").join(parts)

"""The page of emergency numbers: whom to call in which country, and who says so."""

from __future__ import annotations

from docs.markdown import table
from liftback.knowledge.emergency_numbers import emergency_numbers
from liftback.knowledge.entries import Reference
from liftback.knowledge.loader import Knowledge

_INTRODUCTION = (
    "The numbers that call an ambulance, the one to try first in front. A country is here when two open data sets "
    "agree on its first number, or when its own authorities, a neighbour's, or a report of what they say names it.\n"
)


def emergency_page(knowledge: Knowledge) -> str:
    """Every country with its numbers, the source and when it is looked at again."""
    found = emergency_numbers(knowledge)
    rows = [
        (
            f"{one.name} (`{one.id}`)",
            ", ".join(one.numbers),
            one.note,
            f"`{one.provenance.source}`: {one.provenance.locator}",
            one.provenance.review_by,
        )
        for one in found.entries
    ]
    sources = [(f"`{name}`", _title(one), one.year) for name, one in sorted(found.references.items())]
    return "\n".join(
        [
            "# Emergency numbers\n",
            _INTRODUCTION,
            table(("country", "numbers", "note", "source", "review by"), rows),
            "## Sources of these numbers\n",
            table(("id", "title", "year"), sources),
        ]
    )


def _title(source: Reference) -> str:
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{title} ({source.note})" if source.note else title

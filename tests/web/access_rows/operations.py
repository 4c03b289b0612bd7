"""Who gets what at the addresses of health and metrics."""

from __future__ import annotations

from tests.people import People
from tests.web.access_row import Row

ROWS: dict[str, Row] = {}


def make(people: People) -> dict[str, str]:
    """Make what the addresses name; the parts of addresses by name, as `Row.args` write them."""
    return {}

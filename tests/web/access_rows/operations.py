"""Who gets what at the addresses of health and metrics."""

from __future__ import annotations

from tests.people import People
from tests.web.access_row import NO, Row, all_get

ROWS: dict[str, Row] = {
    "healthz": Row(get=all_get(200), post=NO),
    "metrics": Row(get=all_get(200), post=NO, note="From this machine, as here; from elsewhere it is not there."),
}


def make(people: People) -> dict[str, str]:
    """Make what the addresses name; the parts of addresses by name, as `Row.args` write them."""
    return {}

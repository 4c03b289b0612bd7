"""The id under which a form is kept once: it follows from the page that was sent and from what it says.

The same form sent twice is one. The same page sent again with other words (the back button) is another, so that
nothing that was told is taken for what was told before.
"""

from __future__ import annotations

import json
from uuid import UUID, uuid5


def once(page: UUID, *said: object) -> UUID:
    """The id of a form, from its page's own and what it says (values of JSON, or texts of them)."""
    return uuid5(page, json.dumps(said, sort_keys=True, default=str))

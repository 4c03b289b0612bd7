"""What a therapist writes after a call. Notes are added and never changed; a correction is another note."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from liftback.records import staff as staff_rules
from liftback.records.policies import NotNowError
from liftback.records.staff import Staff
from liftback.records.tables.requests import CallNote
from liftback.records.write.clinic.steps import changing_request, step
from liftback.records.write.once import once
from liftback.records.write.storable import storable

LONGEST = 10_000
"""Letters of one note."""


def add(*, staff: Staff, request: UUID, client_id: UUID, text: str, now: datetime) -> bool:
    """Keep a note, once for a `client_id`; whether it is new. Raises NotAllowedError, NotNowError.

    A note is no contact: it never keeps a promise.
    """
    words = str(storable(text)).replace("\r\n", "\n").strip()
    client_id = once(client_id, words)
    with changing_request(staff=staff, request=request, now=now, what="call_note", needs=staff_rules.BRIEF) as row:
        if CallNote.objects.filter(request=row, client_id=client_id).exists():
            return False
        if not words:
            raise NotNowError("The note is empty. Write what was said, then keep it.")
        if len(words) > LONGEST:
            raise NotNowError(f"A note has at most {LONGEST} letters; this one has {len(words)}. Make it two.")
        note = CallNote(request=row, client_id=client_id, at=now, by=staff.person, by_name=staff.name, text=words)
        CallNote.objects.bulk_create([note])
        step(row, "note", staff=staff, now=now)
    return True

"""Everything that is kept of a lifter, as one zip file to take home: JSON, tables, and the original files."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from allauth.usersessions.models import UserSession

import liftback
from liftback.records import permissions
from liftback.records.export_clinic import clinic_lists
from liftback.records.read.own import content_of
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry, LogFile, StoryVersion

IN_MEMORY = 2_000_000
"""Bytes of an export that are held in memory."""
VERSION = 1
"""Of the layout of `liftback.json`."""
_AT_ONCE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNSAFE = re.compile(r"[^\w.() -]+")
_NAME_MOST = 120
_DIARY = ("pain", "sleep", "stress", "lift_pain", "flare", "event", "note", "replaces")
_DONE = ("lift", "exercise", "sets", "reps", "weight", "unit", "effort", "note", "told", "of", "replaces")
_TOLD = ("day", "client_time", "received_at", "device", "client_id")
README = """Liftback: everything that is kept of you
Made on {day}.

liftback.json   all of it, exactly as it was told, for other programs: you, your stories, every entry, your files;
                what you and clinics have to do with each other: requests, calls, messages, consents, who looked
story.yaml      the newest story, as a story file (the older ones are in the folder stories)
diary.csv       the check-ins, one row each
exposures.csv   what you logged of the plan, and what you told about it later
weekly.csv      the weekly questions, one row for an answer
logs/           the files of your training app, byte for byte as you gave them

Weights stand as you typed them, in the unit you typed them in. An empty cell was not told; it does not mean zero.
A day can have several rows: nothing is ever overwritten. A row named in "replaces" was corrected by the row that
names it. In the tables a text that a spreadsheet could take for a formula has an apostrophe before it.
"""


def export_file(*, actor: Person, lifter: Lifter, now: datetime) -> IO[bytes]:
    """The whole zip file, opened at its start and to be closed by the caller. Raises NotAllowedError, OSError.

    A large one is put together on the disk.
    """
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        export_to(out, actor=actor, lifter=lifter, now=now)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return out


def export_to(out: IO[bytes], *, actor: Person, lifter: Lifter, now: datetime) -> None:
    """Write the zip file to a file that was opened for bytes, piece by piece. Raises NotAllowedError, OSError."""
    permissions.check(actor, permissions.READ, lifter)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(day=now.date()))
        _stories(archive, lifter)
        _table(archive, "diary.csv", _DIARY, _of_kinds(lifter, "check_in"))
        _table(archive, "exposures.csv", ("kind", *_DONE), _of_kinds(lifter, "done", "after"))
        _table(archive, "weekly.csv", ("form", "item", "answer"), _weekly(lifter))
        files = list(_files(archive, lifter))
        with archive.open("liftback.json", "w", force_zip64=True) as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8")
            _everything(text, lifter, files, now)
            text.flush()
            text.detach()


def _entries(lifter: Lifter) -> Iterator[Entry]:
    return Entry.objects.filter(lifter=lifter).order_by("client_time", "pk").iterator(_AT_ONCE)


def _of_kinds(lifter: Lifter, *kinds: str) -> Iterator[dict[str, Any]]:
    found = Entry.objects.filter(lifter=lifter, kind__in=kinds).order_by("day", "client_time", "pk")
    for one in found.iterator(_AT_ONCE):
        yield {"kind": one.kind, **one.payload, **_when(one)}


def _when(one: Entry) -> dict[str, str]:
    return {
        "day": one.day.isoformat(),
        "client_time": one.client_time.isoformat(),
        "received_at": one.received_at.isoformat(),
        "device": one.device,
        "client_id": str(one.client_id),
    }


def _weekly(lifter: Lifter) -> Iterator[dict[str, Any]]:
    for one in _of_kinds(lifter, "weekly"):
        forms = one.get("forms")
        for form, items in sorted((forms if isinstance(forms, Mapping) else {}).items()):
            for item, answer in sorted((items if isinstance(items, Mapping) else {}).items()):
                yield {**one, "form": form, "item": item, "answer": answer}


def _table(archive: zipfile.ZipFile, name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    with archive.open(name, "w") as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")  # the mark tells a spreadsheet that it is UTF-8
        writer = csv.writer(text)
        writer.writerow((*_TOLD, *columns))
        writer.writerows([cell(row.get(column)) for column in (*_TOLD, *columns)] for row in rows)
        text.flush()
        text.detach()


def cell(value: Any) -> str:
    """A value as a cell of a table: nothing for what was not told, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return cell("; ".join(f"{name}={answer}" for name, answer in value.items()))
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _stories(archive: zipfile.ZipFile, lifter: Lifter) -> None:
    newest = ""
    for place, one in enumerate(StoryVersion.objects.filter(lifter=lifter).order_by("told_at", "pk"), start=1):
        newest = one.document
        archive.writestr(f"stories/{place:03}-{one.told_at:%Y-%m-%d}.yaml", newest)
    if newest:
        archive.writestr("story.yaml", newest)


def _files(archive: zipfile.ZipFile, lifter: Lifter) -> Iterator[dict[str, Any]]:
    """Write the log files, and give what `liftback.json` says of each."""
    found = LogFile.objects.filter(lifter=lifter).order_by("imported_at", "pk")
    for place, one in enumerate(found.iterator(1), start=1):
        path = f"logs/{place:02}-{_safe(one.name)}"
        archive.writestr(path, content_of(one))
        yield {
            "path": path,
            "name": one.name,
            "sha256": one.sha256,
            "size": one.size,
            "format": one.format,
            "unit": one.unit,
            "names": one.names,
            "sets": one.sets,
            "imported_at": one.imported_at.isoformat(),
        }


def _safe(name: str) -> str:
    """A file's name without anything that could lead out of the folder."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSAFE.sub("_", last).lstrip(".")[-_NAME_MOST:] or "file"


def _everything(out: io.TextIOWrapper, lifter: Lifter, files: list[dict[str, Any]], now: datetime) -> None:
    person = lifter.person
    head = {
        "format": "liftback-export",
        "version": VERSION,
        "made_with": liftback.__version__,
        "made_at": now.isoformat(),
        "person": {"email": person.email, "name": person.name, "joined_at": person.date_joined.isoformat()},
        "lifter": {
            "unit": lifter.unit,
            "zone": lifter.zone,
            "plan_begun": lifter.plan_begun.isoformat() if lifter.plan_begun else None,
        },
        "files": files,
    }
    out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2])
    _list(out, "stories", map(_story, StoryVersion.objects.filter(lifter=lifter).order_by("told_at", "pk").iterator(1)))
    _list(out, "entries", ({"kind": one.kind, **_when(one), "payload": one.payload} for one in _entries(lifter)))
    for name, rows in clinic_lists(lifter):
        _list(out, name, rows)
    _list(out, "sign_ins", map(_sign_in, UserSession.objects.filter(user=person).order_by("created_at")))
    out.write("\n}\n")


def _list(out: io.TextIOWrapper, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    out.write(f',\n "{name}": [')
    for place, row in enumerate(rows):
        out.write(",\n  " if place else "\n  ")
        out.write(json.dumps(row, ensure_ascii=False))
    out.write("\n ]")


def _story(one: StoryVersion) -> dict[str, Any]:
    told = {"told_at": one.told_at.isoformat(), "via": one.via, "knowledge_version": one.knowledge_version}
    return {**told, "document": one.document}


def _sign_in(one: UserSession) -> dict[str, Any]:
    return {"began_at": one.created_at.isoformat(), "address": one.ip, "browser": one.user_agent}

"""A backup comes back whole, guards and all, into an empty store; everything else is refused with a sentence."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liftback.records.backup import BackupError, restore_backup, stores
from tests.records.jobs.sites import Site

pytestmark = pytest.mark.xdist_group("backup")
FILL = """
from django.utils import timezone
from liftback.records.consents import current
from liftback.records.mail import outbox
people = everybody()
here = Clinic.objects.get(slug="this")
now = timezone.now()
own = lifter_of(people.lifter)
write.keep_story(actor=people.lifter, lifter=own, document=story(), via="interview", now=now)
write.tell(actor=people.lifter, lifter=own, entries=[entry("check_in", pain=3, note="ärgerlich \\u2603")], now=now)
write.import_file(actor=people.lifter, lifter=own, name="a.csv", content=bytes(range(256)), format="strong", sets=1,
                  unit="", names={}, now=now)
consent = current(clinic=here, kind="consult", now=now, language="en")
ask = ConsultRequest.objects.create(clinic=here, form_id=uuid.uuid4(), name="Ann", words="my back", consent=consent,
                                    consent_at=now, route="queue", received_at=now, due_at=now, lifter=own)
Booking.objects.create(clinic=here, form_id=uuid.uuid4(), request=ask, zone="UTC", clinic_zone="UTC", wall="x",
                       tzdata="x", starts_at=now, ends_at=now, state="confirmed", made_at=now, changed_at=now)
AuditRow.objects.create(at=now, actor=1, actor_name="T", role="therapist", clinic=1, clinic_name="This", lifter=own.pk,
                        deed="read", what="brief")
outbox.put(key="k", kind="test", to="a@people.example", subject="s", body="b", now=now)
"""
GUARD = """
from django.db import DatabaseError
try:
    AuditRow.objects.update(what="story")
    result = "changed"
except DatabaseError as error:
    result = str(error)
"""


def held(site: Site) -> dict[str, list[str]]:
    """Every row of every table, as the store's own driver gives it."""
    listed = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if site.environment.get("LIFTBACK_DATABASE_URL")
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return {name: sorted(map(repr, site.query(f'SELECT * FROM "{name}"'))) for (name,) in site.query(listed)}  # noqa: S608 - its own names


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An installation with something of every kind."""
    made = Site(tmp_path_factory.mktemp("filled"))
    assert made.manage("migrate").returncode == 0
    made.do(FILL)
    return made


@pytest.fixture(scope="module")
def backup(filled: Site) -> Path:
    """A backup of it."""
    target = filled.folder / "all.liftback"
    done = filled.manage("backup", "--to", str(target))
    assert done.returncode == 0, done.stderr
    assert "health data" in done.stdout
    return target


@pytest.fixture(scope="module")
def restored(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Another installation, empty before, into which it was brought."""
    made = Site(tmp_path_factory.mktemp("restored"))
    done = made.manage("restore", "--from", str(backup))
    assert done.returncode == 0, done.stderr
    assert "are back as they were" in done.stdout
    assert "secret key" not in done.stdout
    yield made
    made.stop()


def manifest_of(file: Path) -> dict[str, Any]:
    with tarfile.open(file) as tar:
        held = tar.extractfile("manifest.json")
        assert held is not None
        found: dict[str, Any] = json.loads(held.read())
        return found


def rewritten(file: Path, target: Path, **changes: Any) -> Path:
    """The backup with another manifest."""
    with tarfile.open(file) as tar, tarfile.open(target, "w:gz") as out:
        store = tar.extractfile("store")
        assert store is not None
        for name, content in (
            ("manifest.json", json.dumps({**manifest_of(file), **changes}).encode()),
            ("store", store.read()),
        ):
            about = tarfile.TarInfo(name)
            about.size = len(content)
            out.addfile(about, io.BytesIO(content))
    return target


def test_every_row_of_every_table_comes_back(filled: Site, restored: Site) -> None:
    before = held(filled)
    assert held(restored) == before
    for name in ("auditrow", "consultrequest", "booking", "mail", "logfile", "storyversion", "entry"):
        assert len(before[f"records_{name}"]) == 1, name


def test_the_guard_of_the_audit_comes_back(restored: Site) -> None:
    assert "never changed" in restored.do(GUARD)


def test_the_manifest_tells_what_is_in_it_and_nothing_of_anybody(filled: Site, backup: Path) -> None:
    manifest = manifest_of(backup)
    assert {"version", "vendor", "tzdata", "migrations", "tables", "made_at", "key"} <= set(manifest)
    assert {name: one["rows"] for name, one in manifest["tables"].items()} == {
        name: len(rows) for name, rows in held(filled).items()
    }
    assert "people.example" not in json.dumps(manifest)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_store_in_use_is_not_thrown_away_unless_asked(filled: Site, backup: Path, restored: Site) -> None:
    restored.query("UPDATE records_clinic SET name = 'later'")
    done = restored.manage("restore", "--from", str(backup))
    assert done.returncode != 0
    assert "--replace" in done.stderr
    assert "Traceback" not in done.stderr
    assert restored.query("SELECT DISTINCT name FROM records_clinic") == [("later",)]
    restored.environment["LIFTBACK_SECRET_KEY"] = "another key of some length 0123456789 0123456789 abc"  # noqa: S105 - no secret
    done = restored.manage("restore", "--from", str(backup), "--replace")
    assert done.returncode == 0, done.stderr
    assert "LIFTBACK_SECRET_KEY" in done.stdout, "another key is told"
    assert held(restored) == held(filled)


def test_a_backup_of_before_is_not_written_over(filled: Site, backup: Path) -> None:
    done = filled.manage("backup", "--to", str(backup))
    assert done.returncode != 0
    assert "there already" in done.stderr


def bad_files(backup: Path, folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that are no good backup, and a word of the sentence for each."""
    content = backup.read_bytes()
    files = {
        "cut": content[: len(content) // 2],
        "other": b"a text",
        "empty": b"",
        "not a tar": gzip.compress(b"x" * 9_000),
    }
    found = {}
    for name, inside in files.items():
        (folder / name).write_bytes(inside)
        found[name] = (folder / name, "no whole backup")
    newer = [*manifest_of(backup)["migrations"], "records.9999_later"]
    other = "postgresql" if manifest_of(backup)["vendor"] == "sqlite" else "sqlite"
    return {
        **found,
        "missing": (folder / "nothing", "no file"),
        "damaged": (rewritten(backup, folder / "damaged", store_sha256="0" * 64), "damaged"),
        "of a newer format": (rewritten(backup, folder / "format", format=2), "newer"),
        "of a newer version": (rewritten(backup, folder / "newer", migrations=newer), "newer"),
        "of the other store": (rewritten(backup, folder / "vendor", vendor=other), "LIFTBACK_DATABASE_URL"),
    }


@pytest.mark.django_db
def test_what_is_no_good_backup_is_refused_and_changes_nothing(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("replace_sqlite", "replace_postgresql"):
        monkeypatch.setattr(stores, name, lambda _store: pytest.fail("something was thrown away"))
    for name, (file, word) in bad_files(backup, tmp_path).items():
        with pytest.raises(BackupError) as told:
            restore_backup(file, replace=True)
        assert word in str(told.value), name


@pytest.mark.django_db
def test_rows_that_came_back_different_are_told(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("replace_sqlite", "replace_postgresql"):
        monkeypatch.setattr(stores, name, lambda _store: None)  # nothing comes back
    with pytest.raises(BackupError, match="records_person"):
        restore_backup(backup, replace=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(filled: Site) -> None:
    done = filled.manage("backup", "--to", "/nothing.liftback")
    assert "cannot be written" in done.stderr

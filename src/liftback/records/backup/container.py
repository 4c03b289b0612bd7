"""The file of a backup: a tar with a manifest, and the store as its own tools write it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, STORE = "manifest.json", "store"
_CHUNK = 1 << 20


class BackupError(Exception):
    """A sentence for whoever runs the server: what is wrong and what to do."""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write(target: Path, *, store: Path, manifest: dict[str, Any]) -> None:
    """Write a backup. It is there whole or not at all, and only its owner may read it. Raises BackupError."""
    full = {"format": FORMAT, **manifest, "store_sha256": digest_of(store), "store_bytes": store.stat().st_size}
    text = json.dumps(full, indent=1, sort_keys=True).encode()
    begun = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            _private(begun) as raw,
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w") as tar,
        ):
            about = tarfile.TarInfo(MANIFEST)
            about.size = len(text)
            tar.addfile(about, io.BytesIO(text))
            tar.add(store, arcname=STORE, filter=_nobodys)
        begun.replace(target)
    except OSError as error:
        raise BackupError(f"The backup cannot be written to {target}: {error.strerror}.") from None
    finally:
        begun.unlink(missing_ok=True)


def read(source: Path, folder: Path) -> tuple[dict[str, Any], Path]:
    """The manifest, and the store unpacked into a folder, checked against it. Raises BackupError."""
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            manifest = _manifest(tar)
            store = folder / STORE
            _unpack(tar, store)
    except FileNotFoundError:
        raise BackupError(f"There is no file {source}; check the name and the folder.") from None
    except (tarfile.TarError, EOFError, OSError, KeyError, ValueError):
        raise BackupError(
            f"{source} is no whole backup of Liftback: it was cut short, or it is another file."
        ) from None
    if digest_of(store) != manifest.get("store_sha256"):
        raise BackupError(f"{source} is damaged: what is in it is not what was put in. Take another backup.")
    return manifest, store


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    held = tar.extractfile(MANIFEST)
    found = json.loads(held.read()) if held is not None else None
    if not isinstance(found, dict):
        raise ValueError(MANIFEST)
    if found.get("format") != FORMAT:
        raise BackupError("This backup was written by a newer Liftback. Install that version, then restore it.")
    return found


def _unpack(tar: tarfile.TarFile, target: Path) -> None:
    held = tar.extractfile(STORE)
    if held is None:
        raise ValueError(STORE)
    with _private(target) as out:
        while chunk := held.read(_CHUNK):
            out.write(chunk)


@contextmanager
def _private(path: Path) -> Iterator[io.BufferedWriter]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _nobodys(about: tarfile.TarInfo) -> tarfile.TarInfo:
    about.uid = about.gid = 0
    about.uname = about.gname = ""
    about.mtime, about.mode = 0, 0o600
    return about

"""Uploads are limited while they come in: what is too large never lands on the disk or in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


def kept_on_disk(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def test_twenty_megabytes_get_a_sentence_and_leave_nothing_behind(tmp_path: Path) -> None:
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        answer = Client().post("/log/", {"file": SimpleUploadedFile("big.csv", b"x" * 20_000_000), "look": "1"})
    assert answer.status_code == 200
    assert "larger than 10 MB" in answer.content.decode()
    assert kept_on_disk(tmp_path) == 0


def test_no_more_than_the_limit_is_ever_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0
    plain = tempfile.NamedTemporaryFile

    def watched(*given: Any, **more: Any) -> Any:
        made = plain(*given, **more)
        write = made.write

        def counted(data: bytes) -> int:
            nonlocal written
            written += len(data)
            return int(write(data))

        made.write = counted  # type: ignore[method-assign,assignment]  # watched, for this test
        return made

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", watched)
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        Client().post("/log/", {"file": SimpleUploadedFile("big.csv", b"x" * 15_000_000)})
    assert 0 < written <= settings.LONGEST_UPLOAD


def test_a_form_that_is_too_large_gets_a_page() -> None:
    answer = Client().post("/units/", {"unit": "k" * 2_000_000})
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()


def test_a_form_with_too_many_fields_gets_a_page() -> None:
    answer = Client().post("/units/", {f"f{place}": "1" for place in range(2_000)})
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()

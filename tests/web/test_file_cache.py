"""The cache in files: counted over processes, and tidied now and then, so that no form waits for thousands of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from liftback.web.shared import file_cache
from liftback.web.shared.file_cache import SeldomTidied

MOST = 10


def _cache(folder: Path) -> SeldomTidied:
    return SeldomTidied(str(folder), {"OPTIONS": {"MAX_ENTRIES": MOST}})


def test_what_one_process_counts_the_next_goes_on_with(tmp_path: Path) -> None:
    _cache(tmp_path).add("limit", 0)
    _cache(tmp_path).incr("limit")
    assert _cache(tmp_path).incr("limit") == 2


def test_it_is_not_tidied_at_each_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_cache, "_ONE_IN", 10**9)
    cache = _cache(tmp_path)
    for number in range(3 * MOST):
        cache.set(str(number), number)
    assert len(list(tmp_path.iterdir())) == 3 * MOST


def test_it_is_tidied_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_cache, "_ONE_IN", 1)
    cache = _cache(tmp_path)
    for number in range(3 * MOST):
        cache.set(str(number), number)
    assert len(list(tmp_path.iterdir())) <= MOST + 1

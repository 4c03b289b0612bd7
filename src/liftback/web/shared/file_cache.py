"""The cache in files, tidied now and then: looking through thousands of files at every write makes each form wait."""

from __future__ import annotations

import random

from django.core.cache.backends.filebased import FileBasedCache

_ONE_IN = 200
"""Writes for each time that it is tidied: it holds at most so many files too many."""


class SeldomTidied(FileBasedCache):
    """As Django's, and shared by all processes of a machine; its limit of entries holds to within `_ONE_IN`."""

    def _cull(self) -> None:
        if random.randrange(_ONE_IN) == 0:  # noqa: S311 - nothing is kept secret by it
            super()._cull()  # type: ignore[misc]  # Django has it, its stubs do not

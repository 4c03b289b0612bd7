"""Backups: everything in one file with what it must come back as, and bringing it back."""

from liftback.records.backup.container import BackupError
from liftback.records.backup.making import make_backup
from liftback.records.backup.restoring import restore_backup

__all__ = ["BackupError", "make_backup", "restore_backup"]

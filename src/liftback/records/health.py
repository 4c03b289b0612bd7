"""Whether the store answers."""

from django.db import DatabaseError, connection


def is_reachable() -> bool:
    """Whether a question to the database is answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True

"""Django's own commands: `python -m liftback.web.manage`. The environment has to be set; see `settings`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liftback.web.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

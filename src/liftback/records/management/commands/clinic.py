"""`clinic`: make a clinic, and invite its first owner. Its terms are stated on its own pages after that."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from liftback.records.jobs import clock
from liftback.records.links import absolute
from liftback.records.policies import NotNowError
from liftback.records.write.clinic.founding import found


class Command(BaseCommand):
    """See `liftback.records.write.clinic.founding`."""

    help = "Makes a clinic, and invites its first owner by e-mail; the link is printed as well."

    def add_arguments(self, parser: CommandParser) -> None:
        """What it needs to know."""
        parser.add_argument("name", help="the name that people read")
        parser.add_argument("--slug", required=True, help="its public address: letters, digits, hyphens")
        parser.add_argument("--owner", required=True, help="the e-mail address of its first owner")
        parser.add_argument("--zone", default="America/New_York", help="the time zone of its clocks")
        parser.add_argument("--state", default="", help="the state, for its holidays, such as NY")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say what comes next."""
        try:
            clinic, token = found(
                name=options["name"],
                slug=options["slug"],
                owner=options["owner"],
                zone=options["zone"],
                subdivision=options["state"],
                now=clock.now(),
            )
        except NotNowError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{clinic.name} stands at {absolute(reverse('clinic:home', args=[clinic.slug]))}")
        self.stdout.write(f"Its owner opens this link within a week, signed in as {options['owner']}:")
        self.stdout.write(absolute(reverse("clinic:team_join", args=[token])))

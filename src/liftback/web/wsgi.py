"""The door for a WSGI server. A worker opens it when it has loaded what pages need, so that nobody waits for that."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liftback.web.settings")
application = get_wsgi_application()

from liftback.records.warming import warm  # noqa: E402 - needs the apps that were only just loaded

warm()
# What is loaded by now stays for good: looking through it again and again for what nobody holds makes pages wait.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)  # a page makes some thousands of things, nearly all gone at its end by themselves

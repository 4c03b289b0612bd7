"""The settings of the tests: the product's own, with a throw-away folder, a fixed key and quick password hashing."""

import os
import tempfile

os.environ.setdefault("LIFTBACK_DATA", tempfile.mkdtemp(prefix="liftback-tests-"))
os.environ.setdefault(
    "LIFTBACK_SECRET_KEY", "not secret: the tests' own key, long enough to be one of its kind 0123456789"
)
os.environ.setdefault("LIFTBACK_HTTPS", "no")
os.environ.setdefault("LIFTBACK_ZONE", "UTC")

from liftback.web.settings import *  # noqa: F403 - the environment has to be set before

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - from the settings above
    # A file, so that every thread of a live server can open it for itself.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns where it is not there

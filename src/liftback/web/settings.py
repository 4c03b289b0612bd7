"""The settings of the web side: all that differs between places comes from the environment; nothing clinical.

`LIFTBACK_SECRET_KEY` and `LIFTBACK_DATA` (a folder) are needed; `liftback serve` sets both. The others have defaults.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from liftback.records.scheduling import zones
from liftback.web.shared.logs import logging_of

zones.pin()  # before anything makes a zone, so that all parts go by one table


def needed(name: str, hint: str) -> str:
    """The value of an environment variable. Raises ImproperlyConfigured with a hint where it is not set."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {hint}")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or no from the environment."""
    return os.environ.get(name, "yes" if default else "no").casefold() in ("yes", "true", "1", "on")


WEB = Path(__file__).resolve().parent
DATA = Path(needed("LIFTBACK_DATA", "a folder for the database and the cache; `liftback serve` makes one."))
SECRET_KEY = needed("LIFTBACK_SECRET_KEY", "a long random text that stays secret; `liftback serve` makes one.")
DEBUG = False
DEMO = flag("LIFTBACK_DEMO", default=False)
"""Whether this is a trial: sign-ins are shown on the page, and e-mails go to the terminal."""
ALLOWED_HOSTS = [name for name in os.environ.get("LIFTBACK_HOSTS", "127.0.0.1,localhost").split(",") if name]
HTTPS = flag("LIFTBACK_HTTPS", default=True)
"""Whether visitors come by HTTPS. Only a trial on one's own machine may say no."""
PROXIED = flag("LIFTBACK_PROXIED", default=False)
"""Whether a proxy of ours stands before the server and tells the visitor's address and scheme."""
SITE = os.environ.get("LIFTBACK_SITE", "http://127.0.0.1:8000").rstrip("/")
"""Where people reach this server: what links in e-mails begin with."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "liftback.records",
    "liftback.web.shared",
    "liftback.web.lifter",
    "liftback.web.clinic",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_cotton",
]
MIDDLEWARE = [
    "liftback.web.shared.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "liftback.web.shared.middleware.Trouble",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liftback.web.lifter.offline.whose.whose",
    "liftback.web.shared.middleware.visitor",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "liftback.web.urls"
WSGI_APPLICATION = "liftback.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # django-cotton takes this over, and caches
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liftback.web.shared.context.around",
            ],
        },
    },
]

# --- what is kept ----------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("LIFTBACK_DATABASE_URL", f"sqlite:///{DATA / 'liftback.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # One writer at a time, asked for at the start of a transaction, so that two cannot wait for each other.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # A larger log of what was written: it is brought into the file while somebody waits, so more seldom is better.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA wal_autocheckpoint=4000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers, so that a limit counts them all.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "liftback.web.shared.file_cache.SeldomTidied",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},  # above the default of 300 a busy hour would push counters of limits out
    }
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
LONGEST_UPLOAD = 10_000_000
"""Bytes of one training log."""
FILE_UPLOAD_HANDLERS = [
    "liftback.web.shared.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- who comes in ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "lifter:today"
ACCOUNT_ADAPTER = "liftback.web.shared.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"login": "liftback.web.shared.accounts.SignInForm"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_USER_DISPLAY = "liftback.web.shared.accounts.shown_name"
# A sign-in that fails is counted twice: by address and place (axes, below), and over all places, which is this one.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,30/h/key"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "lifter:landing"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "liftback.web.shared.accounts.AddPasskeyForm"}
MFA_TOTP_ISSUER = "Liftback"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "liftback.web.shared.accounts.who_signs_in"
AXES_CLIENT_IP_CALLABLE = "liftback.web.shared.limits.address"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 24 * 60 * 60
"""Seconds. A stranger's answers are gone after a day; a sign-in lasts longer (`web.shared.accounts`)."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "liftback.web.shared.pages.csrf_failure"

# --- the wire --------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz?$", r"^metrics$"]  # asked for by the machine itself, without a certificate
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIED else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("LIFTBACK_STATIC", DATA / "static"))
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = os.environ.get("LIFTBACK_ZONE", "America/New_York")
"""Where a visitor is taken to be until the browser says otherwise."""

# Jobs only carry what rows already say (mails, pages to work out); no promise hangs on one. See records.jobs.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_BACKEND = (
    f"django.core.mail.backends.{os.environ.get('LIFTBACK_EMAIL', 'console' if DEMO else 'smtp')}.EmailBackend"
)
EMAIL_HOST = os.environ.get("LIFTBACK_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LIFTBACK_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LIFTBACK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LIFTBACK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LIFTBACK_SMTP_TLS", "no").casefold() == "starttls"
EMAIL_USE_SSL = os.environ.get("LIFTBACK_SMTP_TLS", "no").casefold() == "tls"
EMAIL_TIMEOUT = 10
"""Seconds that one answer of the mail server is waited for."""
DEFAULT_FROM_EMAIL = os.environ.get("LIFTBACK_FROM", "Liftback <liftback@localhost>")

# --- watching it -----------------------------------------------------------------------------------------------------

METRICS_TOKEN = os.environ.get("LIFTBACK_METRICS_TOKEN", "")
"""Who brings this as a bearer token may read `/metrics` and all of `/health` from elsewhere."""
LOGGING = logging_of(os.environ.get("LIFTBACK_LOG", "info").upper())
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # our middleware order puts the axes one last, as it asks

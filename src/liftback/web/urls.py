"""All addresses."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog, set_language

from liftback.web.shared import pages, watching

urlpatterns = [
    path("", include("liftback.web.lifter.urls")),
    path("", include("liftback.web.clinic.urls")),
    path("account/", include("allauth.urls")),
    path("components/", pages.components, name="components"),
    path("language/", set_language, name="language"),
    path("theme/", pages.theme, name="theme"),
    path("health", watching.health, name="health"),
    path("healthz", watching.health, name="healthz"),
    path("metrics", watching.numbers, name="metrics"),
    path("words.js", JavaScriptCatalog.as_view(packages=["liftback.web.lifter"]), name="words"),
]
handler400 = "liftback.web.shared.pages.bad_request"
handler403 = "liftback.web.shared.pages.forbidden"
handler404 = "liftback.web.shared.pages.not_found"
handler500 = "liftback.web.shared.pages.server_error"

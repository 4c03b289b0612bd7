"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.clinic.practice import (
    directory,
    importing,
    looked,
    opening,
    own_hours,
    own_terms,
    report,
    states,
    team,
    wording,
)

urlpatterns: list[URLPattern] = [
    path("desk/clinic/", own_terms.practice, name="practice"),
    path("desk/clinic/contact/", own_terms.contact, name="practice_contact"),
    path("desk/clinic/hours/", opening.hours, name="practice_hours"),
    path("desk/clinic/promise/", own_terms.promise, name="practice_promise"),
    path("desk/clinic/booking/", own_terms.booking, name="practice_booking"),
    path("desk/clinic/states/", states.states, name="practice_states"),
    path("desk/clinic/modules/", own_terms.modules, name="practice_modules"),
    path("desk/clinic/texts/", wording.texts, name="practice_texts"),
    path("desk/clinic/team/", team.team, name="practice_team"),
    path("desk/join/<str:token>/", team.join, name="team_join"),
    path("desk/clinic/directory/", directory.directory, name="practice_directory"),
    path("desk/clinic/directory/new/", directory.colleague, name="practice_colleague_new"),
    path("desk/clinic/directory/export.csv", directory.export, name="practice_export"),
    path("desk/clinic/directory/import/", importing.importing, name="practice_import"),
    path("desk/clinic/directory/import/yes/", importing.import_these, name="practice_import_yes"),
    path("desk/clinic/directory/<uuid:colleague>/", directory.colleague, name="practice_colleague"),
    path(
        "desk/clinic/directory/<uuid:colleague>/active/", directory.colleague_active, name="practice_colleague_active"
    ),
    path("desk/hours/", own_hours.own_hours, name="own_hours"),
    path("desk/promises/", report.promises, name="promises"),
    path("desk/audit/", looked.audit, name="audit"),
]

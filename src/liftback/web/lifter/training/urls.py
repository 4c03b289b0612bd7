"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.lifter.training import changes, clearing, exposures, flaring, plate_maths, swapping, today, week

urlpatterns: list[URLPattern] = [
    path("today/", today.today, name="today"),
    path("plan/", week.week, name="plan"),
    path("plan/exercises/<slug:exercise>/", week.exercise, name="exercise"),
    path("plan/exercises/<slug:exercise>/picture.svg", week.picture, name="exercise_picture"),
    path("plan/done/", exposures.done, name="done"),
    path("plan/after/", exposures.after, name="after"),
    path("plan/changes/<int:edit>/end/", changes.end, name="plan_change_end"),
    path("plan/swap/", swapping.swap, name="swap"),
    path("flare/", flaring.flare, name="flare"),
    path("first-hours/", flaring.first_hours, name="first_hours"),
    path("plates/", plate_maths.plates, name="plates"),
    path("clearance/", clearing.clearance, name="clearance"),
]

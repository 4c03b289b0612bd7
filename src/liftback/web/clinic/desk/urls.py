"""Addresses of the desk: the worklist, one request, the brief."""

from django.urls import URLPattern, path

from liftback.web.clinic.desk import brief, doing, requests, worklist

_ONE = "desk/requests/<uuid:request_id>/"

urlpatterns: list[URLPattern] = [
    path("desk/", worklist.desk, name="desk"),
    path("desk/rows/", worklist.rows, name="desk_rows"),
    path("desk/switch/", worklist.switch, name="desk_switch"),
    path(_ONE, requests.request_page, name="request"),
    path(f"{_ONE}brief/", brief.brief_page, name="brief"),
    path(f"{_ONE}claim/", doing.claim, name="request_claim"),
    path(f"{_ONE}release/", doing.release, name="request_release"),
    path(f"{_ONE}give/", doing.give, name="request_give"),
    path(f"{_ONE}snooze/", doing.snooze, name="request_snooze"),
    path(f"{_ONE}wake/", doing.wake, name="request_wake"),
    path(f"{_ONE}attempt/", doing.attempt, name="request_attempt"),
    path(f"{_ONE}attempt/<int:attempt>/slip/", doing.attempt_back, name="request_attempt_back"),
    path(f"{_ONE}note/", doing.note, name="request_note"),
    path(f"{_ONE}next/", doing.next_step, name="request_next"),
    path(f"{_ONE}level/", doing.level, name="request_level"),
    path(f"{_ONE}close/", doing.close, name="request_close"),
    path(f"{_ONE}reopen/", doing.reopen, name="request_reopen"),
    path(f"{_ONE}patient/", doing.make_patient, name="make_patient"),
]

"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.clinic.patients import clearance, messages, overview, patient, plan

_ONE = "desk/patients/<uuid:episode>/"
urlpatterns: list[URLPattern] = [
    path("desk/patients/", overview.patients, name="patients"),
    path(_ONE, patient.patient, name="patient"),
    path(f"{_ONE}answers/", patient.answers, name="patient_answers"),
    path(f"{_ONE}course/", patient.course, name="patient_course"),
    path(f"{_ONE}plan/", plan.plan, name="patient_plan"),
    path(f"{_ONE}plan/edit/", plan.edit, name="patient_plan_edit"),
    path(f"{_ONE}plan/edit/<int:edit>/end/", plan.end_edit, name="patient_plan_edit_end"),
    path(f"{_ONE}plan/sign/", plan.sign, name="patient_plan_sign"),
    path(f"{_ONE}clearance/", clearance.clearance, name="patient_clearance"),
    path(f"{_ONE}clearance/end/", clearance.end_clearance, name="patient_clearance_end"),
    path("desk/patients/<uuid:number>/messages/", messages.patient_messages, name="patient_messages"),
    path(f"{_ONE}assign/", patient.assign, name="patient_assign"),
    path(f"{_ONE}close/", patient.close, name="patient_close"),
]

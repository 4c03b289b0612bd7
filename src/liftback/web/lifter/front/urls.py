"""Addresses of what comes before any account."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter

from liftback.web.lifter.front import answers, interview, pages


class AnswerNumber(IntConverter):
    """One of the seven answers."""

    regex = "[1-7]"


class ReasonNumber(IntConverter):
    """One of the seven answers, or 0 for the triage."""

    regex = "[0-7]"


register_converter(AnswerNumber, "answer")
register_converter(ReasonNumber, "reason")

urlpatterns: list[URLPattern] = [
    path("", pages.landing, name="landing"),
    path("now/", pages.now, name="now"),
    path("emergency/", pages.emergency, name="emergency"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("start/", interview.start, name="start"),
    path("interview/", interview.interview, name="interview"),
    path("interview/back/", interview.interview_back, name="interview_back"),
    path("interview/forget/", interview.interview_forget, name="interview_forget"),
    path("interview/gone/", interview.gone, name="gone"),
    path("interview/save/", interview.interview_save, name="interview_save"),
    path("interview/story.yaml", interview.interview_story, name="interview_story"),
    path("signs/", interview.signs, name="signs"),
    path("signs/back/", interview.signs_back, name="signs_back"),
    path("answers/", answers.answers, name="answers"),
    path("answers/print/", answers.answers_print, name="answers_print"),
    path("answers/<answer:number>/", answers.answer, name="answer"),
    path("answers/<reason:number>/why/", answers.why, name="why"),
]

"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.lifter.course import calendar, check_in, course, report, weekly

urlpatterns: list[URLPattern] = [
    path("check-in/", check_in.check_in, name="check_in"),
    path("weekly/", weekly.weekly, name="weekly"),
    path("course/", course.course, name="course"),
    path("report.pdf", report.report, name="report"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/make/", calendar.calendar_make, name="calendar_make"),
    path("calendar/stop/", calendar.calendar_stop, name="calendar_stop"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
]

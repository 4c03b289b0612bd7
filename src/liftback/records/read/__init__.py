"""Reading: what pages show, each function one question."""

from liftback.records.read.calendar import calendar_of
from liftback.records.read.course import CheckIns, check_ins, course_if_ready, felt_now, weekly_forms
from liftback.records.read.exposures import Doing, Exposure, doing, exposure_told
from liftback.records.read.files import earlier_logs, file_of, same_file
from liftback.records.read.inputs import Inputs, inputs_of
from liftback.records.read.kept import Kept, kept_of
from liftback.records.read.own import calendar_lifter, content_of, entries_of, files_of, lifter_of, sign_told, story_of
from liftback.records.read.pages import page

__all__ = [
    "CheckIns",
    "Doing",
    "Exposure",
    "Inputs",
    "Kept",
    "calendar_lifter",
    "calendar_of",
    "check_ins",
    "content_of",
    "course_if_ready",
    "doing",
    "earlier_logs",
    "entries_of",
    "exposure_told",
    "felt_now",
    "file_of",
    "files_of",
    "inputs_of",
    "kept_of",
    "lifter_of",
    "page",
    "same_file",
    "sign_told",
    "story_of",
    "weekly_forms",
]

"""The verbs of Liftback: one keyword-only function for each. A table of contents of what it can do.

Everything here is pure: bytes and values in, frozen values or text out; `today` is an argument. The command
line and, later, the web know nothing below this package. The verbs of plans and of the simulated trial are imported
only when one is asked for, since an assessment needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from liftback.exchange.case_file import (
    CaseError,
)
from liftback.exchange.diary_file import (
    DiaryError,
)
from liftback.exchange.explanation import (
    UnknownNameError,
)
from liftback.exchange.report_json import (
    assessment_json,
)
from liftback.exchange.story_file import (
    StoryError,
)
from liftback.exchange.training_files import (
    FileError,
)
from liftback.exchange.words_report import (
    TextRead,
)
from liftback.facts.answers import (
    AnswerError,
)
from liftback.facts.dates import (
    FIRST_DAY,
    LAST_DAY,
)
from liftback.facts.interview import (
    Interview,
)
from liftback.operations.assessing import (
    Assessment,
    Followed,
    assess,
    check_cases,
    explain,
    follow,
    followed_json,
    import_log,
    interview_answer,
    interview_file,
    interview_first_hours,
    interview_progress,
    interview_resumed,
    interview_step,
    interview_triage,
    interview_undo,
    questions,
    read_diary,
    read_story,
    read_text,
    read_words,
    render,
    render_followed,
    show_import,
    show_text,
    triage_many,
)

if TYPE_CHECKING:
    from liftback.exchange.criteria_file import CriteriaError, FormError
    from liftback.exchange.exposure_file import ExposureError
    from liftback.operations.just_now import first_hours, show_first_hours
    from liftback.operations.planning import (
        PlanError,
        Signature,
        clearance,
        exposures_template,
        flare,
        forms,
        make_plan,
        next_week,
        plan_calendar,
        plan_json,
        read_criteria,
        read_exposures,
        read_form,
        record_exposure,
        render_plan,
        score_form,
        scores_told,
    )
    from liftback.operations.simulating import render_trial, simulate, trial_json

_LATER = {
    "liftback.operations.just_now": frozenset(("first_hours", "show_first_hours")),
    "liftback.operations.simulating": frozenset(("render_trial", "simulate", "trial_json")),
    "liftback.operations.planning": frozenset(
        (
            "CriteriaError",
            "ExposureError",
            "FormError",
            "PlanError",
            "Signature",
            "clearance",
            "exposures_template",
            "flare",
            "forms",
            "make_plan",
            "next_week",
            "plan_calendar",
            "plan_json",
            "read_criteria",
            "read_exposures",
            "read_form",
            "record_exposure",
            "render_plan",
            "score_form",
            "scores_told",
        )
    ),
}


def __getattr__(name: str) -> Any:
    """A verb of plans or of the simulated trial. Raises AttributeError for what is no verb."""
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "AnswerError",
    "Assessment",
    "CaseError",
    "CriteriaError",
    "DiaryError",
    "ExposureError",
    "FileError",
    "Followed",
    "FormError",
    "Interview",
    "PlanError",
    "Signature",
    "StoryError",
    "TextRead",
    "UnknownNameError",
    "assess",
    "assessment_json",
    "check_cases",
    "clearance",
    "explain",
    "exposures_template",
    "first_hours",
    "flare",
    "follow",
    "followed_json",
    "forms",
    "import_log",
    "interview_answer",
    "interview_file",
    "interview_first_hours",
    "interview_progress",
    "interview_resumed",
    "interview_step",
    "interview_triage",
    "interview_undo",
    "make_plan",
    "next_week",
    "plan_calendar",
    "plan_json",
    "questions",
    "read_criteria",
    "read_diary",
    "read_exposures",
    "read_form",
    "read_story",
    "read_text",
    "read_words",
    "record_exposure",
    "render",
    "render_followed",
    "render_plan",
    "render_trial",
    "score_form",
    "scores_told",
    "show_first_hours",
    "show_import",
    "show_text",
    "simulate",
    "triage_many",
    "trial_json",
]  # fmt: skip

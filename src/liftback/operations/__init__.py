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
    from liftback.operations.asking import emergency_page, gates_told, interview_again
    from liftback.operations.briefing import brief_values
    from liftback.operations.carrying import StoredCourse, course_begun, course_carried_on, course_felt
    from liftback.operations.contact import contact_signs, signs_doubted
    from liftback.operations.doing import (
        Edit,
        clearance_values,
        doing_values,
        edited_plan,
        judged_values,
        lift_doses,
        plan_digest,
        same_lift,
    )
    from liftback.operations.entering import (
        StaleStepError,
        body_regions,
        criteria_given,
        criteria_questions,
        diary_of_entries,
        done_of_entry,
        exposure_questions,
        interview_given,
        interview_restored,
        interview_stored,
        joined_log,
        known_exercises,
        log_preview,
        renamed,
        step_values,
    )
    from liftback.operations.just_now import emergency_numbers, first_hours, show_first_hours
    from liftback.operations.offline import offline_rules
    from liftback.operations.picturing import Picture, course_picture, paper_picture
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
    from liftback.operations.showing import (
        PlateError,
        answers_page,
        course_page,
        demonstration_picture,
        exercise_card,
        exercises,
        plan_page_values,
        plates,
        report_values,
        stand_ins,
        why_tree,
    )
    from liftback.operations.signs_later import signs_given
    from liftback.operations.simulating import render_trial, simulate, trial_json

_LATER = {
    "liftback.operations.offline": frozenset(("offline_rules",)),
    "liftback.operations.asking": frozenset(("emergency_page", "gates_told", "interview_again")),
    "liftback.operations.briefing": frozenset(("brief_values",)),
    "liftback.operations.carrying": frozenset(("StoredCourse", "course_begun", "course_carried_on", "course_felt")),
    "liftback.operations.contact": frozenset(("contact_signs", "signs_doubted")),
    "liftback.operations.doing": frozenset(
        (
            "Edit",
            "clearance_values",
            "doing_values",
            "edited_plan",
            "judged_values",
            "lift_doses",
            "plan_digest",
            "same_lift",
        )
    ),
    "liftback.operations.entering": frozenset(
        (
            "StaleStepError",
            "body_regions",
            "criteria_given",
            "criteria_questions",
            "diary_of_entries",
            "done_of_entry",
            "exposure_questions",
            "interview_given",
            "interview_restored",
            "interview_stored",
            "joined_log",
            "known_exercises",
            "log_preview",
            "renamed",
            "step_values",
        )
    ),
    "liftback.operations.just_now": frozenset(("emergency_numbers", "first_hours", "show_first_hours")),
    "liftback.operations.showing": frozenset(
        (
            "PlateError",
            "answers_page",
            "course_page",
            "demonstration_picture",
            "exercise_card",
            "exercises",
            "plan_page_values",
            "plates",
            "report_values",
            "stand_ins",
            "why_tree",
        )
    ),
    "liftback.operations.signs_later": frozenset(("signs_given",)),
    "liftback.operations.simulating": frozenset(("render_trial", "simulate", "trial_json")),
    "liftback.operations.picturing": frozenset(("Picture", "course_picture", "paper_picture")),
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
    "Edit",
    "ExposureError",
    "FileError",
    "Followed",
    "FormError",
    "Interview",
    "Picture",
    "PlanError",
    "PlateError",
    "Signature",
    "StaleStepError",
    "StoredCourse",
    "StoryError",
    "TextRead",
    "UnknownNameError",
    "answers_page",
    "assess",
    "assessment_json",
    "body_regions",
    "brief_values",
    "check_cases",
    "clearance",
    "clearance_values",
    "contact_signs",
    "course_begun",
    "course_carried_on",
    "course_felt",
    "course_page",
    "course_picture",
    "criteria_given",
    "criteria_questions",
    "demonstration_picture",
    "diary_of_entries",
    "doing_values",
    "done_of_entry",
    "edited_plan",
    "emergency_numbers",
    "emergency_page",
    "exercise_card",
    "exercises",
    "explain",
    "exposure_questions",
    "exposures_template",
    "first_hours",
    "flare",
    "follow",
    "followed_json",
    "forms",
    "gates_told",
    "import_log",
    "interview_again",
    "interview_answer",
    "interview_file",
    "interview_first_hours",
    "interview_given",
    "interview_progress",
    "interview_restored",
    "interview_resumed",
    "interview_step",
    "interview_stored",
    "interview_triage",
    "interview_undo",
    "joined_log",
    "judged_values",
    "known_exercises",
    "lift_doses",
    "log_preview",
    "make_plan",
    "next_week",
    "offline_rules",
    "paper_picture",
    "plan_calendar",
    "plan_digest",
    "plan_json",
    "plan_page_values",
    "plates",
    "questions",
    "read_criteria",
    "read_diary",
    "read_exposures",
    "read_form",
    "read_story",
    "read_text",
    "read_words",
    "record_exposure",
    "renamed",
    "render",
    "render_followed",
    "render_plan",
    "render_trial",
    "report_values",
    "same_lift",
    "score_form",
    "scores_told",
    "show_first_hours",
    "show_import",
    "show_text",
    "signs_doubted",
    "signs_given",
    "simulate",
    "stand_ins",
    "step_values",
    "triage_many",
    "trial_json",
    "why_tree",
]  # fmt: skip

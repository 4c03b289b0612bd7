"""No clinical number in code: thresholds, weights and ranges live in knowledge, where each has its source.

Numbers that only build things (an index, a half, a percentage, decimal places) may stand where they are used.
Any other number needs a name at the top of its module and a line in NAMED that says why it is no clinical one.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source_tree import Module, modules_in

AUGMENTED = (ast.AnnAssign, ast.AugAssign)
STRUCTURAL = {0, 1, 2, 0.5, 100}
PLACES = ("facts", "training", "trajectory", "reasoning", "plans", "exchange", "operations")
# Module -> its constants that are no clinical numbers, and why; * for all at its top.
NAMED = {
    "exchange/brief_values.py": ("_CHANCES", "groups that a page names"),
    "exchange/case_file.py": ("_SHOWN LARGEST_CASES", "characters of a message; what is no case file any more"),
    "exchange/course_values.py": ("_PLACES", "decimal places of a drawing"),
    "exchange/criteria_file.py": (
        "LARGEST_FILE _LONGEST_COMPARED _NAMES_SHOWN",
        "what is no page of answers any more; letters compared; names told",
    ),
    "exchange/diary_cells.py": ("LOWEST_SCORE HIGHEST_SCORE _MONTHS_IN_YEAR _CENTURY", "the scale and the calendar"),
    "exchange/diary_file.py": (
        "LARGEST_FILE _LONGEST_RECORD _NAMES_SHOWN",
        "what is no diary file any more; names told",
    ),
    "exchange/documents.py": ("DEEPEST _LONGEST_NUMBER _SHOWN", "what is no story any more; characters of a message"),
    "exchange/entry_values.py": ("LARGEST", "how a whole number is written"),
    "exchange/exercise_values.py": ("_REMEMBERED _SHOWN", "drawings kept in memory; letters of a message"),
    "exchange/explanation.py": ("_DEFAULT_WIDTH _LONGEST_LIST _LONGEST_NAME _MOST_QUIET", "columns, lines and letters"),
    "exchange/file_kinds.py": ("_HEAD _FIT_MARK", "bytes looked at"),
    "exchange/interview_form.py": (
        "_HIGHEST_SCORE _LONGEST _SHOWN",
        "the scale of a score; letters of a field and of a message",
    ),
    "exchange/interview_store.py": ("MOST_STEPS", "what is no interview any more"),
    "exchange/load_svg.py": ("*", "lengths of a drawing, the calendar, and kilograms in a tonne"),
    "exchange/log_preview.py": ("SHOWN_ERRORS SHOWN_ROWS SHOWN_NAMES", "lines of a page"),
    "exchange/plate_values.py": ("_PLACES", "decimal places of a weight"),
    "exchange/report_outline.py": (
        "_TIMELINE_ANSWER _REMEMBERED",
        "which of the seven answers holds the timeline; lines kept in memory",
    ),
    "exchange/report_text.py": (
        "_NARROWEST _DEFAULT_WIDTH _OPEN_SHOWN _CHART_WIDTH _TICKS",
        "columns and lines of a terminal; the calendar on an axis",
    ),
    "exchange/story_file.py": ("LARGEST_STORY _LONGEST_NAME", "what is no story file any more; letters compared"),
    "exchange/timeline_svg.py": ("*", "lengths of a drawing, and the calendar on its axis"),
    "exchange/training_files/cells.py": (
        "MAX_POUNDS MAX_REPS MAX_SECONDS MAX_DISTANCE MAX_RPE",
        "beyond them a cell is a typing or column mistake",
    ),
    "exchange/training_files/decoding.py": ("MAX_BYTES", "bytes of a file"),
    "exchange/training_files/gathering.py": ("MAX_TEXT ROWS_AT_ONCE", "characters of a message; changes speed only"),
    "exchange/training_files/jefit.py": ("_HEAD _SAME", "characters looked at; rounding of a file"),
    "exchange/training_files/liftosaur.py": ("_EAST_FROM_HOUR _QUARTER", "time zones"),
    "exchange/training_files/report_text.py": ("SHOWN_ERRORS SHOWN_NAMES", "lines of a report"),
    "exchange/training_files/strong.py": ("_SAMPLE _LONGEST_ORDER", "rows looked at; letters of a cell"),
    "exchange/training_files/table.py": ("MAX_LINES_IN_ROW MANY_BROKEN", "when a quote was never closed; speed only"),
    "exchange/training_files/units.py": ("*", "the pound, and which plates and bars are sold; votes for a unit, shown"),
    "exchange/training_files/wger.py": ("_TIMES _EFFORT_AT_FAILURE", "seconds of a minute; the top of the RPE scale"),
    "exchange/weekly_sets.py": ("_WEEKS_SHOWN _PATTERNS_SHOWN", "columns and rows of a chart"),
    "exchange/course_svg.py": ("*", "lengths of a drawing, the pain scale, and the calendar on its axis"),
    "exchange/follow_report.py": (
        "_BAR _BAR_NARROW _DEFAULT_WIDTH _HIGHEST _NARROWEST _ROOM_FOR_DOSES _WEEK _WEEKS_SHOWN _MOST _HALF _MIDDLE",
        "columns and lines of a terminal; the pain scale, the calendar, places in a row of quantiles",
    ),
    "exchange/demonstration_shapes.py": ("*", "sizes of a drawing"),
    "exchange/demonstration_svg.py": ("*", "sizes of a drawing, and how finely a movement is told"),
    "exchange/exposure_cells.py": ("LONGEST_NAME _SHOWN", "letters of a message"),
    "exchange/exposure_file.py": ("LARGEST_FILE _NAMES_SHOWN _SHOWN", "what is no exposures file any more; names told"),
    "exchange/first_hours_text.py": ("NARROWEST", "columns of a terminal"),
    "exchange/plan_svg.py": ("*", "lengths of a drawing, and what rounds to nothing"),
    "exchange/plan_text.py": ("_BAR _BAR_NARROW _ROOM _DAY _LETTERS _CHANGES_SHOWN", "columns and lines of a terminal"),
    "exchange/plan_words.py": ("_MINUTE", "the clock"),
    "plans/body.py": ("*", "lengths and masses of the drawn body, and how far its joints go"),
    "plans/edits.py": ("_NAME_MOST _ROUNDING _THOUSAND", "letters of a name; decimal places"),
    "plans/figure.py": ("*", "how the drawn figure is solved"),
    "plans/clearance.py": ("_REMEMBERED", "judged criteria kept in memory"),
    "plans/forms.py": ("_HAIR", "rounding"),
    "plans/front_figure.py": ("*", "the drawn figure seen from the front"),
    "plans/ladders.py": ("LEVELS _REMEMBERED", "the levels by number; ways back kept in memory"),
    "plans/limbs.py": ("*", "the drawn figure's limbs"),
    "plans/loads.py": (
        "_HAIR _GRAMS HEAVIEST LIGHTEST_PLATE MOST_SIZES _FINE _MOST_STEPS",
        "rounding of a weight; beyond what a bar is loaded with; steps of a search",
    ),
    "plans/postures.py": ("*", "where the drawn figure's parts touch the ground"),
    "plans/progression.py": ("_REMEMBERED", "moves kept in memory"),
    "plans/searching.py": ("*", "steps of a numerical search"),
    "plans/sorting.py": ("_REMEMBERED _PLACES", "rules kept in memory; decimal places"),
    "plans/standing_in.py": ("_MOST", "lines of a list"),
    "plans/trial/chance.py": ("TRAITS RATINGS", "how many random numbers"),
    "plans/trial/follows.py": ("SHARP_FROM LAST_DAYS TOLD_BY LIGHT AGE", "an invented lifter's ways of telling"),
    "plans/trial/policies.py": (
        "CALM_MOST CALM_RUN REST_DAYS LINEAR_FROM LINEAR_WEEKS TENTH_FROM TENTH_GROWS",
        "what the rivals of a simulation do",
    ),
    "plans/trial/programme.py": ("FIRST_MONDAY WEEKS_LOGGED DAYS_IN_WEEK WEEK", "an invented lifter's training"),
    "plans/trial/running.py": ("DAYS_BEFORE", "days of a simulation"),
    "plans/trial/scores.py": (
        "FLARE_RISE FLARE_REFERENCE FLARE_APART NORMAL_95 _HAIR",
        "how a simulation is counted; the normal quantile",
    ),
    "plans/trial/trial.py": ("NOT_WORSE", "the margin of a simulation"),
    "plans/trial/worlds.py": ("*", "invented worlds; they claim nothing of a real back"),
    "exchange/trial_report.py": ("_WIDTH", "columns of a terminal"),
    "operations/simulating.py": ("WEEKS", "weeks of a simulation"),
    "plans/usual.py": ("_DAYS_IN_WEEK", "the calendar"),
    "plans/week.py": ("DAYS_IN_WEEK _ROUNDING", "the calendar; decimal places"),
    "plans/words.py": ("_REMEMBERED", "sentences kept in memory"),
    "reasoning/trajectory.py": ("_MIDDLE _HALF _MOST", "places in a row of quantiles"),
    "reasoning/trajectory_words.py": (
        "_TENTHS _MOST_PERCENT _LEAST_TOLD",
        "how numbers are rounded where they are said",
    ),
    "trajectory/alarm.py": (
        "_FOLLOWS _CLIMB _SHORTEST _FURTHEST _WRITTEN _LEAST_SPREAD",
        "the trace that a climb leaves in this filter; the limit itself is in knowledge",
    ),
    "trajectory/compiled.py": ("_THREADS _AT_ONCE", "threads, and lifters worked on at once; change speed only"),
    "trajectory/cohort.py": ("_AT_ONCE", "lifters worked on at once; changes speed only"),
    "trajectory/course.py": ("BAND _JITTER", "the ends of 50 and 80 %; keeps from dividing by nothing"),
    "trajectory/diary_arrays.py": ("LOWEST HIGHEST", "the pain scale"),
    "trajectory/filtering.py": (
        "MOVING REMEMBERED _RAREST _LEAST",
        "sizes of the state; the smallest numbers that count",
    ),
    "trajectory/milestones.py": ("WEEK DAILY WEEKS REACH _TINY", "the calendar, and the steps of a forecast"),
    "trajectory/mixtures.py": ("_RUNGS _REACH _STEPS _HAIR _LEAST _NARROWEST", "steps of a numerical search"),
    "trajectory/model.py": (
        "LAGS LEVEL RUNNING TRANSIENT ASYMPTOTE SLEEP STRESS KERNEL NOISE_NODES DAYS_NODES SHIPPED _HAIR",
        "places in the state and nodes of a quadrature; every prior is in knowledge",
    ),
    "trajectory/normal.py": ("FARTHEST PER_UNIT _TERMS _BISECTIONS", "a table and a search of the method"),
    "trajectory/outlook.py": (
        "LEVELS USUAL_DAYS LARGEST_PLAN _UPPER _NEIGHBOURS _RUNGS _LATER _NARROWEST",
        "quantiles; four weeks, the days kept of a lifter; steps of the method",
    ),
    "trajectory/random_numbers.py": ("DRAWS SEED DAYS_AHEAD", "how many random numbers, and which"),
    "trajectory/reading.py": ("SHOWN_DAYS", "days of a picture"),
    "trajectory/stream.py": ("_LEAST_WEIGHT _BYTES", "the smallest number to divide by; bytes of a number"),
    "trajectory/tables.py": ("_REACH _PER_UNIT", "the size of a table"),
    "training/exercises.py": ("_MOST_REMEMBERED", "names kept in memory"),
    "facts/answers.py": ("_SHOWN _LIFETIME_YEARS", "characters of a message; a typing guard for a year of birth"),
    "facts/context.py": (
        "_ONE_REACH _ITEM _LONGEST_LIST _DOUBT_REACH _AFTER_REACH _REAL_REACH _OPENING",
        "words of a sentence",
    ),
    "facts/dates.py": (
        "FIRST_DAY LAST_DAY _COUNTS _DAYS_OF_WEEK _MONTHS_OF_YEAR",
        "slips of a clock or the keys; the calendar, and numbers written as words",
    ),
    "facts/own_words.py": ("_LONGEST_QUOTE", "letters of a message"),
    "facts/patterns.py": (
        "_GAP _EITHER_GAP _ANYWHERE _MOST_WORDS _LONGEST_BEGINNING _EVERYDAY _ALWAYS",
        "words of a sentence; words kept in memory; letters of a word; how common words are, which changes speed only",
    ),
    "facts/story.py": ("LONGEST_WORDS", "letters that are read quickly"),
    "facts/typed.py": ("_SHOWN", "characters of a message"),
    "facts/amounts.py": ("*", "counting words and the calendar"),
    "facts/told.py": ("_LONGEST_DAY _HALF_HOUR _DAY _SORE", "words looked at; the bounds in the choices' own labels"),
    "facts/tokens.py": (
        "_LONGEST _MOST_TEXTS _SHORTEST_SLIP _SHORTEST_RUN _SHORTEST_PART _LONGEST_ENDING _LONG_WORD _MOST_WORDS",
        "letters of words, words of a sentence, words kept in memory",
    ),
    "facts/words.py": ("_ONE_IN _MOST_TIMES", "the share of common words in English; matches in one sentence"),
    "reasoning/recovery_curve.py": ("_REACH", "how far a numerical sum reaches; more changes no shown digit"),
    "reasoning/response_pattern.py": ("HOURS_A_DAY", "the clock"),
    "reasoning/slots.py": ("_LAST_IN_DAYS _LAST_IN_WEEKS", "which unit a span is said in"),
    "reasoning/time_words.py": (
        "WEEK MONTH YEAR _LAST_IN_DAYS _LAST_IN_WEEKS _MONTHS_IN_YEAR _TENTHS",
        "the calendar, and which unit a span is said in",
    ),
    "reasoning/timeline.py": ("_HALF _MOST", "the ends of a middle half and of a middle four in five"),
    "reasoning/triage_many.py": ("CHUNK", "rows worked on at once; changes speed only"),
    "training/habits.py": ("_HOURS_IN_DAY", "the clock"),
    "training/log.py": ("KG_IN_POUND", "the pound, by its definition"),
    "training/programme.py": ("_DAYS_IN_WEEK", "the calendar"),
    "training/weekly.py": ("_WEEK", "the calendar"),
}
# Module of files and words -> numbers that stand there without a name, and why. Never for reasoning or training.
UNNAMED: dict[str, tuple[set[float], str]] = {
    "exchange/diary_cells.py": ({60}, "characters of a message"),
    "exchange/diary_file.py": ({24}, "characters of a message"),
    "exchange/training_files/cells.py": ({40, 60, 3600}, "characters of a message; seconds of a minute and an hour"),
    "exchange/training_files/dates.py": ({3, 12}, "the third part of a date; months and hours"),
    "exchange/training_files/decoding.py": (
        {0.1, 0.6, 1024, 9, 10, 13, 32},
        "bytes: shares, sizes, control characters",
    ),
    "exchange/training_files/strong.py": ({9, 10}, "nine rows of ten: a share of the file, not of a back"),
    "exchange/training_files/units.py": ({0.001, 0.006, 0.05, 0.1, 0.25, 2.5, 5.0}, "steps between plates, rounding"),
    "facts/answers.py": ({0.6}, "how near a misspelt choice must be"),
    "facts/dates.py": ({3}, "the third part of a date"),
    "trajectory/compiled_paths.py": ({3}, "milestones"),
    "trajectory/compiled.py": ({4, 6, 24, 120, 720}, "rows of memory, and the series of the exponential"),
    "trajectory/diary_arrays.py": ({3}, "an axis"),
    "trajectory/filtering.py": ({3}, "axes and rows"),
    "trajectory/outlook.py": ({3}, "an axis"),
    "operations/assessing.py": ({80}, "columns of a terminal"),
    "operations/planning.py": ({80}, "columns of a terminal"),
}


def stray_numbers(module: Module) -> list[str]:
    """Every number of a module that is neither structural nor part of a named constant."""
    allowed = {id(node) for top in module.tree.body if _is_named(top, module) for node in ast.walk(top)}
    for node in ast.walk(module.tree):
        allowed |= {id(part) for part in _places_only(node)}
    return [
        f"{module.path}:{node.lineno} {node.value!r}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in STRUCTURAL
        and node.value not in UNNAMED.get(module.path, (set(), ""))[0]
        and id(node) not in allowed
    ]


def constant_names(module: Module) -> set[str]:
    """The names of all constants at the top of a module."""
    return {name for top in module.tree.body for name in _targets(top)}


def _targets(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, AUGMENTED) else []
    return {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def _is_named(node: ast.stmt, module: Module) -> bool:
    targets = _targets(node)
    listed = set(NAMED.get(module.path, ("", ""))[0].split())
    return bool(targets) and (targets <= listed or ("*" in listed and all(name.isupper() for name in targets)))


def _places_only(node: ast.AST) -> list[ast.AST]:
    """Numbers that say where, not how much: places in a row, decimal places, bits."""
    if isinstance(node, ast.Subscript):
        return list(ast.walk(node.slice))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
        return [part for argument in node.args[1:] for part in ast.walk(argument)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.LShift):
        return [node.right]
    return []


@pytest.mark.parametrize("module", modules_in(*PLACES), ids=lambda module: str(module.path))
def test_no_number_of_its_own(module: Module) -> None:
    assert stray_numbers(module) == [], "name it in knowledge/<topic>/parameters.yaml, or in NAMED with its reason"


def test_every_exception_is_still_needed() -> None:
    present = {module.path: module for module in modules_in(*PLACES)}
    gone = [path for path in {*NAMED, *UNNAMED} if path not in present]
    for path in {*NAMED} & {*present}:
        gone += [
            f"{path}: {name}" for name in NAMED[path][0].split() if name not in {"*"} | constant_names(present[path])
        ]
    for path in {*UNNAMED} & {*present}:
        written = {n.value for n in ast.walk(present[path].tree) if isinstance(n, ast.Constant)}
        gone += [f"{path}: {number}" for number in UNNAMED[path][0] if number not in written]
    assert gone == []


def test_reasoning_and_training_name_every_number() -> None:
    listed = [*UNNAMED, *(path for path, (names, _) in NAMED.items() if "*" in names)]
    assert [path for path in listed if path.startswith(("reasoning/", "training/"))] == []


@pytest.mark.parametrize("text", ["if pain >= 7:\n    pass\n", "HIGH = 7\n", "def f(days=14): ...\n", "half = 0.51\n"])
def test_the_search_finds_a_planted_number(text: str) -> None:
    assert stray_numbers(Module(path="planted.py", text=text, tree=ast.parse(text)))


@pytest.mark.parametrize("text", ["first = row[3]\n", "share = 100 * part / whole\n", "shown = round(x, 3)\n"])
def test_the_search_leaves_building_numbers(text: str) -> None:
    assert stray_numbers(Module(path="planted.py", text=text, tree=ast.parse(text))) == []

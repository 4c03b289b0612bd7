"""Training-app exports as they are: one module per format, all read into one `TrainingLog`."""

from liftback.exchange.training_files.decoding import FileError
from liftback.exchange.training_files.reading import read_training_file
from liftback.exchange.training_files.report_text import import_report_text
from liftback.training.summary import ImportReport, import_report

__all__ = ["FileError", "ImportReport", "import_report", "import_report_text", "read_training_file"]

"""Check-ins, the weekly form, the course, the report and the calendar."""

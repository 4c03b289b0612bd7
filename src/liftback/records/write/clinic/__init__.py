"""Writing for the clinic's side."""

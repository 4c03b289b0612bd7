"""Reading for the clinic's side."""

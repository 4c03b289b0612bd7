"""Rows of the access table, one file for each part of the clinic's side."""

"""Tests of the records of the clinic's side."""

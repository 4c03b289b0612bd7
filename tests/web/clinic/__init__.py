"""Tests of the pages of the clinic's side."""

"""Template tags of the clinic's pages."""

"""What all pages share: the look, the language, limits, errors, and who is looking."""

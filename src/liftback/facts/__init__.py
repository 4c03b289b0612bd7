"""What we know of you: answers and words as typed facts; unknown is a fact too."""

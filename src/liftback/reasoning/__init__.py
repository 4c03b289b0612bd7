"""What follows: one file of pure rules per topic; findings with their reasons."""

"""What you did: workouts, sets, movement patterns, dose on the back, your usual programme."""

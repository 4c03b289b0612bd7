"""What joins a lifter and their clinic: messages, who looked, consent."""

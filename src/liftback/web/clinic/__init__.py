"""The clinic's side: its front door for everybody, and the desk for those who work there."""

"""The pages of a lifter, before and after an account."""

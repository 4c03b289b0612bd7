"""The front door: the consult form, where it leads, and colleagues elsewhere."""

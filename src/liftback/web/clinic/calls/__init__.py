"""The free call: choosing a time, keeping it, moving it, taking it back."""

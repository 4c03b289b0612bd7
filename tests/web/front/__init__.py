"""The pages before any account."""

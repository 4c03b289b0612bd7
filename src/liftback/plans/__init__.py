"""What to do: sessions, limits, progression, flare, clearance."""

"""Patients: who needs attention, plan, messages, clearance."""

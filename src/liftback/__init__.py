"""Liftback answers low back pain for people who lift, from their own story and training log."""

__version__ = "0.1.0"

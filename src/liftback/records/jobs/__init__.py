"""What happens without a visitor: the tick, the worker, the reaper."""

"""How the back is doing: the state-space model of pain, load and noise (see `liftback.trajectory.model`)."""

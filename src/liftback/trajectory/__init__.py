"""How the back is doing: the state-space model of pain, load and noise (see `liftback.trajectory.model`).

Many lifters at once: `follow_many`. One lifter, day after day: `begin`, `update`, `outlook_of`, `to_bytes`,
`from_bytes`. Importing this brings NumPy, so only what needs the model does.
"""

from liftback.trajectory.cohort import follow_many
from liftback.trajectory.milestones import MILESTONES
from liftback.trajectory.model import PATTERNS, Params, Priors
from liftback.trajectory.outlook import LEVELS, Outlook
from liftback.trajectory.stream import State, Today, begin, from_bytes, outlook_of, to_bytes, update

__all__ = [
    "LEVELS",
    "MILESTONES",
    "PATTERNS",
    "Outlook",
    "Params",
    "Priors",
    "State",
    "Today",
    "begin",
    "follow_many",
    "from_bytes",
    "outlook_of",
    "to_bytes",
    "update",
]

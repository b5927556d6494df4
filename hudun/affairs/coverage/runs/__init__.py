"""What the planner does for coverage."""

from . import sites as sites
from . import survey as survey

"""The plan book in the database: plans, versions, their inputs, what is listed of their rows, what
was asked of them, and how they were exercised."""

from .drill import Drill as Drill
from .plan import InputFile as InputFile
from .plan import InputKind as InputKind
from .plan import Plan as Plan
from .plan import PlanKind as PlanKind
from .plan import Secrecy as Secrecy
from .rows import CommunityRow as CommunityRow
from .rows import PairRow as PairRow
from .rows import ShelterRow as ShelterRow
from .version import Trial as Trial
from .version import TrialKind as TrialKind
from .version import Version as Version

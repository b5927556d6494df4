"""Every write of plans."""

from .drill import record_drill as record_drill
from .plan import add_input as add_input
from .plan import edit_plan as edit_plan
from .plan import open_plan as open_plan
from .plan import void_plan as void_plan
from .plan import withdraw_input as withdraw_input
from .trial import adopt_trial as adopt_trial
from .trial import try_leave as try_leave
from .trial import try_loss as try_loss
from .version import approve as approve
from .version import draft_version as draft_version
from .version import file as file
from .version import print_book as print_book
from .version import recompute as recompute
from .version import record_book as record_book
from .version import send_back as send_back
from .version import submit as submit
from .version import supersede as supersede
from .version import void_version as void_version

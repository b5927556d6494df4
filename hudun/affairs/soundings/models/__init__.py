"""The nouns of soundings."""

from .alert import Alert, AlertKind
from .facts import Attempt, Health, Receipt, SirenStatus, Verdict, moment
from .issuer import Issuer, PersonKey, RosterRecord
from .order import ARM_WINDOW, HandStart, Order, OrderSiren
from .plan import MODES, Plan, TargetKind
from .stop import StopFrame, StopOrder

__all__ = [
    "ARM_WINDOW",
    "MODES",
    "Alert",
    "AlertKind",
    "Attempt",
    "HandStart",
    "Health",
    "Issuer",
    "Order",
    "OrderSiren",
    "PersonKey",
    "Plan",
    "Receipt",
    "RosterRecord",
    "SirenStatus",
    "StopFrame",
    "StopOrder",
    "TargetKind",
    "Verdict",
    "moment",
]

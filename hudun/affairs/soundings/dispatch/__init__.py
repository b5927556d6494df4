"""`hudun dispatch`: orders out, receipts in, nothing else."""

from .dispatcher import Dispatcher, LinkLike
from .store import Store

__all__ = ["Dispatcher", "LinkLike", "Store"]

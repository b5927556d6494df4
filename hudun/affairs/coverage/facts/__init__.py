"""What reports ask about coverage."""

from . import sites as sites
from . import surveys as surveys

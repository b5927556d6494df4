"""Which office signs as which issuer."""

from hudun.core.error import Problem
from hudun.core.organ import Organ

from .models import Issuer


def issuer_of(organ: Organ) -> Issuer:
    """404.41 where the office has not been set up to sign orders."""
    found = Issuer.objects.filter(organ=organ.seat()).select_related("organ").first()
    if found is None:
        raise Problem("404.41", organ=organ)
    return found

"""Closed, opened again, scrapped, void."""

from hudun.assets.shelters.flow import ShelterFlow
from hudun.assets.shelters.models import Shelter
from hudun.core.action import Act, action
from hudun.core.plate import withdraw_plate


@action("shelters.close", moves=ShelterFlow.close, needs_reason=True)
def close(_act: Act, shelter: Shelter) -> Shelter:
    return shelter


@action("shelters.reopen", moves=ShelterFlow.reopen, needs_reason=True)
def reopen(_act: Act, shelter: Shelter) -> Shelter:
    return shelter


@action("shelters.scrap", moves=ShelterFlow.scrap, needs_reason=True)
def scrap(act: Act, shelter: Shelter, scrap_document: str) -> Shelter:
    """`scrap_document` is the number of the approval paper."""
    shelter.scrap_document = scrap_document
    return _off_register(act, shelter)


@action("shelters.void", moves=ShelterFlow.void, needs_reason=True)
def void(act: Act, shelter: Shelter) -> Shelter:
    """Registered by mistake."""
    return _off_register(act, shelter)


def _off_register(act: Act, shelter: Shelter) -> Shelter:
    shelter.public = False
    shelter.save(update_fields=["public", "scrap_document"])
    withdraw_plate(act, shelter)
    return shelter

"""A plate to scan."""

import pytest

from hudun.assets.sirens import actions
from hudun.core.plate import Plate
from hudun.core.testing import Cast


@pytest.fixture
def plate(cast: Cast) -> Plate:
    """On a siren in 坡子街: nothing about a siren is public."""
    siren = actions.register_siren(
        cast.actor("li"), cast.stage.pozijie, number=7, name="火宫殿", kind="electronic"
    )
    return Plate.objects.of(siren).get()

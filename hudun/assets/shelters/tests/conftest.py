"""Shelters to try things on, and people to try them."""

from collections.abc import Callable

import pytest
from django.test import Client

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Shelter
from hudun.core.organ import Organ, Role, User
from hudun.core.testing import Cast, make_person
from hudun.office.actions import found_unit
from hudun.office.models import Nature, Unit

MakeShelter = Callable[..., Shelter]
Login = Callable[[str | User], Client]


@pytest.fixture
def make_shelter(cast: Cast) -> MakeShelter:
    def make(number: str, **fields: object) -> Shelter:
        site = fields.pop("organ", cast.stage.pozijie)
        assert isinstance(site, Organ)
        known = {"name": f"工程{number}", "kind": "basement", **fields}
        return actions.register_shelter(cast.actor("li"), site, number=number, **known)

    return make


@pytest.fixture
def shelter(make_shelter: MakeShelter) -> Shelter:
    return make_shelter("TX-001", built_year=2009, capacity=1200)


@pytest.fixture
def company(cast: Cast) -> Unit:
    return found_unit(
        cast.actor("li"), cast.stage.chengnanlu, name="安居物业有限公司", nature=Nature.PROPERTY
    )


@pytest.fixture
def keeper(company: Unit) -> User:
    """孙物业, of the property company and of nothing else."""
    return make_person("sun", "孙物业", company.node, Role.KEEPER)


@pytest.fixture
def login(cast: Cast) -> Login:
    def enter(who: str | User) -> Client:
        client = Client()
        user = getattr(cast, who) if isinstance(who, str) else who
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return enter

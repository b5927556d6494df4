"""Sets the stage in the database that the environment names; prints session keys as JSON.

python -m tests.browser.stage SIRENS
"""

import json
import sys


def main(argv: list[str]) -> int:
    from hudun.cli import set_up_django

    set_up_django()
    count = int(argv[0])
    print(json.dumps(set_stage(count)))
    return 0


def set_stage(count: int) -> dict[str, str]:
    from hudun.affairs.soundings.testing import make_office
    from hudun.affairs.soundings.tests.sirens import hear_from, plant_sirens
    from hudun.core.testing import make_cast, make_stage

    cast = make_cast(make_stage())
    office = make_office(cast)
    hear_from(office.issuer, plant_sirens(cast.stage, count))
    people = ("wang", "li", "zhang", "zhou", "qian", "anguan")
    return {name: session_of(getattr(cast, name)) for name in people}


def session_of(user: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from hudun.core.organ import User

    assert isinstance(user, User)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

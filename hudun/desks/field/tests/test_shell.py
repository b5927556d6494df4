"""The shell: the same for everybody, kept by the phone, and only where it belongs."""

import json

import pytest
from django.test import Client

from hudun.core.testing import Cast
from hudun.desks.field import shell

STATIC = ("/static/", "/field/manifest")


@pytest.mark.django_db
def test_everybody_gets_the_same_shell_without_log_in(client: Client, cast: Cast) -> None:
    anonymous = client.get("/field/").content
    client.force_login(cast.zhao)
    assert client.get("/field/").content == anonymous
    assert "赵巡查" not in anonymous.decode()


@pytest.mark.django_db
def test_the_worker_says_what_it_keeps_and_may_open_plates(client: Client) -> None:
    answer = client.get("/field/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    told = json.loads(answer.content.decode().partition("\n")[0][len("self.HUDUN = ") : -1])
    assert told["shell"] == "/field/"
    assert all(name.startswith(STATIC) for name in told["assets"])
    page = client.get("/field/").content.decode()
    needed = [name for name in told["assets"] if name.endswith((".css", ".js"))]
    assert all(name.replace("&", "&amp;") in page for name in needed)


@pytest.mark.django_db
def test_the_version_changes_with_the_content(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shell.contents()["version"]
    monkeypatch.setattr(shell, "asset", lambda name: f"/static/dist/{name}?v=other")
    assert shell.contents()["version"] != before


@pytest.mark.django_db
def test_the_app_can_be_installed(client: Client) -> None:
    answer = client.get("/field/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert said["start_url"] == "/field/"
    for icon in said["icons"]:
        assert b"".join(client.get(icon["src"])).startswith(b"\x89PNG")

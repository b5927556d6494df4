"""amqtt for the demo: pure Python, nothing to install beside the office extra."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amqtt.broker import Broker
from amqtt.contexts import Action, BaseContext
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session

from hudun.runtime.broker.access import Access
from hudun.runtime.certs import TlsFiles

VERBS = {Action.PUBLISH: "write", Action.SUBSCRIBE: "read"}


async def start_amqtt(
    directory: Path, port: int, *, host: str = "127.0.0.1", tls: TlsFiles | None = None
) -> Broker:
    """Start a broker in this event loop that obeys ``passwd`` and ``acl`` of ``directory``."""
    listener: dict[str, Any] = {"type": "tcp", "bind": f"{host}:{port}"}
    if tls is not None:
        listener |= {"ssl": True, "certfile": tls.certificate, "keyfile": tls.key}
    gate = f"{Gate.__module__}.{Gate.__qualname__}"
    broker = Broker(
        {"listeners": {"default": listener}, "plugins": {gate: {"directory": str(directory)}}}
    )
    await broker.start()
    return broker


class Gate(BaseAuthPlugin, BaseTopicPlugin):
    """Who may log in, and what they may subscribe to and publish."""

    @dataclass
    class Config:
        directory: str = "."

    def __init__(self, context: BaseContext) -> None:
        super().__init__(context)
        self._access = Access.read(Path(self.config.directory))

    async def authenticate(self, *, session: Session) -> bool | None:
        return self._access.admits(session.username, session.password)

    async def topic_filtering(
        self,
        *,
        session: Session | None = None,
        topic: str | None = None,
        action: Action | None = None,
    ) -> bool | None:
        if action not in VERBS:
            return True  # delivery: the subscription was checked
        user = session.username if session is not None else None
        if not user or not topic:
            return False
        return self._access.allows(user, VERBS[action], topic)

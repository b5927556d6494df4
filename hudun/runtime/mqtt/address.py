"""Where a broker is: ``mqtts://user:password@host:8883``."""

from __future__ import annotations

from dataclasses import dataclass
from ssl import SSLContext
from urllib.parse import unquote, urlsplit

from hudun.runtime.mqtt.link import Link

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Broker:
    host: str
    port: int
    secure: bool
    username: str | None = None
    password: str | None = None

    @classmethod
    def parse(cls, url: str) -> Broker:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(
                f"消息服务器地址应为 mqtt://主机:端口 或 mqtts://主机:端口，而不是 {url}"
            )
        name, word = parts.username, parts.password
        return cls(
            parts.hostname,
            parts.port or PORTS[parts.scheme],
            parts.scheme == "mqtts",
            None if name is None else unquote(name),
            None if word is None else unquote(word),
        )

    def link(self, client_id: str, tls: SSLContext | None = None, keepalive: int = 60) -> Link:
        if self.secure and tls is None:
            raise ValueError("mqtts 需要 TLS 设置")
        context = tls if self.secure else None
        return Link(
            self.host, self.port, client_id, self.username, self.password, context, keepalive
        )

"""The configuration of mosquitto for an alarm net."""

from __future__ import annotations

from pathlib import Path

from hudun.runtime.certs import TlsFiles

# A fleet answers at once: neither window may drop what it cannot deliver in the first moment.
MOST_IN_FLIGHT = 65_535
MOST_QUEUED = 200_000
LARGEST_MESSAGE = 262_144  # octets: a signed list of 50,000 sirens


def mosquitto_config(
    directory: Path,
    port: int,
    *,
    host: str = "127.0.0.1",
    tls: TlsFiles | None = None,
    client_certificates: bool = False,
    office_port: int | None = None,
    user: str | None = None,
) -> Path:
    """Write ``mosquitto.conf`` beside ``passwd`` and ``acl``; returns its path.

    With ``client_certificates`` a device logs in by certificate, its common name is its account.
    With ``office_port`` the office has a door of its own on the loopback address, and at ``port``
    the client id is the account: nobody can push a terminal off the line by taking its id.
    ``user`` is the system account mosquitto changes to when root starts it.
    """
    lines = [
        "per_listener_settings false",
        "allow_anonymous false",
        f"password_file {directory / 'passwd'}",
        f"acl_file {directory / 'acl'}",
        "persistence false",  # the office's outbox is the truth; a broker keeps nothing
        "retain_available false",  # a retained order would sound a siren that comes back
        f"max_inflight_messages {MOST_IN_FLIGHT}",
        f"max_queued_messages {MOST_QUEUED}",
        f"max_packet_size {LARGEST_MESSAGE}",
        "set_tcp_nodelay true",
        "connection_messages false",
        "log_type error",
        "log_type warning",
        *([f"user {user}"] if user else []),
        *_listener(host, port, tls, client_certificates, tied=office_port is not None),
    ]
    if office_port is not None:
        lines.append(f"listener {office_port} 127.0.0.1")
    path = directory / "mosquitto.conf"
    path.write_text("\n".join(lines) + "\n")
    return path


def _listener(
    host: str, port: int, tls: TlsFiles | None, client_certificates: bool, *, tied: bool
) -> list[str]:
    lines = [f"listener {port} {host}"]
    if tls is not None:
        lines += [
            f"cafile {tls.ca}",
            f"certfile {tls.certificate}",
            f"keyfile {tls.key}",
            "tls_version tlsv1.2",
        ]
    if client_certificates:
        lines += ["require_certificate true", "use_identity_as_username true"]
    if tied:
        lines += ["use_username_as_clientid true"]
    return lines

"""One round: an office of N terminals in a folder and a database of its own; prints JSON.

A process for itself, because Django knows one database and a figure should start from nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.alarm.floor import Floor

QUIET_S = 5.5  # until the acknowledgements of the stop are out and read
LONG_LEAD_S = 100  # nothing sounds while receipts are counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("terminals", type=int)
    parser.add_argument("--orders", type=int, default=1, help="how many are timed, one by one")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--stop", action="store_true", help="time a stop while all sound")
    parser.add_argument("--exchange", action="store_true", help="time the exchanges too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hudun-bench-") as directory:
        print(json.dumps(_round(Path(directory), asked)), flush=True)


def _round(directory: Path, asked: argparse.Namespace) -> dict[str, Any]:
    os.environ["HUDUN_VAR"] = str(directory)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
    import django

    django.setup()
    from benchmarks.alarm.floor import floor

    with floor(directory, asked.terminals, tls=asked.tls) as made:
        made.start()
        result: dict[str, Any] = {"n": asked.terminals, "seconds": []}
        for _ in range(asked.orders):
            result["seconds"].append(made.fan_out(LONG_LEAD_S))
            made.stop()
            time.sleep(QUIET_S)
        if asked.stop:
            result["stop"] = made.silence(5 + asked.terminals // 250)
        if asked.exchange:
            made.crew.kill("dispatch", "fleet")
            result |= _exchanges(made, asked.orders)
    return result


def _exchanges(made: Floor, times: int) -> dict[str, list[float]]:
    from benchmarks.alarm.exchange import Call, exchange
    from benchmarks.alarm.floor import WORD
    from hudun.affairs.soundings.models import Order
    from hudun.affairs.soundings.testing import LIVE, key_for
    from hudun.runtime.broker import dispatcher

    order = Order.objects.order_by("counter")[0]
    first, second = (
        key_for(f"{name} {LIVE.value}").public_key().public_bytes_raw() for name in ("wang", "li")
    )
    call = Call((bytes(order.frame), bytes(order.release_frame)), (first, second))
    account = (dispatcher(made.office.issuer.number), WORD)
    return {
        name: exchange(made.directory, made.port, account, call, signed=signed, times=times)
        for name, signed in (("signed", True), ("unsigned", False))
    }


if __name__ == "__main__":
    main()

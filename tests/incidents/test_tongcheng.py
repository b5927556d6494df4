"""桐城 2012.

A siren sounds at night for 32 minutes, because a controller fails and nobody reaches it: what has
been switched on stays on.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time as real

import pytest

from hudun.affairs.soundings.models import Alert, SirenStatus
from hudun.affairs.soundings.testing import Net, Office, Time
from hudun.core import clock
from hudun.wire.frames import Mode
from tests.broker.relay_module import relay_module
from tests.broker.running import eventually
from tests.incidents.conftest import sounding

DEAD_MAN_S = 2.0
HOLDS_THE_COIL = """
import asyncio, sys
from hudun.terminal.drivers.modbus import Modbus
from hudun.terminal.drivers.relay import Wiring
async def main():
    driver = Modbus(Wiring("127.0.0.1", int(sys.argv[1]), 1, 0, 3, None))
    await driver.start()
    while True:
        driver.hold()
        await asyncio.sleep(0.2)
asyncio.run(main())
"""


@pytest.mark.django_db
def test_the_alert_stands_as_long_as_the_sound(net: Net, office: Office, time: Time) -> None:
    """At night, 32 minutes long: it is not told once and forgotten."""
    net.run_for(time, 30, 5)
    net.boxes[2].sounds_by_itself = True
    net.run_for(time, 10, 1)
    alert = Alert.objects.get(kind="unsolicited")
    assert (clock.now() - alert.began_at).total_seconds() < 10
    for _ in range(8):
        net.run_for(time, 240, 20)
        alert.refresh_from_db()
        assert alert.ended_at is None
        assert SirenStatus.objects.get(siren=2).unsolicited
    net.boxes[2].sounds_by_itself = False
    net.run_for(time, 10, 1)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert Alert.objects.filter(kind="unsolicited").count() == 1


@pytest.mark.django_db
def test_what_was_ordered_is_ended_by_one_press(net: Net, office: Office, time: Time) -> None:
    office.immediate(Mode.LIVE, signal="解除")
    net.run_for(time, 20, 1)
    assert sounding(net) == {1, 2, 3}
    office.stop("wang", sirens=[2])
    net.run_for(time, 1, 0.5)
    assert sounding(net) == {1, 3}


def holding(port: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", HOLDS_THE_COIL, str(port)])


@pytest.mark.broker
async def test_the_coil_falls_off_when_its_program_dies() -> None:
    async with relay_module() as module:
        program = holding(module.port)
        try:
            await eventually(lambda: module.on, 20)
            os.kill(program.pid, signal.SIGKILL)
            died = real.monotonic()
            await eventually(lambda: not module.on, DEAD_MAN_S)
            assert real.monotonic() - died < DEAD_MAN_S
            await asyncio.sleep(0.5)
            assert not module.on
        finally:
            program.kill()
            program.wait()

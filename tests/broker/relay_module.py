"""A relay module as one buys it: a coil, an auxiliary contact, and perhaps a pulse register."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from hudun.terminal.drivers.relay import Wiring
from tests.broker.running import free_port

COIL, SENSE, PULSE = 0, 3, 10


@dataclass
class RelayModule:
    """``history`` is what a bystander heard: (monotonic seconds, sound or none)."""

    port: int = field(default_factory=free_port)
    welded: bool = False  # the contactor's contacts
    history: list[tuple[float, bool]] = field(default_factory=lambda: [(0.0, False)])
    _pulse: asyncio.TimerHandle | None = None

    @property
    def on(self) -> bool:
        return self.history[-1][1]

    def wiring(self, *, pulse: bool = False) -> Wiring:
        return Wiring("127.0.0.1", self.port, 1, COIL, SENSE, PULSE if pulse else None)

    def switch(self, on: bool) -> None:
        if on is not self.on:
            self.history.append((time.monotonic(), on))

    def pulse(self, units: int) -> None:
        if self._pulse is not None:
            self._pulse.cancel()
        self.switch(units > 0)
        if units:
            loop = asyncio.get_running_loop()
            self._pulse = loop.call_later(units / 10, self.switch, False)

    async def asked(
        self,
        function: int,
        start: int,
        address: int,
        count: int,
        registers: list[int],
        values: list[int] | list[bool] | None,
    ) -> None:
        """A request of Modbus; what is read is put into ``registers``."""
        match function, address, values:
            case 1, 0, None:  # read coils
                registers[:] = [0xFFFF * self.on] * len(registers)
            case 2, 3, None:  # read discrete inputs
                registers[:] = [0xFFFF * (self.on or self.welded)] * len(registers)
            case 5, 0, [value]:  # write a coil
                self.switch(bool(value))
            case 6, 10, [value]:  # write a register
                self.pulse(int(value))


@asynccontextmanager
async def relay_module() -> AsyncIterator[RelayModule]:
    module = RelayModule()
    bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
    words = [SimData(0, values=[0] * 16, datatype=DataType.REGISTERS)]
    device = SimDevice(1, (bits, bits, words, words), action=module.asked)
    server = ModbusTcpServer(device, address=("127.0.0.1", module.port))
    serving = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.1)
    try:
        yield module
    finally:
        await server.shutdown()  # type: ignore[no-untyped-call]
        serving.cancel()

"""A relay module on Modbus/TCP: the contactor of a motor siren hangs on its coil."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException

ANSWER_S = 0.4
PULSE_UNITS = 15  # × 100 ms: how long a module with a pulse register holds the coil by itself
RENEW_S = 0.5


@dataclass(frozen=True, slots=True)
class Wiring:
    """``sense`` is the discrete input of the contactor's auxiliary contact; None: the coil is read.

    ``pulse`` is the holding register that switches the coil on for value × 100 ms; None: no such.
    """

    host: str
    port: int = 502
    unit: int = 1
    coil: int = 0
    sense: int | None = None
    pulse: int | None = None

    def words(self) -> list[str]:
        """Itself as arguments of a command."""
        words = ["--relay", f"{self.host}:{self.port}", "--relay-unit", str(self.unit)]
        words += ["--relay-coil", str(self.coil)]
        if self.sense is not None:
            words += ["--relay-sense", str(self.sense)]
        if self.pulse is not None:
            words += ["--relay-pulse", str(self.pulse)]
        return words

    @classmethod
    def of(cls, words: argparse.Namespace) -> Wiring:
        host, _, port = words.relay.rpartition(":")
        return cls(
            host, int(port), words.relay_unit, words.relay_coil, words.relay_sense,
            words.relay_pulse,
        )  # fmt: skip


def add_wiring(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--relay", metavar="主机:端口", help="继电器模块（Modbus TCP）")
    parser.add_argument("--relay-unit", type=int, default=1, help="站号")
    parser.add_argument("--relay-coil", type=int, default=0, help="接触器所在线圈")
    parser.add_argument("--relay-sense", type=int, help="接触器辅助触点所在离散输入；缺省读线圈")
    parser.add_argument("--relay-pulse", type=int, help="点动寄存器（值×100毫秒后自动断开）")


class Relay:
    """Every method answers within ``ANSWER_S`` or so; False and None say that it failed."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._client = AsyncModbusTcpClient(
            wiring.host, port=wiring.port, timeout=ANSWER_S, retries=0, reconnect_delay=0.2
        )

    async def on(self) -> bool:
        if self._wiring.pulse is not None:
            return await self._register(self._wiring.pulse, PULSE_UNITS)
        return await self._coil(True)

    async def off(self) -> bool:
        ended = self._wiring.pulse is None or await self._register(self._wiring.pulse, 0)
        return await self._coil(False) and ended

    async def sounds(self) -> bool | None:
        wiring = self._wiring
        if not await self._connected():
            return None
        try:
            if wiring.sense is not None:
                answer = await self._client.read_discrete_inputs(
                    wiring.sense, count=1, device_id=wiring.unit
                )
            else:
                answer = await self._client.read_coils(wiring.coil, count=1, device_id=wiring.unit)
        except (ModbusException, OSError):
            return None
        return None if answer.isError() else bool(answer.bits[0])

    def close(self) -> None:
        self._client.close()

    async def _coil(self, on: bool) -> bool:
        if not await self._connected():
            return False
        try:
            answer = await self._client.write_coil(
                self._wiring.coil, on, device_id=self._wiring.unit
            )
        except (ModbusException, OSError):
            return False
        return not answer.isError()

    async def _register(self, register: int, value: int) -> bool:
        if not await self._connected():
            return False
        try:
            answer = await self._client.write_register(register, value, device_id=self._wiring.unit)
        except (ModbusException, OSError):
            return False
        return not answer.isError()

    async def _connected(self) -> bool:
        return self._client.connected or await self._client.connect()

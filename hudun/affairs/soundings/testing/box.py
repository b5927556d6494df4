"""A terminal in memory: the production machine, a disk that is a dict, a driver that obeys."""

from hudun.affairs.soundings.timetable import DAY_S
from hudun.core import clock
from hudun.wire.frames import Evidence
from hudun.wire.terminal import (
    Booted,
    ButtonPressed,
    DriverSeen,
    Event,
    FrameArrived,
    IssuerTrust,
    LinkUp,
    Measured,
    Provision,
    Save,
    Send,
    TerminalState,
    Tick,
    next_wake,
    output,
    restore,
    step,
)

from .office import Office, key_for


class Box:
    """A terminal with its disk and a driver that obeys, unless told otherwise."""

    def __init__(self, office: Office, number: int, **provision: object) -> None:
        roots = office.issuer.roots
        settings: dict[str, object] = {
            "siren": number,
            "groups": frozenset[int](),
            "issuers": {office.issuer.number: IssuerTrust(roots)},
            "health_s": 60,
        }
        self.provision = Provision(**(settings | provision))  # type: ignore[arg-type]
        self.key = key_for(f"siren {number}")
        self.state = TerminalState.initial(self.provision)
        self.disk: dict[str, bytes] = {}
        self.outgoing: list[bytes] = []
        self.works, self.kind, self.offline = True, Evidence.CURRENT, False
        self.sounds_by_itself = False
        self.boot = 0
        self.start()

    @property
    def siren(self) -> int:
        return self.provision.siren

    def start(self) -> None:
        """With the disk's records and nothing else."""
        self.state = restore(self.provision, self.disk)
        self.boot += 1
        self.give(Booted(self.boot, True), Measured(True, 100, True, False, 21), LinkUp("mqtt"))

    def give(self, *events: Event) -> None:
        now = clock.now().timestamp()
        for event in events:
            self.state, effects = step(self.state, event, now, self.key, self.provision)
            for effect in effects:
                match effect:
                    case Save(key, None):
                        self.disk.pop(key, None)
                    case Save(key, bytes(value)):
                        self.disk[key] = value
                    case Send(frame, _):
                        self.outgoing.append(frame)

    def hear(self, frame: bytes) -> None:
        self.give(FrameArrived(frame, "mqtt"))

    def press_button(self) -> None:
        self.give(ButtonPressed())

    @property
    def sounds(self) -> bool:
        due = output(self.state, clock.now().timestamp(), self.provision)
        return due.on and self.works

    def live(self) -> None:
        """One look of the driver, and whatever the time has made due."""
        now = clock.now().timestamp()
        due = output(self.state, now, self.provision)
        heard = self.sounds_by_itself or (due.on and self.works)
        if due.self_test:
            self.give(DriverSeen(self.works, Evidence.SELF_TEST))
        elif self.kind is Evidence.NONE:
            self.give(DriverSeen(None, self.kind))
        else:
            self.give(DriverSeen(heard, self.kind))
        if now >= next_wake(self.state, now, self.provision):
            self.give(Tick())

    def until(self) -> float:
        """When the output changes."""
        now = clock.now().timestamp()
        return min(output(self.state, now, self.provision).until, now + DAY_S)

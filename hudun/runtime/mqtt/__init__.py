"""MQTT 3.1.1 as the alarm net uses it: QoS 0 and 1, clean sessions, nothing retained by us."""

from hudun.runtime.mqtt.address import Broker
from hudun.runtime.mqtt.link import Link, LinkLost, Refused
from hudun.runtime.mqtt.packets import BadPacket

__all__ = ["BadPacket", "Broker", "Link", "LinkLost", "Refused"]

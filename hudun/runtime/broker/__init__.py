"""The message broker: replaceable transport. Mosquitto for a district, amqtt for the demo.

Both read the same two files, ``passwd`` and ``acl`` (``access.write_access``), so that what a
terminal may do does not depend on which of them runs.
"""

from hudun.runtime.broker.access import dispatcher, write_access
from hudun.runtime.broker.cli import main
from hudun.runtime.broker.mosquitto import mosquitto_config

__all__ = ["dispatcher", "main", "mosquitto_config", "write_access"]

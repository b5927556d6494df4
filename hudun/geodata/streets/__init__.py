"""Streets to walk on: OpenStreetMap, lines of a GIS, or a table of edges, made into one clean
network.

`read_osm`, `read_lines` and `read_edges` give `Streets`; `with_slope` makes hills cost what they
cost; `snap` puts people and doors on it; `closed` takes streets away. Directions of traffic are
ignored: people walk both ways.
"""

from .closure import between, closed, crossing
from .lines import read_lines
from .model import BadStreets, Fault, Report, Streets
from .osm import read_osm
from .slope import with_slope
from .snap import Snapped, snap
from .table import read_edges

__all__ = [
    "BadStreets",
    "Fault",
    "Report",
    "Snapped",
    "Streets",
    "between",
    "closed",
    "crossing",
    "read_edges",
    "read_lines",
    "read_osm",
    "snap",
    "with_slope",
]

"""The plate as it hangs on the wall: PDF sheets at true size, drawn from the plate of a thing.

A noun that carries plates names its sheets:

    class Pump(Plated, OrganOwned):
        plate_sheets = (Sheet("door", "门牌", 800, 450, "entrance", heading="泵站"),)


`draw.draw_sheet(plate, sheet, fonts, at)` gives the PDF.
"""

from .sheet import Sheet, Way

__all__ = ["Sheet", "Way"]

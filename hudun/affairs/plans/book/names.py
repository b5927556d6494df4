"""Where the pieces of a book lie in its folder."""

BOOK, SHEETS, LISTS = "book.json", "sheets", "lists"
DIRECTORY = "directory.json"
LOSS, MOVES, MOVE_LAYER = "loss.json", "moves.json", "moves.geojson"
LEAVE, LEAVE_LAYER, ON_FOOT_LAYER = "leave.json", "leave.geojson", "on_foot.geojson"
PACK = "book.zip"

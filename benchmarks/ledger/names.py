"""Which pages are timed: name → what stands after /shelters/."""

LISTS = {
    "list": "",
    "one filter": "?kind=basement",
    "two filters": "?kind=cut&condition=bad",
    "state": "?state=in_service",
    "what is unknown": "?unknown=place",
    "a street": "?organ={street}",
    "a word": "?q=Spital",
    "sorted": "?sort=-capacity",
    "far back": "?page={last}",
    "rows alone": "?kind=basement&page=2",
}
MAPS = {"whole map": "map.json", "part of the map": "map.json?bbox=108,44,108.4,44.4"}

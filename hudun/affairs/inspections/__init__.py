"""巡查检查: templates, campaigns, visits, plans of upkeep, hazards and what comes of them.

Everything here hangs on a plate, whatever kind of asset carries it.
"""

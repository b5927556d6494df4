"""The plan book: what is handed to each community, each household, each shelter, and what a map
shows. `make` computes it from a plan; `typeset` and `balance` need no arrays and run in a web page.
"""

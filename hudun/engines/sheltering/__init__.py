"""Who goes to which shelter: numbers in, numbers out; no files, no Django.

`Network` and `reach` find every shelter within a limit of every demand; `assign` covers the most
people, then walks least, with a proof anybody can check; `repair` and `replan` answer a loss.
"""

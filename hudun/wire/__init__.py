"""What crosses a boundary, and the machines that speak it.

Pure functions ``(state, event, now) → (state, effects)``: no I/O, no Django, no clock of its own.
"""

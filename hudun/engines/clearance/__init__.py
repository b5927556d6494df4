"""How long until everybody is inside: warning, start, walk, queue, door. Numbers in, numbers out.

`walk` runs the queue model, `bound` the time no plan can beat, `budget` says where the minutes go.
"""

"""The judge of a simulation. It reads octets, true times and tables by itself and asks no machine.

Nothing here imports the machines or the frames: the layouts, the rights and the rules are written
down a second time, so that a mistake would have to be made twice.
"""

"""Messages to people and units: written in an action, sent by the worker after commit.

tell(act, unit, "逾期提醒", "……", topic="doors.overdue", about=door, key=f"door:{door.pk}:2")
"""

"""The plan of who goes where. So far what a planner calls from the command line."""

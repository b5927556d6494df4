"""新建工程: what a building must have below it, and how a finished work becomes a shelter."""

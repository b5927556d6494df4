"""The processes of the office that stand on the core: `hudun web`, `worker`, `planner`.

Their modules are imported when they are started: models are read from this package before
Django is ready.
"""


def web(argv: list[str]) -> int:
    from .serving import main

    return main(argv)


def worker(argv: list[str]) -> int:
    from .working import main

    return main(argv)


def planner(argv: list[str]) -> int:
    from hudun.core.planner.process import main

    return main(argv)

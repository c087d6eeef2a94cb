TITLE = "Cold start, traced"
WHAT = "import and decorate a handler with logger, metrics and tracer, tracing enabled as in Lambda"
FRESH = True
GOAL = ("ratio", 0.5)


def ours():
    import functions.ours  # noqa: F401  # the import is what is measured


def original():
    import functions.original  # noqa: F401  # the import is what is measured


def floor():
    import functions.floor  # noqa: F401  # the import is what is measured

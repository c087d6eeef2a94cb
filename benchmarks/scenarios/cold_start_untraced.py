TITLE = "Cold start, tracing off"
WHAT = "the same with POWERTOOLS_TRACE_DISABLED=true"
FRESH = True
GOAL = ("ratio", 0.5)
ENVIRONMENT = {"POWERTOOLS_TRACE_DISABLED": "true"}


def ours():
    import functions.ours  # noqa: F401  # the import is what is measured


def original():
    import functions.original  # noqa: F401  # the import is what is measured


def floor():
    import functions.floor  # noqa: F401  # the import is what is measured

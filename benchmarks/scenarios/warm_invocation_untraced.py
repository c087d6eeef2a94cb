from functions.runtime import invocations

TITLE = "Warm invocation, tracing off"
WHAT = "the same with POWERTOOLS_TRACE_DISABLED=true"
FRESH = False
GOAL = ("ratio", 0.4)
ENVIRONMENT = {"POWERTOOLS_TRACE_DISABLED": "true"}


def ours():
    from functions.ours import handler

    return invocations(handler)


def original():
    from functions.original import handler

    return invocations(handler)


def floor():
    from functions.floor import handler

    return invocations(handler)

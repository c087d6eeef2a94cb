TITLE = "Cold start and first invocation, tracing off"
WHAT = "the same with POWERTOOLS_TRACE_DISABLED=true"
FRESH = True
GOAL = ("ratio", 0.4)
ENVIRONMENT = {"POWERTOOLS_TRACE_DISABLED": "true"}


def ours():
    from functions.ours import handler

    invoke(handler)


def original():
    from functions.original import handler

    invoke(handler)


def floor():
    from functions.floor import handler

    invoke(handler)


def invoke(handler):
    from functions.request import CONTEXT, EVENT

    handler(EVENT, CONTEXT)

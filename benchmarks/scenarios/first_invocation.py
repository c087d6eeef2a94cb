TITLE = "Cold start and first invocation, traced"
WHAT = "cold start, traced, up to the end of the first invocation: work put off still counts"
FRESH = True
GOAL = ("ratio", 0.4)


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

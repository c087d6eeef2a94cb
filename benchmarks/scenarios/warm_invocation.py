from functions.runtime import invocations

TITLE = "Warm invocation, traced"
WHAT = "one invocation with all three, which writes one log line and one metric"
FRESH = False
GOAL = ("ratio", 0.4)


def ours():
    from functions.ours import handler

    return invocations(handler)


def original():
    from functions.original import handler

    return invocations(handler)


def floor():
    from functions.floor import handler

    return invocations(handler)

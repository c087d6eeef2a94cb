TITLE = "Cold start and first invocation, OpenTelemetry"
WHAT = "cold start up to the end of the first invocation, with its span answered; the original is traced by X-Ray"
FRESH = True
GOAL = None
PACKAGES = ("opentelemetry",)


def surroundings(**options):
    from scenarios._collector import collector

    return collector(**options)


def ours():
    from functions.ours import handler

    invoke(handler)


def original():
    from functions.original import handler

    invoke(handler)


def invoke(handler):
    from functions.request import CONTEXT, EVENT

    handler(EVENT, CONTEXT)

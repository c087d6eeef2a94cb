TITLE = "Core without plugins"
WHAT = "an invocation of a decorated handler without plugins, less the call of the bare handler (floor)"
FRESH = False
GOAL = ("overhead", 1.5e-6)


def ours():
    from lambda_powertools.core import Registry, powertools

    return call(powertools(registry=Registry())(handler))


def floor():
    return call(handler)


def handler(event, context):
    return event


def call(function):
    from functions.request import CONTEXT, EVENT

    def invoke():
        function(EVENT, CONTEXT)

    return invoke

from scenarios._bedrock import FUNCTION, resolving

TITLE = "Resolve, a function of a Bedrock agent"
WHAT = "call a registered tool with converted parameters"
FRESH = False
GOAL = ("ratio", 0.8)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import BedrockAgentFunctionResolver

    return calling(BedrockAgentFunctionResolver())


def original():
    from aws_lambda_powertools.event_handler import BedrockAgentFunctionResolver

    return calling(BedrockAgentFunctionResolver())


def calling(app):
    @app.tool(name="find_order", description="Find an order")
    def find_order(number, detail):
        return {"number": number, "detail": detail}

    return resolving(app, FUNCTION)

from scenarios._bedrock import ACTION, resolving

TITLE = "Resolve, an action of a Bedrock agent"
WHAT = "the same for an action group with an OpenAPI schema, with validation"
FRESH = False
GOAL = ("ratio", 0.6)
PACKAGES = ("data-classes", "event-handler", "openapi")


def ours():
    from lambda_powertools.event_handler import BedrockAgentResolver

    return acting(BedrockAgentResolver())


def original():
    from aws_lambda_powertools.event_handler import BedrockAgentResolver

    return acting(BedrockAgentResolver())


def acting(app):
    @app.get("/orders/<number>", description="Find an order")
    def find_order(number: int, detail: str) -> dict:
        return {"number": number, "detail": detail}

    return resolving(app, ACTION)

from scenarios._appsync import event, resolving

TITLE = "Resolve, async batch of 100 AppSync events"
WHAT = "the same with a coroutine function"
FRESH = False
GOAL = ("ratio", 1)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import AppSyncResolver

    return resolving_batch(AppSyncResolver())


def original():
    from aws_lambda_powertools.event_handler import AppSyncResolver

    return resolving_batch(AppSyncResolver())


def resolving_batch(app):
    @app.async_batch_resolver(type_name="Order", field_name="owner", aggregate=False)
    async def owner(event, size):
        return size

    return resolving(app, [event(number) for number in range(100)], [2] * 100)

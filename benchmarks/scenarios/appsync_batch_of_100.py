from scenarios._appsync import event, resolving

TITLE = "Resolve, batch of 100 AppSync events"
WHAT = "the same for a batch of a hundred events, each by a call of its own"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import AppSyncResolver

    return resolving_batch(AppSyncResolver())


def original():
    from aws_lambda_powertools.event_handler import AppSyncResolver

    return resolving_batch(AppSyncResolver())


def resolving_batch(app):
    app.batch_resolver(type_name="Order", field_name="owner", aggregate=False)(lambda event, size: size)
    return resolving(app, [event(number) for number in range(100)], [2] * 100)

from scenarios._appsync import event, resolving

TITLE = "Resolve, one AppSync field"
WHAT = "resolve an event of AppSync with an application of one field"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import AppSyncResolver

    return resolving_field(AppSyncResolver())


def original():
    from aws_lambda_powertools.event_handler import AppSyncResolver

    return resolving_field(AppSyncResolver())


def resolving_field(app):
    app.resolver(type_name="Order", field_name="owner")(lambda size: size)
    return resolving(app, event(7), 2)

"""Events of AppSync, alike for both libraries."""

from scenarios._http import CONTEXT


def event(number):
    """Return the event of a direct Lambda resolver: the owner of an order."""
    return {
        "arguments": {"size": 2},
        "identity": {"sub": "192879fc-a240-4bf1-ab5a-d6a00f3063f9", "username": "jdoe", "sourceIp": ["192.0.2.1"]},
        "source": {"id": number},
        "request": {"headers": {"host": "example.appsync-api.eu-central-1.amazonaws.com"}, "domainName": None},
        "prev": None,
        "info": {
            "selectionSetList": ["id", "name"],
            "selectionSetGraphQL": "{\n  id\n  name\n}",
            "parentTypeName": "Order",
            "fieldName": "owner",
            "variables": {},
        },
        "stash": {},
    }


def resolving(app, given, expected):
    """Return a callable that resolves what is given, after checking the result."""
    answer = app.resolve(given, CONTEXT)
    if answer != expected:
        raise AssertionError(answer)

    def resolve():
        app.resolve(given, CONTEXT)

    return resolve

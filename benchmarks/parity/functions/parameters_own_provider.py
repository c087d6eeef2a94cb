"""A vineyard fetches from a cellar of its own."""

import json

from aws_lambda_powertools.utilities.parameters import BaseProvider, clear_caches

EVENTS = [{"wine": "red"}, {"wine": "white"}, {"wine": "red", "clear": True}]


class CellarProvider(BaseProvider):
    def __init__(self):
        super().__init__()
        self.fetched = []

    def _get(self, name: str, **sdk_options) -> str:
        self.fetched.append(name)
        return json.dumps({"name": name, "options": len(sdk_options)})

    def _get_multiple(self, path: str, **sdk_options) -> dict:
        self.fetched.append(path)
        return {"one.json": "{}", "two": "text"}


cellar = CellarProvider()


def handler(event, context):
    if event.get("clear"):
        clear_caches()
        cellar.clear_cache()
    return {
        "wine": cellar.get(event["wine"], transform="json", shelf=2),
        "many": cellar.get_multiple("/all"),
        "fetched": list(cellar.fetched),
    }

import json
import subprocess
import sys

import pytest

NEW = """
import json, sys
import lambda_powertools.core
before = set(sys.modules)
{statement}
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def loaded_by(statement):
    """Return the modules that a statement loads in a process of its own, in which core is loaded already."""
    command = [sys.executable, "-W", "error", "-c", NEW.format(statement=statement)]
    return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


@pytest.mark.parametrize(
    "statement",
    [
        "from lambda_powertools.parser import parse, event_parser",
        "from lambda_powertools.parser.plugin import ParserPlugin; ParserPlugin()",
        "from lambda_powertools.parser import models, envelopes",
    ],
)
def test_importing_the_package_loads_neither_pydantic_nor_a_model(statement):
    """Importing `parse`, the plugin or the empty-handed packages loads no pydantic, no model and no envelope."""
    loaded = loaded_by(statement)

    assert not {name for name in loaded if name.startswith("pydantic")}
    assert not {name for name in loaded if name.startswith("lambda_powertools.parser.models.")}
    assert not {name for name in loaded if name.startswith("lambda_powertools.parser.envelopes.")}


@pytest.mark.parametrize(
    ("statement", "models", "envelopes"),
    [
        ("from lambda_powertools.parser.models import SqsModel", {"sqs"}, set()),
        (
            "from lambda_powertools.parser.models import S3SqsEventNotificationModel",
            {"s3_event_notification", "s3", "sqs", "event_bridge"},
            set(),
        ),
        ("from lambda_powertools.parser.envelopes import SqsEnvelope", {"sqs"}, {"base", "sqs"}),
        ("from lambda_powertools.parser.envelopes import EVENTBRIDGE", {"event_bridge"}, {"base", "event_bridge"}),
        ("from lambda_powertools.parser import BaseEnvelope", set(), {"base"}),
    ],
)
def test_a_name_loads_its_own_module_and_what_that_needs(statement, models, envelopes):
    """A model or an envelope loads the modules that it is made of, and no other."""
    loaded = loaded_by(statement)

    assert own(loaded, "models") == models
    assert own(loaded, "envelopes") == envelopes


def own(loaded, package):
    prefix = f"lambda_powertools.parser.{package}."
    return {name.removeprefix(prefix) for name in loaded if name.startswith(prefix)}


def test_the_names_of_pydantic_are_pydantics_own():
    """`BaseModel`, `Field`, … of the package are the very objects of pydantic."""
    import pydantic

    import lambda_powertools.parser as package
    from lambda_powertools.parser import types

    for name in ("BaseModel", "Field", "ValidationError", "field_validator", "model_validator"):
        assert getattr(package, name) is getattr(pydantic, name)
    assert types.Json is pydantic.Json
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="Modle"):
        package.Modle  # noqa: B018  # the access is what is tested

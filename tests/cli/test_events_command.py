"""`powertools events`: complete events on stdout."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from lambda_powertools.cli.main import main
from lambda_powertools.testing import events


def run(*arguments):
    return CliRunner().invoke(main, ["events", *arguments])


def test_list_names_every_source():
    """The list is JSON: each source with its summary, its options, and where the format is documented."""
    listed = json.loads(run("list").stdout)

    assert [source["name"] for source in listed] == [name.replace("_", "-") for name in events.SOURCES]
    (sqs,) = [source for source in listed if source["name"] == "sqs"]
    assert sqs["summary"] == "Return messages of an SQS queue."
    assert sqs["reference"].startswith("https://docs.aws.amazon.com/")
    assert "--body" in sqs["options"]


@pytest.mark.parametrize("name", events.SOURCES)
def test_each_source_is_generated_and_explained(name):
    """Without options it is what the function returns; each source has help, and so has each of its options."""
    dashed = name.replace("_", "-")

    assert json.loads(run("generate", dashed).stdout) == events.describe_source(name).make()
    text = run("generate", dashed, "--help").output
    assert all(f"--{parameter.name.replace('_', '-')}" in text for parameter in events.describe_source(name).parameters)
    assert max(map(len, text.splitlines())) <= 200


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("sqs", "--body", '{"a":1}'), events.sqs('{"a":1}')),
        (("sqs", "--bodies", '[{"a": 1}, "two"]'), events.sqs(bodies=[{"a": 1}, "two"])),
        (("sqs", "--receive-count", "3"), events.sqs(receive_count=3)),
        (("eventbridge", "--detail", '{"id": 8}'), events.eventbridge({"id": 8})),
        (("alb", "--multi-value", "--query", '{"a": ["1"]}'), events.alb(multi_value=True, query={"a": ["1"]})),
        (("alb", "--query", "a=1&b=2"), events.alb(query="a=1&b=2")),
        (
            ("api-gateway-rest", "--method", "POST", "--path", "/orders", "--headers", '{"X-Tenant": "ä"}'),
            events.api_gateway_rest("POST", "/orders", headers={"X-Tenant": "ä"}),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_options_are_the_parameters_of_the_function(arguments, expected):
    """Text is taken as it is, JSON is decoded, numbers and flags are what they are."""
    result = run("generate", *arguments)

    assert json.loads(result.stdout) == expected, result.output


def test_a_value_may_be_a_file(tmp_path):
    """`@FILE` takes a body or a JSON document out of a file."""
    (tmp_path / "order.json").write_text('{"id": "ä"}', encoding="utf-8")

    sqs = json.loads(run("generate", "sqs", "--body", f"@{tmp_path / 'order.json'}").stdout)
    bus = json.loads(run("generate", "eventbridge", "--detail", f"@{tmp_path / 'order.json'}").stdout)

    assert sqs["Records"][0]["body"] == '{"id": "ä"}'
    assert bus["detail"] == {"id": "ä"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("generate", "sqss"), "there is no source 'sqss': did you mean 'sqs'?"),
        (("generate", "sqs", "--bodies", "[1"), "'[1' is not JSON"),
        (("generate", "sqs", "--bodies", "@nowhere.json"), "nowhere.json cannot be read"),
        (("generate", "cognito", "--trigger", "sign_up"), "cognito: trigger is 'sign_up': one of pre_sign_up"),
        (("generate", "eventbridge", "--detail", "7"), "'7' is JSON, but an object is expected"),
        (("generate", "kinesis", "--records", "{}"), "'{}' is JSON, but a list is expected"),
        (("generate", "sqs", "--receive-count", "many"), "'many' is not a valid integer"),
    ],
)
def test_a_wrong_option_is_one_error(arguments, message):
    """What cannot be read is told with the option, and what was probably meant; the exit code is 2."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert message in result.output
    assert ("Traceback" in result.output, '"Records"' in result.output) == (False, False)

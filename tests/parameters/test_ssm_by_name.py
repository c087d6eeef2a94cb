from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from lambda_powertools import parameters
from lambda_powertools.parameters import (
    GetParameterError,
    SSMProvider,
    TransformParameterError,
    get_parameter,
    get_parameters_by_name,
)
from lambda_powertools.parameters.base import ExpirableValue


@pytest.fixture
def stored(ssm, path):
    """Put parameters by their last names; returns how to name them in full."""

    def put(kind="String", **values):
        for name, value in values.items():
            ssm.client.put_parameter(Name=f"{path}/{name}", Value=value, Type=kind)
        ssm.sent.clear()

    put.name = lambda name: f"{path}/{name}"
    return put


class Refusing:
    """A client of which each operation named in `failures` fails with that error code."""

    def __init__(self, **failures):
        self.failures = failures

    def _answer(self, operation, result):
        if operation in self.failures:
            raise ClientError({"Error": {"Code": self.failures[operation], "Message": "refused"}}, operation)
        return result

    def get_parameters(self, Names, WithDecryption=False):  # noqa: N803  # the SDK's own name
        answers = [{"Name": name, "Value": name, "Type": "String"} for name in Names]
        return self._answer("get_parameters", {"Parameters": answers, "InvalidParameters": []})

    def get_parameter(self, Name, WithDecryption):  # noqa: N803  # the SDK's own name
        return self._answer("get_parameter", {"Parameter": {"Name": Name, "Value": Name, "Type": "String"}})


def test_names_are_asked_for_in_batches_of_ten(ssm, stored):
    """PRM-32: at most ten names a call, in the given order, and nothing for what is cached."""
    names = [stored.name(f"n{number:02}") for number in range(12)]
    stored(**{f"n{number:02}": str(number) for number in range(12)})

    found = get_parameters_by_name(dict.fromkeys(names))

    assert list(found.items()) == [(name, str(number)) for number, name in enumerate(names)]
    assert ssm.sent == [("GetParameters", {"Names": names[:10]}), ("GetParameters", {"Names": names[10:]})]
    assert get_parameters_by_name(dict.fromkeys(names)) == found
    assert len(ssm.sent) == 2


def test_nothing_asked_is_nothing_called(ssm):
    """PRM-32: an empty dict is answered without a call."""
    assert get_parameters_by_name({}) == {}
    assert get_parameters_by_name({}, raise_on_error=False) == {"_errors": []}
    assert ssm.sent == []


@pytest.mark.parametrize(
    ("overrides", "decrypt", "expected"),
    [
        ({"a": None, "b": None}, True, [("GetParameters", True)]),
        ({"a": None, "b": {}}, None, [("GetParameters", None)]),
        ({"a": {"decrypt": True}, "b": None}, None, [("GetParameter", True), ("GetParameters", None)]),
        ({"a": None, "b": {"decrypt": False}}, True, [("GetParameter", True), ("GetParameters", None)]),
    ],
)
def test_what_is_to_be_decrypted_decides_the_calls(ssm, stored, overrides, decrypt, expected):
    """PRM-32: all decrypted in one call, none in one call, or the decrypted ones by themselves."""
    stored(a="1", b="2")

    found = get_parameters_by_name({stored.name(name): one for name, one in overrides.items()}, decrypt=decrypt)

    assert found == {stored.name("a"): "1", stored.name("b"): "2"}
    assert [(operation, body.get("WithDecryption")) for operation, body in ssm.sent] == expected


def test_overrides_win_and_are_not_modified(ssm, stored):
    """PRM-32: transform, decrypt and max_age of a name win, also when they are falsy; the caller's dicts stay."""
    stored(a="[1]", b="[1]", c="[1]")
    asked = {
        stored.name("a"): {"transform": "json", "max_age": 0},
        stored.name("b"): {"transform": None},
        stored.name("c"): {},
    }
    before = {name: dict(one) for name, one in asked.items()}

    found = get_parameters_by_name(asked, transform="json")

    assert list(found.values()) == [[1], "[1]", [1]]
    assert asked == before
    store = parameters.DEFAULT_PROVIDERS["ssm"].store
    assert [key[0] for key in store] == [stored.name("b"), stored.name("c")]


def test_the_cache_is_shared_with_get(ssm, stored):
    """PRM-32: what either has fetched, the other finds; one entry a parameter."""
    stored(a="1", b="2")
    get_parameter(stored.name("a"))

    get_parameters_by_name({stored.name("a"): None, stored.name("b"): None})
    get_parameter(stored.name("b"))

    assert [body.get("Names") for _, body in ssm.sent] == [None, [stored.name("b")]]
    assert len(parameters.DEFAULT_PROVIDERS["ssm"].store) == 2


def test_entries_added_by_hand_are_honoured(ssm):
    """PRM-32: an entry under name and transform answers a call by name."""
    later = datetime.now() + timedelta(seconds=60)  # noqa: DTZ005  # as the cache keeps it
    parameters.DEFAULT_PROVIDERS["ssm"].store["/a", None] = ExpirableValue("by hand", later)

    assert get_parameters_by_name({"/a": None}) == {"/a": "by hand"}
    assert ssm.sent == []


def test_unknown_names_fail_at_once(ssm, stored):
    """PRM-33: the names that the service does not know are in the error."""
    stored(a="1")

    with pytest.raises(GetParameterError, match=stored.name("nothing")):
        get_parameters_by_name({stored.name("a"): None, stored.name("nothing"): None})


def test_a_broken_value_fails_at_once(ssm, stored):
    """PRM-33: a value that cannot be decoded is a TransformParameterError."""
    stored(a="{")

    with pytest.raises(TransformParameterError, match=f"'json' of {stored.name('a')!r}"):
        get_parameters_by_name({stored.name("a"): None}, transform="json")


@pytest.mark.parametrize("code", ["InvalidKeyId", "InternalServerError", "AccessDeniedException"])
@pytest.mark.parametrize("operation", ["get_parameter", "get_parameters"])
def test_a_refusal_of_the_service_fails_at_once(operation, code):
    """PRM-33: any error of AWS is a GetParameterError, chained."""
    provider = SSMProvider(boto3_client=Refusing(**{operation: code}))

    with pytest.raises(GetParameterError, match=code) as caught:
        provider.get_parameters_by_name({"/a": {"decrypt": True}, "/b": None})

    assert isinstance(caught.value.__cause__, ClientError)


def test_gracefully_the_failed_names_are_listed(ssm, stored):
    """PRM-34: unknown, undecryptable and broken ones are under _errors, decrypted ones first, and nowhere else."""
    stored(good="1", broken="{")
    stored("SecureString", secret="[2]")
    asked = {
        stored.name("nothing"): None,
        stored.name("broken"): None,
        stored.name("good"): None,
        stored.name("secret"): {"decrypt": True},
        stored.name("gone"): {"decrypt": True},
    }

    found = get_parameters_by_name(asked, transform="json", raise_on_error=False)

    assert found == {
        stored.name("good"): 1,
        stored.name("secret"): [2],
        "_errors": [stored.name("gone"), stored.name("nothing"), stored.name("broken")],
    }


def test_gracefully_a_refusal_is_listed_and_reported(capsys):
    """PRM-34: an error of the service costs the names of that call, and its cause is on stderr."""
    provider = SSMProvider(boto3_client=Refusing(get_parameters="AccessDeniedException"))

    found = provider.get_parameters_by_name({"/a": {"decrypt": True}, "/b": None, "/c": None}, raise_on_error=False)

    assert found == {"/a": "/a", "_errors": ["/b", "/c"]}
    report = capsys.readouterr().err
    assert "parameters cannot be fetched: /b, /c" in report
    assert "AccessDeniedException" in report


def test_success_has_an_empty_list_of_errors(ssm, stored):
    """PRM-34: the key is always there in graceful mode, and never without it."""
    stored(a="1")

    assert get_parameters_by_name({stored.name("a"): None}, raise_on_error=False)["_errors"] == []
    assert "_errors" not in get_parameters_by_name({stored.name("a"): None})


def test_a_parameter_called_like_the_list_of_errors_is_refused_gracefully():
    """PRM-34: _errors cannot be told apart in graceful mode; fail-fast it is a name like any other."""
    provider = SSMProvider(boto3_client=Refusing())

    with pytest.raises(GetParameterError, match="'_errors' cannot be told from the list of errors"):
        provider.get_parameters_by_name({"_errors": None}, raise_on_error=False)
    assert provider.get_parameters_by_name({"_errors": None}) == {"_errors": "_errors"}


ARN = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/a"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/shop/a:3", {"Name": "/shop/a", "Selector": ":3", "ARN": ARN}),
        ("/shop/a:live", {"Name": "/shop/a", "Selector": ":live", "ARN": ARN}),
        (ARN, {"Name": "/shop/a", "ARN": ARN}),
        (f"{ARN}:3", {"Name": "/shop/a", "Selector": ":3", "ARN": ARN}),
    ],
)
def test_versions_labels_and_arns_are_answered_under_what_was_asked(asked, answer):
    """GetParameters answers with the plain name; the caller finds what they wrote."""

    class Client:
        def get_parameters(self, Names):  # noqa: N803  # the SDK's own name
            other = {"Name": "/shop/b", "Value": "b", "Type": "String"}
            return {"Parameters": [other, {**answer, "Value": "a", "Type": "String"}], "InvalidParameters": []}

    found = SSMProvider(boto3_client=Client()).get_parameters_by_name({asked: None, "/shop/b": None})

    assert list(found.items()) == [(asked, "a"), ("/shop/b", "b")]


def test_the_call_can_be_overridden():
    """PRM: a subclass may replace the one call, and the rest goes on around it."""
    asked = []

    class Own(SSMProvider):
        def _get_parameters_by_name(self, parameters, raise_on_error=True, decrypt=False):
            asked.append((list(parameters), raise_on_error, decrypt))
            return {name: "[1]" for name in parameters if name != "/b"}, ["/b"] if "/b" in parameters else []

    provider = Own(boto3_client=object())

    found = provider.get_parameters_by_name({"/a": None, "/b": None}, transform="json", raise_on_error=False)

    assert found == {"/a": [1], "_errors": ["/b"]}
    assert asked == [(["/a", "/b"], False, False)]
    assert (Own._MAX_GET_PARAMETERS_ITEM, Own._ERRORS_KEY) == (10, "_errors")

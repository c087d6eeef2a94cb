from __future__ import annotations

from decimal import Decimal

import pytest
from botocore.exceptions import ClientError

from lambda_powertools import parameters
from lambda_powertools.parameters import (
    GetParameterError,
    GetSecretError,
    SecretsProvider,
    SetSecretError,
    TransformParameterError,
    get_secret,
    get_secrets_by_name,
    set_secret,
)


class Batch:
    """A client whose BatchGetSecretValue answers with the given pages, and which keeps what it was asked."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.asked = []

    def batch_get_secret_value(self, **request):
        self.asked.append(request)
        return self.pages.pop(0)


def value(name, text="x", **more):
    return {
        "Name": name,
        "ARN": f"arn:aws:secretsmanager:eu-west-1:1:secret:{name}-AbCdEf",
        "SecretString": text,
        **more,
    }


def test_a_secret_is_text_or_bytes(secrets, path):
    """PRM-40: SecretString if there is one, else SecretBinary; options such as VersionStage go with it."""
    secrets.client.create_secret(Name=f"{path}/text", SecretString='{"user": "shop"}')
    secrets.client.create_secret(Name=f"{path}/bytes", SecretBinary=b"\x00\x01")
    secrets.sent.clear()

    assert get_secret(f"{path}/text", transform="json", VersionStage="AWSCURRENT") == {"user": "shop"}
    assert get_secret(f"{path}/bytes") == b"\x00\x01" == get_secret(f"{path}/bytes")
    assert secrets.sent == [
        ("GetSecretValue", {"VersionStage": "AWSCURRENT", "SecretId": f"{path}/text"}),
        ("GetSecretValue", {"SecretId": f"{path}/bytes"}),
    ]


def test_an_unknown_secret_has_the_service_s_error_as_its_cause(secrets, path):
    """PRM-8: the text and the exception of AWS are there."""
    with pytest.raises(GetParameterError, match="ResourceNotFoundException") as caught:
        get_secret(f"{path}/nothing")

    assert isinstance(caught.value.__cause__, ClientError)


def test_several_secrets_come_in_one_call(secrets, path):
    """PRM-41: only those asked for, by name; PRM-42: one that does not exist is left out."""
    for name in ("a", "ab", "b"):
        secrets.client.create_secret(Name=f"{path}/{name}", SecretString=name)
    secrets.sent.clear()

    found = get_secrets_by_name([f"{path}/a", f"{path}/b", f"{path}/nothing"])

    assert found == {f"{path}/a": "a", f"{path}/b": "b"}
    assert secrets.operations == ["BatchGetSecretValue"]


def test_filters_are_combined_with_the_names(secrets, path):
    """PRM-41: with Filters the names become a filter, whose prefix matches are no result."""
    for name in ("a", "ab"):
        secrets.client.create_secret(Name=f"{path}/{name}", SecretString=name, Tags=[{"Key": "team", "Value": "x"}])
    filters = [{"Key": "tag-key", "Values": ["team"]}]
    secrets.sent.clear()

    found = get_secrets_by_name([f"{path}/a"], Filters=filters)

    assert found == {f"{path}/a": "a"}
    assert secrets.sent[0][1] == {"Filters": [*filters, {"Key": "name", "Values": [f"{path}/a"]}]}
    assert filters == [{"Key": "tag-key", "Values": ["team"]}]


def test_many_secrets_are_asked_for_in_chunks_and_read_to_the_last_page():
    """PRM-41: twenty names a call, and every page of each."""
    names = [f"s{number:02}" for number in range(23)]
    client = Batch(
        {"SecretValues": [value(name) for name in names[:15]], "NextToken": "more"},
        {"SecretValues": [value(name) for name in names[15:20]]},
        {"SecretValues": [value(name) for name in names[20:]]},
    )

    found = SecretsProvider(boto3_client=client).get_multiple(names)

    assert sorted(found) == names
    assert client.asked == [
        {"SecretIdList": names[:20]},
        {"SecretIdList": names[:20], "NextToken": "more"},
        {"SecretIdList": names[20:]},
    ]


@pytest.mark.parametrize("end", ["-AbCdEf", ""])
def test_a_secret_is_answered_under_the_arn_that_was_written(end):
    """PRM-41: who asks by ARN, with or without its random end, finds the answer under it."""
    arn = f"arn:aws:secretsmanager:eu-west-1:1:secret:shop/db{end}"

    found = SecretsProvider(boto3_client=Batch({"SecretValues": [value("shop/db")]})).get_multiple([arn])

    assert found == {arn: "x"}


def test_no_name_is_refused(secrets):
    """PRM-41: an empty list is an error before any call."""
    with pytest.raises(GetSecretError, match="give the name of at least one"):
        get_secrets_by_name([])

    assert secrets.sent == []


def test_none_found_is_an_error(secrets, path):
    """PRM-42: if not one of them exists the names are told."""
    with pytest.raises(GetSecretError, match=f"none of these secrets exists: {path}/x, {path}/y"):
        get_secrets_by_name([f"{path}/y", f"{path}/x"])


def test_a_secret_that_may_not_be_read_is_an_error():
    """PRM-42: an error about one of the names is raised with name and code; one about a stranger is not."""
    stranger = {"SecretId": "z", "ErrorCode": "AccessDeniedException", "Message": "no"}
    denied = {"SecretId": "b", "ErrorCode": "AccessDeniedException", "Message": "not for you"}

    fine = SecretsProvider(boto3_client=Batch({"SecretValues": [value("a")], "Errors": [stranger]}))
    assert fine.get_multiple(["a", "b"]) == {"a": "x"}

    with pytest.raises(GetSecretError, match="'b' cannot be fetched: AccessDeniedException: not for you"):
        SecretsProvider(boto3_client=Batch({"SecretValues": [value("a")], "Errors": [denied]})).get_multiple(["a", "b"])


def test_an_error_of_the_call_is_wrapped_once():
    """PRM-42: the service's exception is the cause itself."""

    class Refusing:
        def batch_get_secret_value(self, **_):
            raise ClientError({"Error": {"Code": "InternalServiceError", "Message": "later"}}, "BatchGetSecretValue")

    with pytest.raises(GetSecretError, match="InternalServiceError") as caught:
        SecretsProvider(boto3_client=Refusing()).get_multiple(["a"])

    assert isinstance(caught.value.__cause__, ClientError)
    assert isinstance(caught.value, GetParameterError)


def test_of_several_the_broken_one_is_none_or_an_error():
    """PRM-42: raise_on_transform_error decides about a secret that cannot be decoded."""
    page = {"SecretValues": [value("a", "{"), value("b", "1")]}
    provider = SecretsProvider(boto3_client=Batch(page, page))

    assert provider.get_multiple(["a", "b"], transform="json") == {"a": None, "b": 1}
    with pytest.raises(TransformParameterError, match="'json' of 'a'"):
        provider.get_multiple(["a", "b"], transform="json", raise_on_transform_error=True)


def test_a_set_of_names_is_one_entry():
    """PRM-43: order and repetition of the names do not matter, and a single get is not answered by it."""
    client = Batch({"SecretValues": [value("a"), value("b")]})
    client.get_secret_value = lambda SecretId: {"SecretString": "single"}  # noqa: N803  # the SDK's own name
    provider = SecretsProvider(boto3_client=client)

    assert provider.get_multiple(["a", "b"]) == provider.get_multiple(["b", "a", "b"]) == {"a": "x", "b": "x"}
    assert len(client.asked) == 1
    assert provider.get("a") == "single"


@pytest.mark.parametrize(
    ("written", "kind", "stored"),
    [
        ("text", "SecretString", "text"),
        ({"price": Decimal("9.90"), "tags": ["é"]}, "SecretString", '{"price":"9.90","tags":["é"]}'),
        (b"\x00\x01", "SecretBinary", b"\x00\x01"),
    ],
)
def test_a_secret_is_created_then_updated(secrets, path, written, kind, stored):
    """PRM-44: PutSecretValue first, CreateSecret if there is none; text, JSON or bytes by the kind of value."""
    created = set_secret(f"{path}/s", written)
    updated = set_secret(f"{path}/s", written, client_request_token="t" * 40)

    assert secrets.operations == ["PutSecretValue", "CreateSecret", "PutSecretValue"]
    assert created["Name"] == updated["Name"] == f"{path}/s"
    assert secrets.sent[-1][1]["ClientRequestToken"] == "t" * 40
    assert secrets.client.get_secret_value(SecretId=f"{path}/s")[kind] == stored


def test_each_call_gets_the_options_that_it_takes(secrets, path):
    """Options of CreateSecret alone do not spoil PutSecretValue, nor the reverse."""
    options = {"Description": "d", "Tags": [{"Key": "k", "Value": "v"}], "VersionStages": ["AWSCURRENT"]}

    set_secret(f"{path}/s", "1", **options)

    put, create = (body for _, body in secrets.sent)
    assert {"Description", "Tags"} & put.keys() == set()
    assert put["VersionStages"] == ["AWSCURRENT"]
    assert "VersionStages" not in create
    assert create["Description"] == "d"


def test_writing_forgets_every_cached_form(secrets, path):
    """PRM-44: after set neither the secret nor a batch that holds it is served as it was."""
    set_secret(f"{path}/s", "1")
    assert get_secret(f"{path}/s") == "1"
    assert get_secrets_by_name([f"{path}/s"]) == {f"{path}/s": "1"}

    set_secret(f"{path}/s", "2")

    assert get_secret(f"{path}/s") == "2"
    assert get_secrets_by_name([f"{path}/s"]) == {f"{path}/s": "2"}


@pytest.mark.parametrize("refused", ["put_secret_value", "create_secret"])
def test_a_refused_write_is_an_error_with_its_cause(refused):
    """PRM-44: a failure of either call is a SetSecretError, chained."""

    class Client:
        def put_secret_value(self, **_):
            code = "AccessDeniedException" if refused == "put_secret_value" else "ResourceNotFoundException"
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, "PutSecretValue")

        def create_secret(self, **_):
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "CreateSecret")

    with pytest.raises(SetSecretError, match="AccessDeniedException") as caught:
        SecretsProvider(boto3_client=Client()).set("s", "v")

    assert isinstance(caught.value.__cause__, ClientError)


def test_a_secret_of_the_wrong_kind_is_not_quoted():
    """PRM-44: the error tells the type, never the value."""
    with pytest.raises(SetSecretError, match="not int") as caught:
        SecretsProvider(boto3_client=object()).set("s", 12345678)

    assert "12345678" not in str(caught.value)


def test_helpers_use_the_registered_provider(shelf):
    """PRM-10: a provider under "secrets" is used as it is."""
    parameters.DEFAULT_PROVIDERS["secrets"] = shelf({"a": "double"})

    assert get_secret("a") == "double"

from __future__ import annotations

import subprocess
import sys
import time

import boto3
import pytest
from local_servers import CREDENTIALS, client

from lambda_powertools.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent_function
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyItemNotFoundError,
    IdempotencyPersistenceLayerError,
)
from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class FakeClient:
    """Records requests, and answers or fails as it is told."""

    def __init__(self, answer=None, error=None):
        self.requests, self.answer, self.error = [], answer or {}, error

    def __getattr__(self, operation):
        def call(**request):
            self.requests.append((operation, request))
            if self.error is not None:
                raise self.error
            return self.answer

        if operation.startswith("_") or operation == "meta":
            raise AttributeError(operation)
        return call


class ServiceError(Exception):
    def __init__(self, code, **more):
        super().__init__(code)
        self.response = {"Error": {"Code": code}, **more}


def function_on(layer, body=lambda order: "result", **options):
    config = IdempotencyConfig(in_progress_expires_after_seconds=30, **options)
    return idempotent_function(
        body, data_keyword_argument="order", persistence_store=layer, config=config, key_prefix="p"
    )


KEY = "p#" + "c4ca4238a0b923820dcc509a6f75849b"  # md5 of 1


def test_request_shapes(monkeypatch):
    """IDEM-42, 43: the two requests of a first call, to the letter."""
    monkeypatch.setattr(time, "time", lambda: 1_000.5)
    fake = FakeClient()
    function_on(DynamoDBPersistenceLayer("table", boto3_client=fake), expires_after_seconds=60)(order=1)

    assert fake.requests == [
        (
            "put_item",
            {
                "TableName": "table",
                "Item": {
                    "id": {"S": KEY},
                    "expiration": {"N": "1060"},
                    "status": {"S": "INPROGRESS"},
                    "in_progress_expiration": {"N": "1030500"},
                },
                "ExpressionAttributeNames": {
                    "#id": "id",
                    "#expiry": "expiration",
                    "#in_progress_expiry": "in_progress_expiration",
                    "#status": "status",
                },
                "ExpressionAttributeValues": {
                    ":now": {"N": "1000"},
                    ":now_in_millis": {"N": "1000500"},
                    ":inprogress": {"S": "INPROGRESS"},
                },
                "ConditionExpression": (
                    "attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND "
                    "attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)"
                ),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            },
        ),
        (
            "update_item",
            {
                "TableName": "table",
                "Key": {"id": {"S": KEY}},
                "UpdateExpression": "SET #response_data = :response_data, #expiry = :expiry, #status = :status",
                "ExpressionAttributeNames": {
                    "#response_data": "data",
                    "#expiry": "expiration",
                    "#status": "status",
                },
                "ExpressionAttributeValues": {
                    ":response_data": {"S": '"result"'},
                    ":expiry": {"N": "1060"},
                    ":status": {"S": "COMPLETED"},
                },
            },
        ),
    ]


def test_request_shapes_with_validation_and_composite_key(monkeypatch):
    """IDEM-41, 42, 43: the hash of the payload, the two parts of the key, and the names of the attributes."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "orders")
    fake = FakeClient()
    layer = DynamoDBPersistenceLayer(
        "table",
        key_attr="pk",
        sort_key_attr="sk",
        expiry_attr="ttl",
        in_progress_expiry_attr="until",
        status_attr="state",
        data_attr="result",
        validation_key_attr="check",
        boto3_client=fake,
    )
    function_on(layer, payload_validation_jmespath="@")(order=1)
    (_, put), (_, update) = fake.requests

    assert set(put["Item"]) == {"pk", "sk", "ttl", "until", "state", "check"}
    assert (put["Item"]["pk"], put["Item"]["sk"]) == ({"S": "idempotency#orders"}, {"S": KEY})
    assert put["ExpressionAttributeNames"] == {
        "#id": "pk",
        "#expiry": "ttl",
        "#in_progress_expiry": "until",
        "#status": "state",
    }
    assert update["Key"] == {"pk": {"S": "idempotency#orders"}, "sk": {"S": KEY}}
    assert update["UpdateExpression"].endswith(", #validation_key = :validation_key")
    assert update["ExpressionAttributeNames"]["#validation_key"] == "check"
    assert update["ExpressionAttributeValues"][":validation_key"] == put["Item"]["check"]


def test_request_without_in_progress_expiry():
    """IDEM-42: an unknown remaining time leaves the attribute out."""
    fake = FakeClient()
    layer = DynamoDBPersistenceLayer("table", boto3_client=fake)
    layer._put_record(data_record=DataRecord("k", "INPROGRESS", 9_999_999_999))

    assert set(fake.requests[0][1]["Item"]) == {"id", "expiration", "status"}


def test_reading_and_deleting():
    """IDEM-43: reads are consistent, and a missing item is its own error."""
    fake = FakeClient()
    layer = DynamoDBPersistenceLayer("table", boto3_client=fake)
    with pytest.raises(IdempotencyItemNotFoundError):
        layer._get_record(idempotency_key="k")
    layer._delete_record(data_record=DataRecord("k"))

    assert fake.requests == [
        ("get_item", {"TableName": "table", "Key": {"id": {"S": "k"}}, "ConsistentRead": True}),
        ("delete_item", {"TableName": "table", "Key": {"id": {"S": "k"}}}),
    ]


@pytest.mark.parametrize(
    ("version", "supported"),
    [
        ("1.26.163", False),
        ("1.26.164", True),
        ("1.27", True),
        ("2.0.0", True),
        ("1.40.0rc1", True),
        ("1.26.164.dev3", True),
        ("0.9", False),
    ],
)
def test_version_of_boto3_is_compared(version, supported):
    """IDEM-46: also where a part is not a number."""
    assert DynamoDBPersistenceLayer.boto3_supports_condition_check_failure(version) is supported


def test_old_boto3_is_not_asked_for_the_item(monkeypatch):
    """IDEM-42: the parameter is left out where boto3 does not know it."""
    monkeypatch.setattr(boto3, "__version__", "1.26.100")
    fake = FakeClient()
    function_on(DynamoDBPersistenceLayer("table", boto3_client=fake))(order=1)

    assert "ReturnValuesOnConditionCheckFailure" not in fake.requests[0][1]


def test_refusal_carries_the_old_item():
    """IDEM-44, 45: the record comes out of the error, and no read follows."""
    old = {
        "id": {"S": "k"},
        "expiration": {"N": "9999999999"},
        "status": {"S": "COMPLETED"},
        "data": {"S": '{"a": 1}'},
    }
    fake = FakeClient(error=ServiceError("ConditionalCheckFailedException", Item=old))

    assert function_on(DynamoDBPersistenceLayer("table", boto3_client=fake))(order=1) == {"a": 1}
    assert [operation for operation, _ in fake.requests] == ["put_item"]


def test_other_errors_of_the_service_are_chained():
    """IDEM-44, 63: a missing table or a denied access comes out as the cause."""
    error = ServiceError("AccessDeniedException")
    f = function_on(DynamoDBPersistenceLayer("table", boto3_client=FakeClient(error=error)))

    with pytest.raises(IdempotencyPersistenceLayerError, match="in-progress.*AccessDenied") as caught:
        f(order=1)

    assert caught.value.__cause__ is caught.value.args[1] is error


def test_item_is_decoded_defensively():
    """IDEM-45, 28: absent attributes are empty, numbers are int, and the sort key is only there with composite keys."""
    item = {"id": {"S": "k"}, "expiration": {"N": "1.7E9"}}
    simple = DynamoDBPersistenceLayer("t", boto3_client=FakeClient({"Item": item}))
    item = {"id": {"S": "partition"}, "sk": {"S": "k"}, "status": {"S": "COMPLETED"}}
    composite = DynamoDBPersistenceLayer("t", sort_key_attr="sk", boto3_client=FakeClient({"Item": item}))
    one, other = simple._get_record(idempotency_key="k"), composite._get_record(idempotency_key="k")

    assert (one.idempotency_key, one.sort_key, one.expiry_timestamp) == ("k", None, 1_700_000_000)
    assert (one.response_data, one.payload_hash) == ("", "")
    assert (other.idempotency_key, other.sort_key, other.status) == ("partition", "k", "COMPLETED")


def test_one_attribute_cannot_be_both_keys():
    """IDEM-41: the message names both."""
    with pytest.raises(ValueError, match="key_attr.*'id'.*sort_key_attr.*'id'"):
        DynamoDBPersistenceLayer("table", key_attr="id", sort_key_attr="id")


@pytest.mark.parametrize("function_name", [None, "orders"])
def test_default_partition_value(monkeypatch, function_name):
    """IDEM-41: named after the Lambda function."""
    if function_name:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function_name)

    assert DynamoDBPersistenceLayer("t", sort_key_attr="sk").static_pk_value == f"idempotency#{function_name or ''}"


def test_client_is_made_at_the_first_use_of_session_and_config():
    """IDEM-40: from the given session, with the given config, and once."""
    from botocore.config import Config

    session = boto3.session.Session(**CREDENTIALS)
    layer = DynamoDBPersistenceLayer("t", boto3_session=session, boto_config=Config(read_timeout=3))
    made = layer.client

    assert made.meta.config.read_timeout == 3
    assert made.meta.region_name == "eu-west-1"
    assert layer.client is made
    made.close()


def test_construction_imports_no_sdk():
    """Building the layer, and decorating with it, costs no import of boto3 or botocore."""
    code = (
        "import sys; from lambda_powertools.idempotency import *\n"
        "idempotent(persistence_store=DynamoDBPersistenceLayer('t'))(lambda event, context: 1)\n"
        "assert not {'boto3', 'botocore', 'redis', 'sqlite3'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_missing_sdk_names_the_extra(monkeypatch):
    """Without boto3 the first use says what to install."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "boto3.session", None)

    with pytest.raises(ImportError, match=r"lambda-powertools-idempotency\[aws-sdk\]"):
        DynamoDBPersistenceLayer("t").client  # noqa: B018  # using it is the test


def test_user_agent_names_the_package(make_table):
    """IDEM-40: requests carry the marker of the package once, whoever made the client."""
    dynamodb, name = make_table("id")
    seen = []
    dynamodb.meta.events.register("before-send", lambda request, **_: seen.append(request.headers["User-Agent"]))
    layer = DynamoDBPersistenceLayer(name, boto3_client=dynamodb)
    layer.client = dynamodb
    function_on(layer)(order=1)

    assert len(seen) == 2
    for agent in map(str, seen):
        assert agent.count("lambda-powertools-idempotency/") == 1


def count_requests(dynamodb):
    operations = []
    dynamodb.meta.events.register("before-send", lambda request, **_: operations.append(request.url))
    return operations


@pytest.mark.parametrize("composite", [False, True], ids=["simple", "composite"])
@pytest.mark.parametrize("cache", [False, True], ids=["no cache", "cache"])
def test_network_calls(make_table, composite, cache):
    """Two network calls for a first execution, one for a replay, none with the local cache."""
    keys = {"key_attr": "pk", "sort_key_attr": "sk"} if composite else {}
    dynamodb, name = make_table(*(("pk", "sk") if composite else ("id",)))
    f = function_on(DynamoDBPersistenceLayer(name, boto3_client=dynamodb, **keys), use_local_cache=cache)
    operations = count_requests(dynamodb)

    assert f(order=1) == "result"
    assert len(operations) == 2
    assert f(order=1) == "result"
    assert len(operations) == (2 if cache else 3)


@pytest.mark.parametrize("keys", [("id",), ("pk", "sk")], ids=["simple", "composite"])
def test_stale_lock_is_taken_over(make_table, keys):
    """A call that died is followed by another once its time is up, with simple and composite keys."""
    dynamodb, name = make_table(*keys)
    names = {"key_attr": keys[0], "sort_key_attr": keys[1]} if len(keys) > 1 else {}
    layer = DynamoDBPersistenceLayer(name, boto3_client=dynamodb, **names)

    def die(order):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        function_on(layer, die)(order=1)
    with pytest.raises(IdempotencyAlreadyInProgressError) as caught:
        function_on(layer)(order=1)
    assert ("sort key" in str(caught.value)) is (len(keys) > 1)

    key = {keys[0]: {"S": layer.static_pk_value}, keys[1]: {"S": KEY}} if names else {"id": {"S": KEY}}
    dynamodb.update_item(
        TableName=name,
        Key=key,
        UpdateExpression="SET in_progress_expiration = :past",
        ExpressionAttributeValues={":past": {"N": "1"}},
    )

    assert [function_on(layer)(order=1), function_on(layer, die)(order=1)] == ["result", "result"]


@pytest.mark.parametrize("fails", [False, True], ids=["completes", "fails"])
@pytest.mark.parametrize("guarded", [False, True], ids=["open", "guarded"])
def test_guard_keeps_the_record_of_the_newer_call(make_table, guarded, fails):
    """A call that has outlived its time leaves the newer record alone if that is asked for."""
    dynamodb, name = make_table("id")
    layer = DynamoDBPersistenceLayer(name, boto3_client=dynamodb, guard_completion=guarded)

    def newer(order):
        return "newer"

    def older(order):
        dynamodb.update_item(  # its time is up
            TableName=name,
            Key={"id": {"S": KEY}},
            UpdateExpression="SET in_progress_expiration = :past",
            ExpressionAttributeValues={":past": {"N": "1"}},
        )
        function_on(layer, newer)(order=order)
        if fails:
            raise ValueError
        return "older"

    try:
        assert function_on(layer, older)(order=1) == "older"
    except ValueError:
        assert fails

    item = dynamodb.get_item(TableName=name, Key={"id": {"S": KEY}}).get("Item")
    if guarded:
        assert item["data"] == {"S": '"newer"'}
    else:
        assert item is None if fails else item["data"] == {"S": '"older"'}


def test_client_may_be_replaced_after_decoration(make_table, moto_url):
    """The client and the table of a layer are looked up at each call."""
    layer = DynamoDBPersistenceLayer("no-such-table", boto3_client=FakeClient(error=ServiceError("Refused")))
    f = function_on(layer)
    _, name = make_table("id")
    layer.client, layer.table_name = client("dynamodb", moto_url), name

    assert f(order=1) == "result"
    layer.client.close()


def test_missing_table_is_the_cause(moto_url):
    """The error of AWS is chained, not swallowed."""
    dynamodb = client("dynamodb", moto_url)
    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        function_on(DynamoDBPersistenceLayer("no-such-table", boto3_client=dynamodb))(order=1)

    assert caught.value.__cause__.response["Error"]["Code"] == "ResourceNotFoundException"
    dynamodb.close()


def test_large_response_is_refused_with_the_reason(make_table):
    """An item beyond 400 KB is an error of the update, and the record stays in progress."""
    dynamodb, name = make_table("id")
    f = function_on(DynamoDBPersistenceLayer(name, boto3_client=dynamodb), lambda order: "x" * 500_000)
    with pytest.raises(IdempotencyPersistenceLayerError, match="update"):
        f(order=1)

    item = dynamodb.get_item(TableName=name, Key={"id": {"S": KEY}})["Item"]
    assert item["status"] == {"S": "INPROGRESS"}

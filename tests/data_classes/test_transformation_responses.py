"""The builders of responses to Firehose, S3 Batch Operations and Transfer Family."""

import json

import pytest

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.data_classes import (
    KinesisFirehoseDataTransformationRecord,
    KinesisFirehoseDataTransformationRecordMetadata,
    KinesisFirehoseDataTransformationResponse,
    KinesisFirehoseEvent,
    S3BatchOperationEvent,
    S3BatchOperationResponse,
    S3BatchOperationResponseRecord,
    TransferFamilyAuthorizerResponse,
)
from lambda_powertools.data_classes.exceptions import InvalidHomeDirectoryError, ResponseResultsError
from lambda_powertools.data_classes.s3_batch_operation_event import VALID_RESULT_CODES


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {"partitionKeys": {}}),
        (({},), {"partitionKeys": {}}),
        (({"year": "2024"},), {"partitionKeys": {"year": "2024"}}),
        ((None,), {}),
    ],
)
def test_firehose_metadata(arguments, expected):
    """DC-80: the partition keys are written as Firehose reads them, and None leaves them out."""
    assert KinesisFirehoseDataTransformationRecordMetadata(*arguments).asdict() == expected


def test_firehose_metadata_cannot_be_changed():
    """DC-80: the metadata are frozen, and two without keys do not share a dictionary."""
    metadata = KinesisFirehoseDataTransformationRecordMetadata()

    with pytest.raises(AttributeError, match="partition_keys"):
        metadata.partition_keys = {"year": "2024"}
    with pytest.raises(AttributeError, match="partition_keys"):
        del metadata.partition_keys
    assert metadata.partition_keys is not KinesisFirehoseDataTransformationRecordMetadata().partition_keys


def test_firehose_record():
    """DC-81: a record is written with its metadata only when it has them, keys in this order."""
    metadata = KinesisFirehoseDataTransformationRecordMetadata({"year": "2024"})

    assert list(KinesisFirehoseDataTransformationRecord("r").asdict().items()) == [
        ("recordId", "r"),
        ("result", "Ok"),
        ("data", ""),
    ]
    assert KinesisFirehoseDataTransformationRecord("r", "Dropped", "YQ==", metadata).asdict() == {
        "recordId": "r",
        "result": "Dropped",
        "data": "YQ==",
        "metadata": {"partitionKeys": {"year": "2024"}},
    }


def test_firehose_result_that_firehose_does_not_know():
    """DC-81: a wrong result is a warning that names it and the right ones, and is still returned."""
    record = KinesisFirehoseDataTransformationRecord("r", "Fine")

    with pytest.warns(PowertoolsUserWarning, match='"Fine" is not valid.*Ok, Dropped, ProcessingFailed') as warned:
        assert record.asdict()["result"] == "Fine"
    assert warned[0].filename == __file__


@pytest.mark.parametrize(
    ("data", "expected"),
    [("", (b"", "", {})), ("eyJpZCI6IDd9", (b'{"id": 7}', '{"id": 7}', {"id": 7}))],
)
def test_data_of_a_firehose_record(data, expected):
    """DC-81: the data can be read back; data that are empty give empty values."""
    record = KinesisFirehoseDataTransformationRecord("r", data=data)

    assert (record.data_as_bytes, record.data_as_text, record.data_as_json) == expected


def test_firehose_record_parses_with_its_deserializer():
    """DC-81: the deserializer of a record is its own, or that of the event that it answers."""
    record = KinesisFirehoseDataTransformationRecord("r", data="YQ==", json_deserializer=str.upper)
    event = KinesisFirehoseEvent({"records": [{"recordId": "r"}]}, json_deserializer=str.upper)

    assert record.data_as_json == "A"
    assert [source.build_data_transformation_response(data="YQ==").data_as_json for source in event.records] == ["A"]


def test_firehose_response():
    """DC-82: a response has its records in order, each with the id of the record that it answers."""
    event = KinesisFirehoseEvent({"records": [{"recordId": "a", "data": "YQ=="}, {"recordId": "b", "data": "Yg=="}]})
    metadata = KinesisFirehoseDataTransformationRecordMetadata({"year": "2024"})
    response = KinesisFirehoseDataTransformationResponse()

    for record in event.records:
        response.add_record(record.build_data_transformation_response("Ok", record.data, metadata))

    assert response.asdict() == {
        "records": [
            {"recordId": "a", "result": "Ok", "data": "YQ==", "metadata": {"partitionKeys": {"year": "2024"}}},
            {"recordId": "b", "result": "Ok", "data": "Yg==", "metadata": {"partitionKeys": {"year": "2024"}}},
        ]
    }
    assert KinesisFirehoseDataTransformationResponse([response.records[0]]).asdict()["records"][0]["recordId"] == "a"


def test_firehose_response_without_records():
    """DC-82: Firehose rejects an empty response, so there is none; records are not shared between responses."""
    KinesisFirehoseDataTransformationResponse().add_record(KinesisFirehoseDataTransformationRecord("r"))

    with pytest.raises(ValueError, match="at least one record"):
        KinesisFirehoseDataTransformationResponse().asdict()


def test_batch_result():
    """DC-83: a result is written with the keys that S3 reads; the text is optional."""
    assert S3BatchOperationResponseRecord("t", "PermanentFailure", "gone").asdict() == {
        "taskId": "t",
        "resultCode": "PermanentFailure",
        "resultString": "gone",
    }
    assert S3BatchOperationResponseRecord("t", "Succeeded").asdict()["resultString"] is None


def test_batch_code_that_s3_does_not_know():
    """DC-83: a wrong code is a warning that quotes it and the three, and is still returned."""
    with pytest.warns(PowertoolsUserWarning, match="The resultCode Fine is not valid.*Succeeded") as warned:
        assert S3BatchOperationResponseRecord("t", "Fine").asdict()["resultCode"] == "Fine"
    assert all(code in str(warned[0].message) for code in VALID_RESULT_CODES)
    assert VALID_RESULT_CODES == ("Succeeded", "TemporaryFailure", "PermanentFailure")


def test_batch_response():
    """DC-84, DC-85: a response to one task has the ids of the event and of the task, keys in this order."""
    event = S3BatchOperationEvent({"invocationId": "i", "invocationSchemaVersion": "1.0", "tasks": [{"taskId": "t"}]})
    response = S3BatchOperationResponse(event.invocation_schema_version, event.invocation_id, "PermanentFailure")

    response.add_result(event.task.build_task_batch_response("TemporaryFailure", "busy"))

    assert list(response.asdict().items()) == [
        ("invocationSchemaVersion", "1.0"),
        ("treatMissingKeysAs", "PermanentFailure"),
        ("invocationId", "i"),
        ("results", [{"taskId": "t", "resultCode": "TemporaryFailure", "resultString": "busy"}]),
    ]
    assert event.task.build_task_batch_response().asdict() == {
        "taskId": "t",
        "resultCode": "Succeeded",
        "resultString": "",
    }


def test_batch_code_for_missing_keys_that_s3_does_not_know():
    """DC-84: a wrong code is a warning when the response is made, at the line that made it."""
    with pytest.warns(PowertoolsUserWarning, match="The value Fine is not valid for treat_missing_keys_as") as warned:
        S3BatchOperationResponse("1.0", "i", "Fine")
    assert warned[0].filename == __file__


@pytest.mark.parametrize("count", [0, 2])
def test_batch_response_has_exactly_one_result(count):
    """DC-84: S3 gives one task to an invocation, and another number of results is told."""
    response = S3BatchOperationResponse("1.0", "i", results=[S3BatchOperationResponseRecord("t", "Succeeded")] * count)

    with pytest.raises(ResponseResultsError, match=f"Response must have exactly one result, but got {count}"):
        response.asdict()


@pytest.mark.parametrize(
    "make",
    [
        KinesisFirehoseDataTransformationRecord,
        lambda value: KinesisFirehoseDataTransformationRecordMetadata({"key": value}),
        lambda value: KinesisFirehoseDataTransformationResponse([KinesisFirehoseDataTransformationRecord(value)]),
        lambda value: S3BatchOperationResponseRecord(value, "Succeeded"),
        lambda value: S3BatchOperationResponse("1.0", value),
    ],
)
def test_builders_are_equal_by_content(make):
    """Two builders with the same content are equal; what they hold is not in their text."""
    assert make("secret") == make("secret")
    assert make("secret") != make("other")
    assert make("secret") != "secret"
    assert "secret" not in repr(make("secret"))


RESPONSE = TransferFamilyAuthorizerResponse()


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (
            RESPONSE.build_authentication_response_s3("role", home_directory="/b"),
            [("HomeDirectory", "/b"), ("Role", "role"), ("HomeDirectoryType", "PATH")],
        ),
        (
            RESPONSE.build_authentication_response_s3("role", "policy", "/b", public_keys=["ssh-rsa a", "ssh-rsa b"]),
            [
                ("HomeDirectory", "/b"),
                ("Policy", "policy"),
                ("PublicKeys", ["ssh-rsa a", "ssh-rsa b"]),
                ("Role", "role"),
                ("HomeDirectoryType", "PATH"),
            ],
        ),
        (
            RESPONSE.build_authentication_response_efs(
                "role",
                1000,
                0,
                "policy",
                home_directory_details=[{"Entry": "/", "Target": "/fs-1"}],
                home_directory_type="LOGICAL",
                public_keys="ssh-rsa a",
            ),
            [
                ("HomeDirectoryDetails", json.dumps([{"Entry": "/", "Target": "/fs-1"}])),
                ("PosixProfile", {"Gid": 1000, "Uid": 0}),
                ("Policy", "policy"),
                ("PublicKeys", "ssh-rsa a"),
                ("Role", "role"),
                ("HomeDirectoryType", "LOGICAL"),
            ],
        ),
        (
            RESPONSE.build_authentication_response_efs("role", 0, 0, home_directory="/b", policy="", public_keys=[]),
            [
                ("HomeDirectory", "/b"),
                ("PosixProfile", {"Gid": 0, "Uid": 0}),
                ("Role", "role"),
                ("HomeDirectoryType", "PATH"),
            ],
        ),
    ],
    ids=["s3", "s3 with everything", "efs with everything", "efs of root"],
)
def test_login_response(response, expected):
    """DC-86: the keys of a login come in this order, and what is empty is left out."""
    assert list(response.items()) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "home_directory must be set when home_directory_type is PATH"),
        ({"home_directory_details": [{}]}, "home_directory must be set"),
        ({"home_directory_type": "LOGICAL", "home_directory": "/"}, "home_directory_details must be set"),
        ({"home_directory_type": "OTHER", "home_directory": "/"}, "Invalid home_directory_type: OTHER.*LOGICAL"),
    ],
)
@pytest.mark.parametrize(
    ("build", "arguments"),
    [
        (RESPONSE.build_authentication_response_s3, ["role"]),
        (RESPONSE.build_authentication_response_efs, ["role", 1, 1]),
    ],
    ids=["s3", "efs"],
)
def test_login_without_the_home_directory_of_its_type(build, arguments, options, message):
    """Section 4: a missing directory, missing details and an unknown type are ValueErrors that say what is allowed."""
    with pytest.raises(InvalidHomeDirectoryError, match=message) as error:
        build(*arguments, **options)
    assert isinstance(error.value, ValueError)

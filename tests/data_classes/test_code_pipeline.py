import io
import json
import zipfile

import boto3
import pytest
from moto.server import ThreadedMotoServer

from lambda_powertools.data_classes import CodePipelineJobEvent
from lambda_powertools.data_classes.code_pipeline_job_event import CodePipelineData, CodePipelineS3Location
from lambda_powertools.data_classes.exceptions import ArtifactNotFoundError

CREDENTIALS = {"accessKeyId": "of-the-job", "secretAccessKey": "key", "sessionToken": "token"}
BUCKET = "artifacts"
KEY = "source+code/%41.zip"
"""The key as S3 has it: what it looks like decoded is another object."""


def artifact(name, key=KEY):
    return {
        "name": name,
        "revision": None,
        "location": {"type": "S3", "s3Location": {"bucketName": BUCKET, "objectKey": key}},
    }


def job(**data):
    return CodePipelineJobEvent(
        {
            "CodePipeline.job": {
                "id": "j-1",
                "accountId": "1",
                "data": {
                    "artifactCredentials": CREDENTIALS,
                    "inputArtifacts": [artifact("source"), artifact("source", "second"), artifact("other")],
                    "outputArtifacts": [artifact("result", "out.bin")],
                    **data,
                },
            }
        }
    )


def parameters(text):
    return job(actionConfiguration={"configuration": {"FunctionName": "f", "UserParameters": text}})


def test_user_parameters():
    """Section 2.3: parameters are parsed with the event's deserializer, once."""
    texts = []
    event = CodePipelineJobEvent(
        parameters('{"a": 1}').raw_event, json_deserializer=lambda text: texts.append(text) or json.loads(text)
    )

    assert event.user_parameters == '{"a": 1}'
    assert event.decoded_user_parameters is event.decoded_user_parameters
    assert event.decoded_user_parameters == {"a": 1}
    assert texts == ['{"a": 1}']


def test_user_parameters_that_are_absent():
    """Section 2.3: without parameters the text is None and the parsed ones are empty."""
    event = job(actionConfiguration={"configuration": {"FunctionName": "f"}})

    assert (event.user_parameters, event.decoded_user_parameters) == (None, {})


def test_user_parameters_that_are_no_json():
    """DC-64: only the parsed parameters fail when they are no JSON."""
    event = parameters("plain text")

    assert event.user_parameters == "plain text"
    with pytest.raises(json.JSONDecodeError):
        _ = event.decoded_user_parameters
    assert "'decoded_user_parameters': '[Cannot be deserialized]'" in str(event)


def test_first_input_artifact():
    """Section 2.3: the shortcuts tell of the first input artifact, with its key decoded."""
    event = job()
    location = event.data.input_artifacts[0].location.s3_location

    assert (event.input_bucket_name, event.input_object_key) == (BUCKET, "source code/A.zip")
    assert (location.key, location.object_key) == (KEY, "source code/A.zip")


def test_job_without_input_artifacts():
    """T-5: the shortcuts of a job without input say that there is none."""
    with pytest.raises(IndexError, match="inputArtifacts of the event is empty"):
        _ = job(inputArtifacts=[]).input_bucket_name


def test_artifacts_are_found_by_name():
    """DC-61: of artifacts of one name the first is found; an unknown name gives None."""
    event = job()

    assert event.find_input_artifact("source").location.s3_location.key == KEY
    assert event.find_output_artifact("result").location.s3_location.key == "out.bin"
    assert event.find_input_artifact("result") is None
    assert event.find_output_artifact("source") is None


def test_malformed_job_fails_where_it_is_read():
    """T-3: a job is looked into when a property is read, not when the event is made."""
    event = CodePipelineJobEvent({})

    with pytest.raises(KeyError, match="CodePipeline.job"):
        _ = event.data


def test_encryption_key_and_continuation():
    """Section 2.3: a job may have a key for its artifacts and a token to continue with."""
    data = CodePipelineData({"encryptionKey": {"id": "k", "type": "KMS"}, "continuationToken": "c"})

    assert (data.encryption_key.get_id, data.encryption_key.get_type, data.continuation_token) == ("k", "KMS", "c")


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(server, monkeypatch, tmp_path):
    """An empty S3 that every client of this process talks to, and a folder that catches temporary files."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client = boto3.client("s3", aws_access_key_id="test", aws_secret_access_key="test")
    client.create_bucket(Bucket=BUCKET)
    yield client
    for item in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=item["Key"])
    client.delete_bucket(Bucket=BUCKET)


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_artifact_is_downloaded_as_bytes(s3):
    """DC-62: without a file name the object comes as it is, found by its raw key."""
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"\x00\xff")

    assert job().get_artifact("source") == b"\x00\xff"


def test_file_of_an_artifact_is_downloaded_as_text(s3, tmp_path):
    """DC-62: with a file name the text of that file in the zip file comes, and no temporary file stays."""
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=zipped({"a/template.json": '{"name": "Zoë"}', "b": "other"}))

    assert job().get_artifact("source", "a/template.json") == '{"name": "Zoë"}'
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("body", "error"), [(zipped({"other": ""}), KeyError), (b"no zip file", zipfile.BadZipFile)])
def test_no_temporary_file_stays_when_an_artifact_is_not_as_expected(s3, tmp_path, body, error):
    """DC-62: the temporary file is removed also when the file in it cannot be read."""
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)

    with pytest.raises(error):
        job().get_artifact("source", "missing.json")
    assert list(tmp_path.iterdir()) == []


def test_unknown_input_artifact_makes_no_client(monkeypatch):
    """DC-62: without such an artifact there is None, and no client is made."""
    monkeypatch.setattr(CodePipelineJobEvent, "setup_s3_client", lambda _: pytest.fail("a client was made"))

    assert job().get_artifact("unknown") is None
    assert job().get_artifact("unknown", "file") is None


def test_artifact_is_uploaded(s3):
    """DC-63: the output artifact is written to its place, with its media type, and without a key by S3's own."""
    job().put_artifact("result", b"\x00\xff", "application/octet-stream")

    stored = s3.get_object(Bucket=BUCKET, Key="out.bin")
    assert stored["Body"].read() == b"\x00\xff"
    assert stored["ContentType"] == "application/octet-stream"
    assert "SSEKMSKeyId" not in stored


class RecordingClient:
    def put_object(self, **arguments):
        self.arguments = arguments


@pytest.mark.parametrize(
    ("key", "encryption"),
    [
        (None, {}),
        ({"id": "k", "type": "KMS"}, {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "k"}),
        ({"id": "k", "type": "aws:kms:dsse"}, {"ServerSideEncryption": "aws:kms:dsse", "SSEKMSKeyId": "k"}),
    ],
)
def test_artifact_is_encrypted_with_the_key_of_the_job(monkeypatch, key, encryption):
    """DC-63: the key of the job is sent along, its type under the name that S3 knows."""
    client = RecordingClient()
    monkeypatch.setattr(CodePipelineJobEvent, "setup_s3_client", lambda _: client)

    job(encryptionKey=key).put_artifact("result", b"x", "text/plain")

    assert client.arguments == {
        "Bucket": BUCKET,
        "Key": "out.bin",
        "Body": b"x",
        "ContentType": "text/plain",
        "BucketKeyEnabled": True,
        **encryption,
    }


def test_unknown_output_artifact(monkeypatch):
    """DC-63: an unknown artifact is a ValueError that names it and those that there are."""
    monkeypatch.setattr(CodePipelineJobEvent, "setup_s3_client", lambda _: pytest.fail("a client was made"))

    with pytest.raises(ArtifactNotFoundError, match="unknown.*are: result") as error:
        job().put_artifact("unknown", b"", "text/plain")
    assert isinstance(error.value, ValueError)


def test_client_has_the_credentials_of_the_job(server, monkeypatch):
    """DC-60: each client is new and uses the credentials of the artifacts; its requests name this feature."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    agents = []

    client, other = job().setup_s3_client(), job().setup_s3_client()
    client.meta.events.register("before-send.s3", lambda request, **_: agents.append(request.headers["User-Agent"]))
    client.list_buckets()

    assert client is not other
    credentials = client._request_signer._credentials
    assert (credentials.access_key, credentials.secret_key, credentials.token) == ("of-the-job", "key", "token")
    assert [b"PT/data_classes" in (agent if isinstance(agent, bytes) else agent.encode()) for agent in agents] == [True]


def test_client_is_made_with_no_other_argument(monkeypatch):
    """DC-60: boto3 gets the credentials and nothing else, and a client that cannot be marked is as good."""
    calls = []
    monkeypatch.setattr(boto3, "client", lambda *args, **options: calls.append((args, options)) or object())

    job().setup_s3_client()

    assert calls == [
        (
            ("s3",),
            {"aws_access_key_id": "of-the-job", "aws_secret_access_key": "key", "aws_session_token": "token"},
        )
    ]


def test_location_of_an_artifact():
    """Section 2.3: a location has the bucket and the key, raw and decoded."""
    location = CodePipelineS3Location({"bucketName": "b", "objectKey": "a+b"})

    assert (location.bucket_name, location.key, location.object_key) == ("b", "a+b", "a b")

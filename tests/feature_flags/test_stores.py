from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import boto3
import local_servers
import pytest

from lambda_powertools.feature_flags import (
    ConfigurationStoreError,
    FeatureFlags,
    FeatureFlagsDependencyError,
    SchemaValidationError,
    StoreClientError,
)
from lambda_powertools.feature_flags.stores import DynamoDBStore, FileStore, HTTPStore, InMemoryStore, S3Store, SSMStore

FEATURES = {
    "f": {
        "default": False,
        "rules": {"r": {"when_match": True, "conditions": [{"action": "EQUALS", "key": "a", "value": 1}]}},
    }
}


def is_on(store):
    return FeatureFlags(store).evaluate(name="f", context={"a": 1}, default=False)


class Target:
    """A place to write documents to, and stores that read it."""

    def __init__(self, write, make, remove=None):
        self.write, self.make, self.remove = write, make, remove


@pytest.fixture(params=["file", "ssm", "s3", "dynamodb", "http"])
def target(request, tmp_path, clients, moto_url):
    """Give a place for the document in each kind of store: real servers over HTTP, and a file."""
    name = uuid.uuid4().hex
    if request.param == "file":
        path = tmp_path / "features.json"
        return Target(path.write_text, lambda **options: FileStore(path, **options), path.unlink)
    if request.param == "ssm":
        ssm = clients("ssm")
        return Target(
            lambda text: ssm.put_parameter(Name=f"/{name}", Value=text, Type="String", Overwrite=True),
            lambda **options: SSMStore(f"/{name}", boto3_client=ssm, **options),
            lambda: ssm.delete_parameter(Name=f"/{name}"),
        )
    if request.param == "s3":
        s3 = clients("s3")
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        return Target(
            lambda text: s3.put_object(Bucket=name, Key="features.json", Body=text),
            lambda **options: S3Store(name, "features.json", boto3_client=s3, **options),
            lambda: s3.delete_object(Bucket=name, Key="features.json"),
        )
    if request.param == "dynamodb":
        resource = boto3.session.Session(**local_servers.CREDENTIALS).resource("dynamodb", endpoint_url=moto_url)
        table = resource.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        request.addfinalizer(resource.meta.client.close)  # noqa: PT021  # the other kinds have nothing to close
        return Target(
            lambda text: table.put_item(Item={"id": "features", "value": text}),
            lambda **options: DynamoDBStore(name, "features", boto3_client=resource, **options),
            lambda: table.delete_item(Key={"id": "features"}),
        )
    web = request.getfixturevalue("web")

    def serve(text):
        web.answer = lambda path, headers: (200, {}, text.encode())

    def drop():
        web.answer = lambda path, headers: (404, {}, b"gone")

    return Target(serve, lambda **options: HTTPStore(f"{web.url}/features.json", **options), drop)


def test_a_store_reads_its_document(target):
    """Each store: the features decide, and the document is read again when it has changed."""
    target.write(json.dumps(FEATURES))
    store = target.make(max_age=0)
    flags = FeatureFlags(store)

    assert flags.evaluate(name="f", context={"a": 1}, default=False) is True
    target.write(json.dumps({"f": {"default": False}}))
    assert flags.evaluate(name="f", context={"a": 1}, default=True) is False


def test_a_store_keeps_its_document(target):
    """Each store: within max_age the same object is given, whatever happens to the document."""
    target.write(json.dumps(FEATURES))
    store = target.make(max_age=60)
    first = store.get_configuration()

    target.write("{}")

    assert store.get_configuration() is store.get_raw_configuration is first


def test_an_unchanged_document_is_the_same_object(target):
    """Each store: what is read again and has not changed is neither decoded nor validated again."""
    target.write(json.dumps(FEATURES))
    store = target.make(max_age=0)

    assert store.get_configuration() is store.get_configuration()


def test_a_store_takes_an_envelope(target):
    """Each store: the features may be a part of the document."""
    target.write(json.dumps({"app": {"features": FEATURES}, "colour": "blue"}))
    store = target.make(envelope="app.features")

    assert store.get_raw_configuration["colour"] == "blue"
    assert is_on(store) is True


def test_in_an_outage_the_last_good_document_serves(target, capsys):
    """Each store: when the document cannot be read any more, no feature flips."""
    target.write(json.dumps(FEATURES))
    flags = FeatureFlags(target.make(max_age=0))
    assert flags.evaluate(name="f", context={"a": 1}, default=False) is True
    target.remove()

    assert flags.evaluate(name="f", context={"a": 1}, default=False) is True
    assert flags.last_good_served == 1
    assert "the last good one serves" in capsys.readouterr().err


def test_what_cannot_be_read_has_its_cause(target):
    """Each store: a missing document is a ConfigurationStoreError with the cause chained, and evaluates to defaults."""
    target.write("{}")
    target.remove()
    store = target.make()

    with pytest.raises(ConfigurationStoreError, match="cannot be read") as caught:
        store.get_configuration()

    assert caught.value.__cause__ is not None
    assert FeatureFlags(store).evaluate(name="f", default="mine") == "mine"


def test_what_is_no_json_is_not_quoted(target):
    """Each store: the place of the error is told, not the document."""
    target.write('{"f": jane.doe}')

    with pytest.raises(
        ConfigurationStoreError, match="the document is not JSON: Expecting value: line 1 column 7"
    ) as caught:
        target.make().get_configuration()

    assert "jane" not in str(caught.value)


def test_a_dict_is_a_store():
    """FF-36: InMemoryStore holds a document, and takes an envelope."""
    document = {"app": FEATURES}
    store = InMemoryStore(document, envelope="app")

    assert is_on(store) is True
    assert store.get_configuration() is store.get_configuration()
    assert store.get_raw_configuration is document
    assert is_on(InMemoryStore(FEATURES, envelope=None)) is True


YAML = """
f:
  default: false
  rules:
    office hours:
      when_match: true
      conditions:
        - action: SCHEDULE_BETWEEN_TIME_RANGE
          key: CURRENT_TIME
          value: {START: 00:00, END: 23:59}
    "no":
      when_match: true
      conditions:
        - {action: IN, key: country, value: [NO, on, yes, 2030-12-24]}
answer:
  default: {int: 42, float: 1.5, none: ~, empty: , octal: 010}
  boolean_type: false
"""


def test_a_file_may_be_yaml(tmp_path):
    """FileStore: by its suffix, and by the rules of YAML 1.2: times, dates, yes and no are texts."""
    path = tmp_path / "features.yaml"
    path.write_text(YAML)
    store = FileStore(str(path))

    assert FeatureFlags(store).evaluate(name="f", default=False) is True
    document = store.get_raw_configuration
    assert document["f"]["rules"]["no"]["conditions"][0]["value"] == ["NO", "on", "yes", "2030-12-24"]
    assert document["answer"]["default"] == {"int": 42, "float": 1.5, "none": None, "empty": None, "octal": "010"}


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "!!python/object:os.system {}", "\x00"])
def test_broken_yaml_is_told_by_its_place(tmp_path, text):
    """FileStore: what is no YAML, or more than data, is an error like others."""
    path = tmp_path / "features.yml"
    path.write_text(text)

    with pytest.raises(ConfigurationStoreError, match="the document is not YAML"):
        FileStore(path).get_configuration()


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_bytes_that_are_no_text_are_told(tmp_path, suffix):
    """FileStore: a binary file is an error like others."""
    path = tmp_path / f"features.{suffix}"
    path.write_bytes(b"\xff\xfe\xfd")

    with pytest.raises(ConfigurationStoreError, match="the document is not"):
        FileStore(path).get_configuration()


def test_yaml_without_its_library_is_told_at_once():
    """FileStore, S3Store: the missing extra is named when the store is built."""
    code = """
import sys
sys.modules["yaml"] = None
from lambda_powertools.feature_flags import FeatureFlagsDependencyError, FileStore, S3Store
for make in (lambda: FileStore("features.yaml"), lambda: S3Store("bucket", "features.YML")):
    try:
        make()
    except FeatureFlagsDependencyError as error:
        assert 'pip install "lambda-powertools-feature-flags[yaml]"' in str(error)
        print("told")
FileStore("features.json")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.split() == ["told", "told"]
    assert issubclass(FeatureFlagsDependencyError, ImportError)


def test_a_file_that_may_not_be_read_is_a_missing_permission(monkeypatch, tmp_path):
    """FileStore: a permission is a StoreClientError, which no default covers up."""

    def deny(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)

    with pytest.raises(StoreClientError, match="Permission denied"):
        FileStore(tmp_path / "features.json").get_configuration()


def test_a_document_can_be_too_long(tmp_path, web, clients):
    """FileStore, HTTPStore, S3Store: max_bytes bounds what is read."""
    text = json.dumps(FEATURES)
    (tmp_path / "f.json").write_text(text)
    web.answer = lambda path, headers: (200, {}, text.encode())
    bucket = uuid.uuid4().hex
    clients("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    clients("s3").put_object(Bucket=bucket, Key="f.json", Body=text)
    makers = [
        lambda limit: FileStore(tmp_path / "f.json", max_bytes=limit),
        lambda limit: HTTPStore(web.url, max_bytes=limit),
        lambda limit: S3Store(bucket, "f.json", boto3_client=clients("s3"), max_bytes=limit),
    ]

    for make in makers:
        assert is_on(make(len(text))) is True
        with pytest.raises(ConfigurationStoreError, match=rf"longer than {len(text) - 1} bytes \(max_bytes\)"):
            make(len(text) - 1).get_configuration()


def test_s3_sends_an_unchanged_object_once(clients):
    """S3Store: the object's version is sent along, and the answer to an unchanged one is empty."""
    s3, bucket = clients("s3"), uuid.uuid4().hex
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket=bucket, Key="f.json", Body=json.dumps(FEATURES))
    store = S3Store(bucket, "f.json", boto3_client=s3, max_age=0)
    statuses = []
    s3.meta.events.register(
        "after-call.s3.GetObject", lambda http_response, **_: statuses.append(http_response.status_code), unique_id="t"
    )

    first = store.get_configuration()
    second = store.get_configuration()
    s3.meta.events.unregister("after-call.s3.GetObject", unique_id="t")

    assert first is second
    assert statuses == [200, 304]


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_parameter_may_be_encrypted(clients, encrypted):
    """SSMStore: decrypt reads a SecureString."""
    name = f"/{uuid.uuid4().hex}"
    clients("ssm").put_parameter(Name=name, Value=json.dumps(FEATURES), Type="SecureString")
    store = SSMStore(name, boto3_client=clients("ssm"), decrypt=encrypted)

    if encrypted:
        assert is_on(store) is True
    else:
        with pytest.raises(ConfigurationStoreError, match="not JSON"):
            store.get_configuration()


def test_an_item_may_be_a_map(clients, moto_url):
    """DynamoDBStore: the value may be the configuration itself, whose numbers are those of JSON."""
    name = uuid.uuid4().hex
    resource = boto3.session.Session(**local_servers.CREDENTIALS).resource("dynamodb", endpoint_url=moto_url)
    table = resource.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    modulo = {"action": "MODULO_RANGE", "key": "id", "value": {"BASE": 10, "START": 0, "END": 4}}
    features = {
        "f": {"default": False, "rules": {"half": {"when_match": True, "conditions": [modulo]}}},
        "g": {"default": [1, 2], "boolean_type": False},
    }
    table.put_item(Item={"key": "features", "flags": features})
    store = DynamoDBStore(name, "features", key_attr="key", value_attr="flags", boto3_client=resource)
    flags = FeatureFlags(store)

    assert flags.evaluate(name="f", context={"id": 13}, default=False) is True
    assert json.dumps(flags.evaluate(name="g", default=None)) == "[1, 2]"
    resource.meta.client.close()


def test_a_missing_table_has_the_service_s_error(clients, moto_url):
    """DynamoDBStore: the AWS error is in the chain."""
    resource = boto3.session.Session(**local_servers.CREDENTIALS).resource("dynamodb", endpoint_url=moto_url)

    with pytest.raises(ConfigurationStoreError, match="ResourceNotFoundException") as caught:
        DynamoDBStore("nowhere", "features", boto3_client=resource).get_configuration()

    assert type(caught.value.__cause__.__cause__).__name__ == "ResourceNotFoundException"
    resource.meta.client.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://flags.example/f.json", "http://flags.example/f.json cannot be used: https is needed"),
        ("file:///etc/passwd", "https is needed"),
        ("ftp://localhost/f.json", "https is needed"),
        ("flags.json", "https is needed"),
        ("https://", "https is needed"),
        ("http://localhost.example/f.json", "https is needed"),
        ("http://127.0.0.1@flags.example/", "must not hold a user"),
        ("https://jane:hunter2@flags.example/", "must not hold a user or a password: give headers"),
    ],
)
def test_only_https_or_the_loopback_is_read(url, message):
    """HTTPStore: anything else is refused when the store is built."""
    with pytest.raises(ValueError, match=message) as caught:
        HTTPStore(url)

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("url", ["https://flags.example/f.json", "http://127.0.0.1:8000/f", "http://[::1]:8000/f"])
def test_https_and_the_loopback_are_accepted(url):
    """HTTPStore: https anywhere, http on this machine."""
    assert HTTPStore(url).url == url


def test_headers_are_sent_and_secrets_are_not_shown(web):
    """HTTPStore: headers go with the request, and the query of the URL is in no message."""
    store = HTTPStore(f"{web.url}/f.json?key=hunter2", headers={"Authorization": "Bearer hunter2"}, max_age=0)
    store.get_configuration()
    web.answer = lambda path, headers: (500, {}, b"hunter2")

    with pytest.raises(ConfigurationStoreError, match="the server answered 500") as caught:
        store.get_configuration()

    path, headers = web.requests[0]
    assert path == "/f.json?key=hunter2"
    assert headers["Authorization"] == "Bearer hunter2"
    assert headers["User-Agent"].startswith("lambda-powertools-feature-flags/")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_refuses_is_a_missing_permission(web, status):
    """HTTPStore: 401 and 403 are a StoreClientError."""
    web.answer = lambda path, headers: (status, {}, b"")

    with pytest.raises(StoreClientError, match=f"the server answered {status}"):
        HTTPStore(web.url).get_configuration()


def test_redirects_are_not_followed(web):
    """HTTPStore: a server cannot send the request elsewhere."""
    web.answer = lambda path, headers: (302, {"Location": f"{web.url}/elsewhere"}, b"")

    with pytest.raises(ConfigurationStoreError, match="the server answered 302"):
        HTTPStore(f"{web.url}/f.json").get_configuration()
    assert [path for path, _ in web.requests] == ["/f.json"]


def test_an_unchanged_document_is_not_sent_again(web):
    """HTTPStore: the ETag of the server is sent back, and a 304 means the document that is known."""

    def answer(path, headers):
        if headers.get("If-None-Match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"ETag": '"v1"'}, json.dumps(FEATURES).encode()

    web.answer = answer
    store = HTTPStore(web.url, max_age=0)

    assert store.get_configuration() is store.get_configuration()
    assert [headers.get("If-None-Match") for _, headers in web.requests] == [None, '"v1"']


def test_a_server_that_drips_is_given_up(web):
    """HTTPStore: the whole document must arrive within the timeout, however busy the line is."""
    stop = threading.Event()
    drip = [b" ", lambda: stop.wait(0.05)]
    web.answer = lambda path, headers: (200, {}, drip * 40)

    with pytest.raises(ConfigurationStoreError, match=r"did not arrive within 0.2 s|timed out|TimeoutError"):
        HTTPStore(web.url, timeout=0.2).get_configuration()
    stop.set()


def test_a_server_that_is_not_there_is_an_outage():
    """HTTPStore: nobody listening is a ConfigurationStoreError with its cause."""
    with pytest.raises(ConfigurationStoreError, match="the server cannot be reached: .*refused"):
        HTTPStore("http://127.0.0.1:9/f.json").get_configuration()


def test_a_timeout_must_be_positive():
    """HTTPStore: no time to wait is refused when the store is built."""
    with pytest.raises(ValueError, match="timeout is 0"):
        HTTPStore("https://flags.example", timeout=0)


def test_a_document_that_breaks_the_schema_is_loud(tmp_path):
    """Each store: reading succeeds, and the evaluator refuses the document."""
    path = tmp_path / "features.json"
    path.write_text('{"f": {"default": "yes"}}')

    with pytest.raises(SchemaValidationError, match="feature=f"):
        is_on(FileStore(path))

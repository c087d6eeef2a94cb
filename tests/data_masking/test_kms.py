"""Encryption with KMS: round trips, context, caching of data keys, and what goes wrong."""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.exceptions import (
    DataMaskingContextMismatchError,
    DataMaskingDecryptKeyError,
    DataMaskingDecryptValueError,
    DataMaskingEncryptKeyError,
    DataMaskingError,
)
from lambda_powertools.data_masking.provider.kms.aws_encryption_sdk import AWSEncryptionSDKProvider, KMSKeyProvider

SECRET = "4711-secret-card"
CONTEXT = {"tenant": "acme", "purpose": "test"}


def masking_of(*keys, **limits):
    return DataMasking(AWSEncryptionSDKProvider(keys=list(keys), **limits))


@pytest.fixture(autouse=True)
def _quiet_sdk():
    """Keep the tracebacks that the SDK logs out of the output."""
    logging.getLogger("aws_encryption_sdk").setLevel(logging.CRITICAL + 1)


@pytest.fixture
def calls(monkeypatch):
    """Note the operations of KMS that are called, with their user agents."""
    import botocore.httpsession

    noted = []
    send = botocore.httpsession.URLLib3Session.send

    def note(self, request):
        noted.append((request.headers["X-Amz-Target"], request.headers["User-Agent"]))
        return send(self, request)

    monkeypatch.setattr(botocore.httpsession.URLLib3Session, "send", note)
    return noted


def operations(calls):
    return [(name.decode() if isinstance(name, bytes) else name).removeprefix("TrentService.") for name, _ in calls]


@pytest.mark.parametrize(
    "data",
    ["text", "", '{"a": 1}', "Grüße 🔐", 7, 1.5, True, None, [], [1, {"a": None}], {"a": {"b": ["c"]}}],
    ids=repr,
)
def test_round_trip_gives_equal_data(key, data):
    """MASK-41: what is decrypted equals what was encrypted, and keeps its type."""
    masking = masking_of(key)

    encrypted = masking.encrypt(data, **CONTEXT)
    decrypted = masking.decrypt(encrypted, **CONTEXT)

    assert decrypted == data
    assert type(decrypted) is type(data)
    assert base64.b64encode(base64.b64decode(encrypted, validate=True)).decode() == encrypted


def test_tuple_comes_back_as_a_list_and_input_is_unchanged(key):
    """MASK-41, MASK-4: JSON knows no tuples; the caller's data stays what it is."""
    masking = masking_of(key)
    data = {"a": (1, 2)}

    assert masking.decrypt(masking.encrypt(data)) == {"a": [1, 2]}
    assert data == {"a": (1, 2)}


def test_serialisers_are_used(key):
    """MASK-62: the serialisers given to the provider write and read the data."""
    masking = masking_of(key, json_serializer=lambda data: f'["{data}"]', json_deserializer=lambda text: text.upper())

    assert masking.decrypt(masking.encrypt("abc")) == '["ABC"]'


@pytest.mark.parametrize(
    "context",
    [{}, {"tenant": "acme"}, {**CONTEXT, "more": "x"}, {**CONTEXT, "tenant": "evil"}],
    ids=["none", "subset", "superset", "other"],
)
def test_other_context_gives_no_plaintext(key, context):
    """MASK-43: the context has to be the same in full, and the error shows nothing of the data."""
    masking = masking_of(key)
    encrypted = masking.encrypt(SECRET, **CONTEXT)

    with pytest.raises(DataMaskingContextMismatchError) as failure:
        masking.decrypt(encrypted, **context)

    assert SECRET not in str(failure.value)


def test_order_of_the_context_does_not_matter(key):
    """MASK-43: the same pairs in another order are the same context, and none is fine, too."""
    masking = masking_of(key)

    assert masking.decrypt(masking.encrypt(1, a="1", b="2"), b="2", a="1") == 1
    assert masking.decrypt(masking.encrypt(2)) == 2


def test_context_helpers_are_callable_and_change_nothing():
    """MASK-43: the comparison ignores the SDK's own entry without taking it out of the header."""
    header = {"aws-crypto-public-key": "k", "a": "1"}

    KMSKeyProvider._compare_encryption_context(header, {"a": "1"})
    KMSKeyProvider._validate_encryption_context({"a": "1"})

    assert header == {"aws-crypto-public-key": "k", "a": "1"}


def test_provider_options_reach_the_sdk(key):
    """MASK-44: options are keywords of the SDK's client: a suite without signature makes a shorter message."""
    from aws_encryption_sdk.identifiers import AlgorithmSuite

    masking = masking_of(key)
    unsigned = AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY

    encrypted = masking.encrypt("x" * 1000, provider_options={"algorithm": unsigned, "frame_length": 128})

    assert base64.b64decode(encrypted)[1:3] == unsigned.algorithm_id.to_bytes(2, "big")
    assert masking.decrypt(encrypted, provider_options={"max_body_length": 2000}) == "x" * 1000
    with pytest.raises(DataMaskingDecryptValueError) as failure:
        masking.decrypt(encrypted, provider_options={"max_body_length": 10})
    assert failure.value.__cause__ is not None


def test_any_of_several_keys_decrypts(kms, key):
    """MASK-50: the data key is encrypted under each key, so one of them is enough."""
    other = kms.create_key()["KeyMetadata"]["Arn"]
    encrypted = masking_of(key, other).encrypt(SECRET)

    assert masking_of(other).decrypt(encrypted) == SECRET
    assert masking_of(key).decrypt(encrypted) == SECRET


@pytest.mark.parametrize(
    ("limits", "data_keys"),
    [
        pytest.param({}, 1, id="defaults"),
        pytest.param({"max_messages_encrypted": 2}, 2, id="messages"),
        pytest.param({"max_bytes_encrypted": 10}, 2, id="bytes"),
        pytest.param({"max_cache_age_seconds": 0.000001}, 4, id="age"),
    ],
)
def test_data_key_is_used_until_a_limit(key, calls, limits, data_keys):
    """MASK-50: four messages share a data key until a limit is passed."""
    masking = masking_of(key, **limits)

    for _ in range(4):
        masking.encrypt("abc")  # five bytes of JSON

    assert operations(calls) == ["GenerateDataKey"] * data_keys


def test_cache_holds_so_many_contexts(key, calls):
    """MASK-50: each context has its data key, as many as the cache has room for."""
    masking = masking_of(key, local_cache_capacity=1)

    for tenant in ("a", "a", "b", "a"):
        masking.encrypt("abc", tenant=tenant)

    assert operations(calls) == ["GenerateDataKey"] * 3


def test_machinery_is_made_once(key):
    """MASK-50: client, keys, cache and manager are the same for the life of the provider, also among threads."""
    provider = KMSKeyProvider([key], str, str)

    with ThreadPoolExecutor(4) as pool:
        managers = set(pool.map(lambda _: id(provider.cache_cmm), range(8)))

    assert managers == {id(provider.cache_cmm)}
    assert provider.client is provider.client
    assert provider.cache is provider.cache_cmm.cache
    assert provider.key_provider is provider.cache_cmm.master_key_provider
    assert provider.keys == [key]


def test_decrypting_asks_kms_each_time(key, calls):
    """MASK-51: only encryption is cached; who may decrypt is asked for each message."""
    masking = masking_of(key)
    encrypted = masking.encrypt("abc")
    calls.clear()

    masking.decrypt(encrypted)
    masking.decrypt(encrypted)

    assert operations(calls) == ["Decrypt", "Decrypt"]


def test_calls_carry_the_user_agent(key, calls):
    """MASK-52: each call of KMS names this package once, beside the SDK's own agent."""
    masking = masking_of(key)
    masking.decrypt(masking.encrypt("abc"))

    for _, agent in calls:
        text = agent.decode() if isinstance(agent, bytes) else agent
        assert text.count("lambda-powertools-data-masking/") == 1
        assert "AwsEncryptionSdkPython" in text
    assert len(calls) == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda key: key[:-4] + "0000",
        lambda key: key.rpartition(":")[0] + ":alias/none",
        lambda key: "alias/none",
        lambda key: "",
    ],
    ids=["unknown", "alias-arn", "alias", "empty"],
)
def test_unusable_key_cannot_encrypt(key, make):
    """MASK-53: the error says which kind of key is needed, chains the SDK's, and shows nothing of the data."""
    with pytest.raises(DataMaskingEncryptKeyError, match="ARN of a symmetric KMS key") as failure:
        masking_of(make(key)).encrypt(SECRET)

    assert type(failure.value.__cause__).__module__ == "aws_encryption_sdk.exceptions"
    assert SECRET not in str(failure.value)


def test_other_key_cannot_decrypt(kms, key):
    """MASK-53: without one of the keys used there is no plaintext; the SDK's error is the cause."""
    other = kms.create_key()["KeyMetadata"]["Arn"]
    encrypted = masking_of(key).encrypt(SECRET)

    with pytest.raises(DataMaskingDecryptKeyError, match="ARN of a symmetric KMS key") as failure:
        masking_of(other).decrypt(encrypted)

    assert type(failure.value.__cause__).__name__ == "DecryptKeyError"


@pytest.mark.parametrize("data", ["%%%", "abc", "aGVsbG8=", "", "é", None, 7, b"aGVsbG8=", {"a": 1}], ids=repr)
def test_what_is_no_message_cannot_be_decrypted(key, data):
    """MASK-53: something that was never encrypted is one error, whatever the SDK makes of it."""
    with pytest.raises(DataMaskingDecryptValueError, match="encrypted before") as failure:
        masking_of(key).decrypt(data)

    assert failure.value.__cause__ is not None


def test_no_changed_byte_goes_unnoticed(key):
    """MASK-53: wherever a message is changed or cut, it is refused; the SDK's error is chained in ours."""
    masking = masking_of(key)
    message = base64.b64decode(masking.encrypt(SECRET, **CONTEXT))
    changed = [message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :] for at in range(0, len(message), 7)]
    cut = [message[:at] for at in range(1, len(message), 41)]

    for tampered in changed + cut:
        with pytest.raises((DataMaskingDecryptValueError, DataMaskingDecryptKeyError)) as failure:
            masking.decrypt(base64.b64encode(tampered).decode(), **CONTEXT)
        assert failure.value.__cause__ is not None
        assert SECRET not in f"{failure.value}{failure.value.__cause__}"


def test_half_a_surrogate_pair_cannot_be_encrypted(key):
    """A text that UTF-8 cannot express is an error of the package, and no part of the chain holds the data."""
    with pytest.raises(DataMaskingError, match="surrogate") as failure:
        masking_of(key).encrypt(f"{SECRET}\ud800")

    assert failure.value.__cause__ is failure.value.__context__ is None


def test_message_without_json_is_refused_without_showing_it(key):
    """What somebody else encrypted and is no JSON is an error whose chain does not hold the plaintext."""
    provider = AWSEncryptionSDKProvider([key], json_serializer=lambda data: data)
    encrypted = DataMasking(provider).encrypt(SECRET)

    with pytest.raises(DataMaskingDecryptValueError, match="no JSON") as failure:
        masking_of(key).decrypt(encrypted)

    assert failure.value.__cause__ is failure.value.__context__ is None


def test_unreachable_kms_is_not_disguised(key, monkeypatch):
    """MASK-53: other errors of AWS go through as they are."""
    from botocore.exceptions import EndpointConnectionError

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with pytest.raises(EndpointConnectionError):
        masking_of(key).encrypt(SECRET)


def test_making_a_provider_loads_and_looks_up_nothing():
    """MASK-55: neither making the provider nor erasing with it imports AWS libraries."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from lambda_powertools.data_masking import DataMasking\n"
        "from lambda_powertools.data_masking.provider.kms import AWSEncryptionSDKProvider\n"
        "masking = DataMasking(AWSEncryptionSDKProvider(keys=['arn:aws:kms:eu-west-1:123456789012:key/1']))\n"
        "masking.erase({'a': 1}, dynamic_mask=True)\n"
        "heavy = {'aws_encryption_sdk', 'boto3', 'botocore', 'cryptography', 'jsonpath_ng', 'json', 'inspect'}\n"
        "print(sorted(heavy & (set(sys.modules) - before)))\n"
    )

    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_many_threads_share_a_provider(key):
    """MASK-50: encrypting and decrypting in threads gives each its own data."""
    masking = masking_of(key)

    def round_trip(number):
        return masking.decrypt(masking.encrypt({"n": number}, tenant=str(number % 3)), tenant=str(number % 3))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(round_trip, range(24))) == [{"n": number} for number in range(24)]

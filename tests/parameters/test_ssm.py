from __future__ import annotations

import local_servers
import pytest
from botocore.exceptions import ClientError

from lambda_powertools import parameters
from lambda_powertools.parameters import (
    GetParameterError,
    SetParameterError,
    get_parameter,
    get_parameters,
    set_parameter,
)


def test_a_parameter_is_fetched_once(ssm, path):
    """PRM-30: one GetParameter for the first call, none while the value is live."""
    ssm.client.put_parameter(Name=f"{path}/url", Value="https://shop.example", Type="String")
    ssm.sent.clear()

    assert get_parameter(f"{path}/url") == "https://shop.example"
    assert get_parameter(f"{path}/url") == "https://shop.example"
    assert parameters.DEFAULT_PROVIDERS["ssm"].get(f"{path}/url") == "https://shop.example"

    assert ssm.sent == [("GetParameter", {"Name": f"{path}/url", "WithDecryption": False})]


@pytest.mark.parametrize(
    ("argument", "environment", "expected"),
    [(None, None, False), (None, "yes", True), (False, "yes", False), (True, None, True)],
)
def test_decryption_comes_from_the_argument_or_the_environment(ssm, path, monkeypatch, argument, environment, expected):
    """PRM-30: decrypt is the argument, then POWERTOOLS_PARAMETERS_SSM_DECRYPT, then no."""
    if environment:
        monkeypatch.setenv("POWERTOOLS_PARAMETERS_SSM_DECRYPT", environment)
    ssm.client.put_parameter(Name=f"{path}/key", Value="open sesame", Type="SecureString")
    ssm.sent.clear()

    value = get_parameter(f"{path}/key", decrypt=argument)
    get_parameters(path, decrypt=argument)

    assert (value == "open sesame") is expected
    assert [body["WithDecryption"] for _, body in ssm.sent] == [expected, expected]


def test_ciphertext_never_answers_for_the_decrypted_value(ssm, path):
    """PRM-6: reading with and without decryption are two entries."""
    ssm.client.put_parameter(Name=f"{path}/key", Value="open sesame", Type="SecureString")

    assert get_parameter(f"{path}/key", decrypt=False) != "open sesame"
    assert get_parameter(f"{path}/key", decrypt=True) == "open sesame"
    assert get_parameter(f"{path}/key", decrypt=False) != "open sesame"


def test_our_own_arguments_win_over_options_of_the_sdk(ssm, path):
    """PRM-9: an option that says Name or WithDecryption again is overridden."""
    ssm.client.put_parameter(Name=f"{path}/a", Value="1", Type="String")
    ssm.sent.clear()

    assert get_parameter(f"{path}/a", Name="/other", WithDecryption=True) == "1"
    assert ssm.sent == [("GetParameter", {"Name": f"{path}/a", "WithDecryption": False})]


def test_paths_are_read_to_the_last_page(ssm, path):
    """PRM-31: all pages, by the rest of the name; recursive unless told otherwise."""
    names = [f"{path}/n{number:02}" for number in range(11)] + [f"{path}/deep/er"]
    for name in names:
        ssm.client.put_parameter(Name=name, Value=name[-2:], Type="String")

    found = get_parameters(path, MaxResults=3)

    assert found == {**{f"n{number:02}": f"{number:02}" for number in range(11)}, "deep/er": "er"}
    assert "deep/er" not in get_parameters(path, recursive=False)
    assert "deep/er" not in parameters.SSMProvider(boto3_client=ssm.client).get_multiple(path)
    assert get_parameters(f"{path}/") == found


def test_an_empty_path_is_a_result_like_others(ssm, path):
    """PRM-31: nothing found is an empty dict, which is kept."""
    assert get_parameters(path) == {} == get_parameters(path)
    assert ssm.operations == ["GetParametersByPath"]


def test_an_unknown_parameter_has_the_service_s_error_as_its_cause(ssm, path):
    """PRM-8: the text and the exception of AWS are there."""
    with pytest.raises(GetParameterError, match="ParameterNotFound") as caught:
        get_parameter(f"{path}/nothing")

    assert isinstance(caught.value.__cause__, ClientError)


def test_a_service_out_of_reach_is_chained():
    """PRM-8: what keeps the SDK from calling is the cause as well."""
    client = local_servers.client("ssm", "http://127.0.0.1:9")
    provider = parameters.SSMProvider(boto3_client=client)

    with pytest.raises(GetParameterError, match="Could not connect") as caught:
        provider.get("/a")

    assert type(caught.value.__cause__).__name__ == "EndpointConnectionError"


def test_parameters_are_written(ssm, path):
    """PRM-35: value, type, tier, description and SDK options arrive; the service's answer comes back."""
    answer = set_parameter(f"{path}/a", "1", description="first", tier="Advanced", DataType="text")

    assert (answer["Version"], answer["Tier"]) == (1, "Advanced")
    assert ssm.sent == [
        (
            "PutParameter",
            {
                "Name": f"{path}/a",
                "Value": "1",
                "Overwrite": False,
                "Type": "String",
                "Tier": "Advanced",
                "Description": "first",
                "DataType": "text",
            },
        )
    ]


def test_a_key_is_named_only_when_given(ssm, path):
    """PRM-35: KeyId is sent with kms_key_id, and an SDK option wins over a default."""
    set_parameter(f"{path}/a", "1", parameter_type="SecureString", kms_key_id="alias/aws/ssm", Tier="Standard")

    assert ssm.sent[0][1]["KeyId"] == "alias/aws/ssm"


def test_a_list_is_joined(ssm, path):
    """PRM-35: the list of a StringList is written with commas."""
    set_parameter(f"{path}/hosts", ["a.example", "b.example"], parameter_type="StringList")

    assert get_parameter(f"{path}/hosts") == "a.example,b.example"


def test_writing_an_existing_parameter_needs_overwrite(ssm, path):
    """PRM-35: what the service refuses is a SetParameterError with the cause's text, chained."""
    set_parameter(f"{path}/a", "1")

    with pytest.raises(SetParameterError, match="ParameterAlreadyExists") as caught:
        set_parameter(f"{path}/a", "2")

    assert isinstance(caught.value.__cause__, ClientError)
    assert set_parameter(f"{path}/a", "2", overwrite=True)["Version"] == 2


def test_a_value_of_the_wrong_kind_is_not_quoted(ssm, path):
    """PRM-35: the error about a value that is no text tells its type, not the value."""
    with pytest.raises(SetParameterError, match="its value is a bytes") as caught:
        set_parameter(f"{path}/a", b"hunter2-hunter2")

    assert "hunter2" not in str(caught.value)
    assert ssm.sent == []


def test_writing_forgets_every_cached_form(ssm, path):
    """PRM-36: after set, neither the value, nor its decoded form, nor a path that holds it is served as it was."""
    set_parameter(f"{path}/a", "1")
    set_parameter(f"{path}/b", "1")
    for _ in range(2):
        get_parameter(f"{path}/a")
        get_parameter(f"{path}/a", transform="json", decrypt=True)
        get_parameters(path)
        get_parameter(f"{path}/b")
    ssm.sent.clear()

    set_parameter(f"{path}/a", "2", overwrite=True)

    assert get_parameter(f"{path}/a") == "2"
    assert get_parameter(f"{path}/a", transform="json", decrypt=True) == 2
    assert get_parameters(path) == {"a": "2", "b": "1"}
    assert get_parameter(f"{path}/b") == "1"
    assert ssm.operations == ["PutParameter", "GetParameter", "GetParameter", "GetParametersByPath"]


def test_the_helpers_hand_resolved_values_to_a_provider_of_one_s_own(monkeypatch):
    """PRM-10: a provider in the registry is used as it is, and is given a number and a bool."""
    seen = []

    class Own(parameters.BaseProvider):
        def get(self, name, **options):
            seen.append(options)
            return name

        def _get(self, name, **sdk_options): ...

        def _get_multiple(self, path, **sdk_options): ...

    monkeypatch.setenv("POWERTOOLS_PARAMETERS_MAX_AGE", "9")
    parameters.DEFAULT_PROVIDERS["ssm"] = Own()

    assert get_parameter("a") == "a"
    assert seen == [{"max_age": 9, "transform": None, "decrypt": False, "force_fetch": False}]


def test_the_provider_s_class_is_looked_up_in_the_helper_s_module(monkeypatch, shelf):
    """PRM-10: replacing class and registry in parameters.ssm is enough for a test double."""
    monkeypatch.setattr(parameters.ssm, "DEFAULT_PROVIDERS", {})
    monkeypatch.setattr(parameters.ssm, "SSMProvider", lambda: shelf({"a": "double"}))

    assert get_parameter("a") == "double"
    assert parameters.DEFAULT_PROVIDERS == {}

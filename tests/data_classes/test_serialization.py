import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.data_classes import base64_decode, base64_encode, base64_from_json, base64_from_str
from lambda_powertools.data_classes.shared_functions import base64_decode as shared_base64_decode


@given(st.text())
def test_text_comes_back(text):
    """Section 2.2: text in, base64 of its UTF-8 bytes out, and back."""
    encoded = base64_encode(text)

    assert encoded == base64_from_str(text) == base64.b64encode(text.encode()).decode()
    assert base64_decode(encoded) == shared_base64_decode(encoded) == text


def test_json():
    """Section 2.2: JSON is written by json.dumps or by the serializer that is given."""
    assert base64_decode(base64_from_json({"a": 1})) == '{"a": 1}'
    assert base64_decode(base64_from_json({"a": 1}, json_serializer=repr)) == "{'a': 1}"


@pytest.mark.parametrize("text", ["a", "é"])
def test_what_is_no_base64(text):
    """Section 4: the decoder's error is not wrapped."""
    with pytest.raises(ValueError):
        base64_decode(text)

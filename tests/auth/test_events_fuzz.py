"""Whatever event arrives, it is answered or refused by the package's exceptions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_powertools.auth import AuthConfigError
from lambda_powertools.auth.plugin import AuthPlugin
from lambda_powertools.core import Registry, powertools

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
VALUE = JSON | st.sampled_from(
    ["Bearer a.b.c", "bearer x", "Bearer", "Basic a", " ", "Bearer \u00e9.b.c", "Bearer\ta.b.c"]
)
HEADERS = JSON | st.dictionaries(st.sampled_from(["Authorization", "authorization", "Host"]), VALUE | st.lists(VALUE))
HTTP_EVENT = JSON | st.fixed_dictionaries(
    {}, optional={"headers": HEADERS, "multiValueHeaders": HEADERS, "requestContext": JSON, "version": JSON}
)
ARNS = st.sampled_from(["arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/", "*"]) | JSON
AUTHORIZER_EVENT = st.fixed_dictionaries(
    {"type": st.sampled_from(["TOKEN", "REQUEST"]) | JSON},
    optional={
        "version": st.just("2.0") | JSON,
        "methodArn": ARNS,
        "routeArn": ARNS,
        "authorizationToken": VALUE,
        "headers": HEADERS,
    },
)


@FUZZ
@given(event=HTTP_EVENT)
def test_any_http_event_is_refused(verifier, event):
    """No event without a valid token gets to the handler, and none makes it fail."""
    registry = Registry()
    registry.register(AuthPlugin)

    @powertools(registry=registry, auth=verifier)
    def handler(event, context):
        pytest.fail("it got through")

    answer = handler(event, None)

    assert answer["statusCode"] == 401
    headers = answer.get("headers") or {name: one[0] for name, one in answer["multiValueHeaders"].items()}
    assert headers["WWW-Authenticate"].startswith("Bearer")


@FUZZ
@given(event=AUTHORIZER_EVENT, response_format=st.sampled_from(["iam", "simple"]))
def test_any_authorizer_event_is_denied_or_a_mistake(verifier, event, response_format):
    """An authorizer denies what it cannot verify, and says so where it was asked wrongly."""
    try:
        answer = verifier.authorize(event, response_format=response_format)
    except AuthConfigError:
        return

    if response_format == "simple":
        assert answer == {"isAuthorized": False}
    else:
        assert answer["policyDocument"]["Statement"][0]["Effect"] == "Deny"

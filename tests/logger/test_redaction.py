import json
import logging
import re
import time
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.core.secrets import register_secret
from lambda_powertools.logger import Logger, LoggerBufferConfig, Redaction
from lambda_powertools.logger.formatter import BasePowertoolsFormatter, LambdaPowertoolsFormatter

SECRET = "hunter2"
MASK = "*****"


def test_nothing_is_redacted_by_default(logger, output):
    """Redaction is off unless asked for."""
    logger.info({"password": SECRET}, token=SECRET)
    assert output.last["message"] == {"password": SECRET}
    assert output.last["token"] == SECRET


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "Password",
        "PASSWORD",
        "pass_word",
        "passwd",
        "secret",
        "client_secret",
        "clientSecret",
        "aws_secret_access_key",
        "token",
        "access-token",
        "refreshToken",
        "authorization",
        "Authorization",
        "Proxy-Authorization",
        "api_key",
        "apiKey",
        "api key",
        "x-api-key",
        "X-Api-Key",
        "cookie",
        "Set-Cookie",
        "card_number",
        "creditCard",
        "cvv",
        "db.password",
        "private_key",
    ],
)
def test_default_list_hides_keys_of_this_name(make, output, key):
    """redact=True hides the value of a key whatever its case and separators: at the top, nested, and in the message."""
    logger = make(redact=True)
    logger.append_keys(**{key: SECRET})
    logger.info({"headers": [{key: [SECRET]}], key: {"inner": SECRET}}, nested={"deep": [{key: SECRET}]})
    logger.info("x", extra={key: SECRET})
    assert SECRET not in output.getvalue()
    assert output.records[0]["message"] == {"headers": [{key: MASK}], key: MASK}
    assert output.records[1][key] == MASK


@pytest.mark.parametrize(
    "key", ["passenger", "tokens_used", "secretary", "author", "cookies_accepted", "id", "pwdx", "message_id"]
)
def test_default_list_leaves_other_keys_alone(make, output, key):
    """A name that only begins like one of the list is none of it."""
    make(redact=True).info("x", extra={key: "visible"})
    assert output.last[key] == "visible"


@pytest.mark.parametrize(
    "text",
    [
        f"password={SECRET}",
        f"password = {SECRET}, user=bob",
        f"Password: {SECRET}",
        f"connecting with passwd='{SECRET}' to db",
        f'{{"password": "{SECRET}", "user": "bob"}}',
        f'{{"password": "a\\"{SECRET}", "user": "bob"}}',
        f'{{\\"password\\": \\"{SECRET}\\"}}',
        f'{{"Body": "{{\\"apiKey\\":\\"{SECRET}\\"}}"}}',
        f"{{'token': '{SECRET}'}}",
        f'{{"Authorization": ["Bearer {SECRET}"]}}',
        f"Authorization: Bearer {SECRET}",
        f"Authorization: Basic abc {SECRET}\r\nHost: x",
        f"Cookie: a=b; session={SECRET}",
        f"https://example.com/?user=bob&access_token={SECRET}&x=1",
        f"login(user='bob', password=b'{SECRET}')",
        f"api_key=>{SECRET}",
        f'secret="{SECRET} cut off',
    ],
)
def test_default_list_hides_values_inside_of_texts(make, output, text):
    """name=value and "name": "value" are hidden in messages, keys and exceptions, in any notation of JSON or Python."""
    logger = make(redact=True)
    logger.info(text, note=text, nested=[{"body": text}])
    logger.info("said: %s", text)
    try:
        raise ValueError(text)
    except ValueError:
        logger.exception("failed")
    assert SECRET not in output.getvalue()
    assert len(output.records) == 3


def test_what_surrounds_a_hidden_value_is_kept(make, output):
    """Only the value itself is masked."""
    make(redact=True).info("for bob: password=hunter2, retry in 5 s")
    assert output.last["message"] == f"for bob: password={MASK}, retry in 5 s"


def test_frames_of_the_stack_trace_are_redacted(make, output):
    """A secret in a line of source code, in the exception and in its stack trace is hidden."""

    def login(password):
        raise ValueError(f"no login with password={password}")

    try:
        login(password="hunter2")
    except ValueError:
        make(redact=True).exception("failed")
    record = output.last
    assert SECRET not in json.dumps(record)
    assert record["stack_trace"]["value"] == f"no login with password={MASK}"
    assert any(MASK in frame["statement"] for frame in record["stack_trace"]["frames"])


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("paid with 4111111111111111 today", True),
        ("4111 1111 1111 1111", True),
        ("3782-822463-10005", True),
        ("5555555555554444.", True),
        ("4111111111111112", False),  # the check digit is wrong
        ("1588697400123", False),
        ("arn:aws:lambda:eu-west-1:123456789012:function:orders", False),
        ("2024-05-03 11:47:12,494+0000", False),
    ],
)
def test_payment_cards_are_recognised(make, output, text, hidden):
    """A number that is a payment card's is hidden wherever it stands; other numbers stay."""
    make(redact=True).info(text)
    message = str(output.last["message"])
    assert (MASK in message) is hidden
    assert ("1111" in message and "4111111111111112" not in message) <= (not hidden)


def test_payment_card_as_a_number_is_hidden(make, output):
    """An int is looked at, too; other ints stay numbers."""
    make(redact=True).info("x", card=4111111111111111, created=1588697400123, flag=True)
    assert (output.last["card"], output.last["created"], output.last["flag"]) == (MASK, 1588697400123, True)


def test_event_is_redacted(make, output, context):
    """The event that is logged shows no secret of its headers or body."""
    logger = make(redact=True)

    @logger.inject_lambda_context(log_event=True)
    def handler(event, context):
        pass

    event = {"headers": {"Authorization": f"Bearer {SECRET}"}, "body": f'{{"password":"{SECRET}"}}', "path": "/login"}
    handler(event, context)
    assert SECRET not in output.getvalue()
    assert output.last["message"]["path"] == "/login"
    assert event["headers"]["Authorization"] == f"Bearer {SECRET}"  # what is logged is a copy


def test_own_keys_and_patterns(make, output):
    """Names match exactly, but for case and separators; a pattern hides what it matches in every text."""
    logger = make(redact=["iban", re.compile(r"cus_\w+")])
    logger.info("cus_42 and order_id=7", IBAN="DE02", my_iban="DE03", password="visible", nested={"c": ["cus_43"]})
    logger.info("iban=DE02 my_iban=DE03")
    first, second = output.records
    assert first["message"] == f"{MASK} and order_id=7"
    assert (first["IBAN"], first["my_iban"], first["password"]) == (MASK, "DE03", "visible")
    assert first["nested"] == {"c": [MASK]}
    assert second["message"] == f"iban={MASK} my_iban=DE03"


def test_redaction_object_combines_all(make, output):
    """Redaction takes keys, patterns, the default list and another mask."""
    redaction = Redaction(keys=["iban"], patterns=[re.compile(r"\d{4}")], defaults=True, mask=r"\1")
    make(redact=redaction, timestamp=None, location=None).info("password=x in 2024", iban="DE02", token="t")
    record = output.last
    assert record["message"] == r"password=\1 in \1"
    assert (record["iban"], record["token"]) == (r"\1", r"\1")


@pytest.mark.parametrize("value", ["password", b"x", 7, [7], [re], {"a": 1}.items()], ids=repr)
def test_wrong_redact_value_is_an_error(service, value):
    """What is neither True, names, patterns nor a Redaction is refused when the logger is made."""
    with pytest.raises(TypeError, match="redact"):
        Logger(service=service, redact=value)


@pytest.mark.parametrize("value", [None, False])
def test_redact_can_be_switched_off(make, output, value):
    """None and False mean no redaction."""
    make(redact=value).info("x", password=SECRET)
    assert output.last["password"] == SECRET


def test_values_of_other_types_are_redacted_as_they_are_written(make, output):
    """An object is written as its text, and that text is redacted; a datetime is what str makes of it."""

    class Client:
        def __str__(self):
            return f"Client(api_key={SECRET})"

    now = datetime(2024, 5, 3, tzinfo=timezone.utc)
    make(redact=True).info("x", client=Client(), when=now, items={SECRET: 1}, key_of_none={"password": None})
    assert output.last["client"] == f"Client(api_key={MASK})"
    assert output.last["when"] == str(now)
    assert output.last["key_of_none"] == {"password": None}


def test_circular_values_are_redacted_in_finite_time(make, output):
    """A structure that contains itself twice ends in a marker, not in a hang."""
    value = []
    value += [value, value, {"password": SECRET}]
    make(redact=True).info("x", value=value)
    assert output.last["value"] == ["<circular list>", "<circular list>", {"password": MASK}]


def test_buffered_statements_are_redacted(make, output, monkeypatch):
    """What comes out of the buffer is as redacted as what never was in it."""
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3")
    logger = make(redact=True, buffer_config=LoggerBufferConfig())
    logger.debug("password=hunter2", token=SECRET)
    logger.flush_buffer()
    assert SECRET not in output.getvalue()


def test_serializer_gets_the_redacted_record(service, output):
    """A custom serializer, and an overridden serialize, never see what is hidden."""
    seen = []

    class Spy(LambdaPowertoolsFormatter):
        def serialize(self, log):
            seen.append(log)
            return super().serialize(log)

    formatter = Spy(json_serializer=json.dumps)
    Logger(service=service, stream=output, logger_formatter=formatter, redact=True).info("x", password=SECRET)
    assert seen[0]["password"] == output.last["password"] == MASK


def test_formatter_takes_redact_itself(output):
    """LambdaPowertoolsFormatter(redact=True) is what Logger(redact=True) sets."""
    record = logging.makeLogRecord({"msg": "password=hunter2", "levelname": "INFO"})
    assert SECRET not in LambdaPowertoolsFormatter(redact=True).format(record)


def test_formatter_that_cannot_redact_is_reported(service):
    """Asking a formatter from scratch to redact warns: it would be written in plain text."""

    class Scratch(BasePowertoolsFormatter):
        def append_keys(self, **keys):
            pass

        def clear_state(self):
            pass

    with pytest.warns(PowertoolsUserWarning, match="redact has no effect with the formatter Scratch"):
        Logger(service=service, logger_formatter=Scratch(), redact=True)


@pytest.mark.parametrize("redact", [None, True])
@pytest.mark.parametrize("secret", ["s3cr3t-value", 'with "quotes" and \\', "zeile\numbruch", "schlüssel"])
def test_registered_secrets_are_always_masked(make, output, redact, secret):
    """Values in core's register of secrets are masked in everything written, redaction asked for or not."""
    logger = make(redact=redact)
    logger.append_keys(persistent=secret)
    register_secret(secret)
    logger.info("using %s", secret, nested=[{"value": secret}])
    try:
        raise ValueError(secret)
    except ValueError:
        logger.exception(secret)
    assert len(output.records) == 2
    for record in output.records:
        assert secret not in json.dumps(record, ensure_ascii=False)
        assert secret not in str(record)
    assert output.records[0]["persistent"] == MASK


def test_failure_report_on_stderr_shows_no_secret(make, capsys):
    """A statement whose arguments do not fit is reported by logging, without what it would have masked."""
    logger = make(redact=True)
    logging.getLogger(logger.name).propagate = False  # pytest's own handler raises
    logger.info("password=hunter2 %s %s", SECRET)  # noqa: PLE1206  # that is the case
    report = capsys.readouterr().err
    assert "not enough arguments" in report
    assert f"password={MASK}" in report
    assert "Arguments: (not shown)" in report


@given(st.text(alphabet=st.sampled_from("password=:\"'\\ {}[]a1,-_"), max_size=300))
def test_texts_are_redacted_in_linear_time(text):
    """No text makes the patterns run wild, and redacting twice changes nothing more."""
    redaction = Redaction(defaults=True)
    started = time.process_time()
    once = redaction.text(text * 20)
    assert time.process_time() - started < 1
    assert isinstance(once, str)


@pytest.mark.parametrize("text", ["password" * 5000, 'token="' * 5000, "\\" * 50000, "4" * 50000, "api key " * 5000])
def test_hostile_texts_take_no_time(text):
    """Fifty thousand characters made to upset the patterns are done within a second."""
    started = time.process_time()
    Redaction(keys=["a-b-c"], defaults=True).text(text)
    assert time.process_time() - started < 1

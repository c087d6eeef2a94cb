"""Events of Amazon SES that tell of incoming mail.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import (
    default,
    first_wrapped,
    flag,
    optional,
    required,
    wrapped,
    wrapped_iter,
)
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from lambda_powertools.data_classes._fields import Field


class SESMailHeader(DictWrapper):
    """One header of a mail."""

    name = required("name", str)
    value = required("value", str)


class SESMailCommonHeaders(DictWrapper):
    """The headers that most mails have."""

    return_path = required("returnPath", str)
    get_from = required("from", list[str])
    date = required("date", str)
    to = required("to", list[str])
    cc = default("cc", list[str])
    bcc = default("bcc", list[str])
    sender = default("sender", list[str])
    reply_to = default("replyTo", list[str])

    @property
    def message_id(self) -> str:
        """The id that the sender gave the mail."""
        return str(self._data["messageId"])

    @property
    def subject(self) -> str:
        """The subject."""
        return str(self._data["subject"])


class SESMail(DictWrapper):
    """A mail; its body is where the receipt rule put it, not in the event."""

    timestamp = required("timestamp", str)
    source = required("source", str)
    message_id = required("messageId", str, doc="The id that SES gave the mail.")
    destination = required("destination", list[str])
    headers_truncated = flag("headersTruncated")
    headers = wrapped_iter("headers", SESMailHeader)
    common_headers = wrapped("commonHeaders", SESMailCommonHeaders)


class SESReceiptStatus(DictWrapper):
    """The verdict of one check."""

    status: Field[Literal["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"]] = required("status")


class SESReceiptAction(DictWrapper):
    """The action of the receipt rule that called the function."""

    get_type = required("type", str)
    topic_arn = optional("topicArn", str)
    function_arn = required("functionArn", str)
    invocation_type = required("invocationType", str)


class SESReceipt(DictWrapper):
    """How the mail was received and what the checks say of it."""

    timestamp = required("timestamp", str)
    processing_time_millis = required("processingTimeMillis", int)
    recipients = required("recipients", list[str])
    spam_verdict = wrapped("spamVerdict", SESReceiptStatus)
    virus_verdict = wrapped("virusVerdict", SESReceiptStatus)
    spf_verdict = wrapped("spfVerdict", SESReceiptStatus)
    dkim_verdict = wrapped("dkimVerdict", SESReceiptStatus)
    dmarc_verdict = wrapped("dmarcVerdict", SESReceiptStatus)
    dmarc_policy: Field[Literal["NONE", "QUARANTINE", "REJECT"] | None] = optional("dmarcPolicy")
    action = wrapped("action", SESReceiptAction)


class SESMessage(DictWrapper):
    """The mail and its receipt."""

    mail = wrapped("mail", SESMail)
    receipt = wrapped("receipt", SESReceipt)


class SESEventRecord(DictWrapper):
    """One incoming mail."""

    event_source = required("eventSource", str)
    event_version = required("eventVersion", str)
    ses = wrapped("ses", SESMessage)


class SESEvent(DictWrapper):
    """Incoming mail.

    Example:
        >>> ses = {"mail": {"commonHeaders": {"subject": "Hi"}}, "receipt": {"spamVerdict": {"status": "PASS"}}}
        >>> event = SESEvent({"Records": [{"ses": ses}]})
        >>> event.mail.common_headers.subject, event.receipt.spam_verdict.status
        ('Hi', 'PASS')
    """

    records = wrapped_iter("Records", SESEventRecord)
    record = first_wrapped("Records", SESEventRecord)

    @property
    def mail(self) -> SESMail:
        """The mail of the first record."""
        return self.record.ses.mail

    @property
    def receipt(self) -> SESReceipt:
        """The receipt of the first record."""
        return self.record.ses.receipt

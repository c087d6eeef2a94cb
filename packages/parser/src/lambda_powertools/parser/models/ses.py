# ruff: noqa: N815  # the names are the keys of the event
"""Events of mail that SES received.

The format: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html
"""

from datetime import datetime
from typing import Literal

from pydantic import AliasChoices, Field, PositiveInt

from lambda_powertools.parser._model import EventModel


class SesReceiptVerdict(EventModel):
    """The outcome of one check."""

    status: Literal["PASS", "FAIL", "GRAY", "PROCESSING_FAILED"]


class SesReceiptAction(EventModel):
    """The action that called the function."""

    type: Literal["Lambda"]
    invocationType: Literal["Event"]
    functionArn: str


class SesReceipt(EventModel):
    """What the checks found."""

    timestamp: datetime
    processingTimeMillis: PositiveInt
    recipients: list[str]
    spamVerdict: SesReceiptVerdict
    virusVerdict: SesReceiptVerdict
    spfVerdict: SesReceiptVerdict
    dmarcVerdict: SesReceiptVerdict
    action: SesReceiptAction


class SesMailHeaders(EventModel):
    """One header."""

    name: str
    value: str


class SesMailCommonHeaders(EventModel):
    """The headers that most mails have, parsed."""

    header_from: list[str] = Field(alias="from")
    to: list[str]
    cc: list[str] | None = None
    bcc: list[str] | None = None
    sender: list[str] | None = None
    reply_to: list[str] | None = Field(
        default=None,
        validation_alias=AliasChoices("replyTo", "reply-to", "reply_to"),
        serialization_alias="replyTo",
    )
    returnPath: str
    messageId: str
    date: str
    subject: str


class SesMail(EventModel):
    """The mail without its body."""

    timestamp: datetime
    source: str
    messageId: str
    destination: list[str]
    headersTruncated: bool
    headers: list[SesMailHeaders]
    commonHeaders: SesMailCommonHeaders


class SesMessage(EventModel):
    """The mail, and what the checks found."""

    mail: SesMail
    receipt: SesReceipt


class SesRecordModel(EventModel):
    """One mail."""

    eventSource: Literal["aws:ses"]
    eventVersion: str
    ses: SesMessage


class SesModel(EventModel):
    """Mails that were received."""

    Records: list[SesRecordModel]

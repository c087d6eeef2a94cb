"""Events of SQS whose messages hold S3 event notifications.

The format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
"""

from pydantic import Json

from lambda_powertools.parser.models.s3 import S3Model
from lambda_powertools.parser.models.sqs import SqsModel, SqsRecordModel


class S3SqsEventNotificationRecordModel(SqsRecordModel):
    """One message, its body the notifications."""

    body: Json[S3Model]


class S3SqsEventNotificationModel(SqsModel):
    """Messages that hold notifications."""

    Records: list[S3SqsEventNotificationRecordModel]

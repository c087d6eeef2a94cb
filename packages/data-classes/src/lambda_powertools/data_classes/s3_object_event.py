"""Events of S3 Object Lambda.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import case_insensitive, optional_wrapped, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper


class S3ObjectContext(DictWrapper):
    """Where the function gets the object from, and where it sends the transformed one to."""

    input_s3_url = required("inputS3Url", str, doc="A presigned URL of the object.")
    output_route = required("outputRoute", str)
    output_token = required("outputToken", str)


class S3ObjectConfiguration(DictWrapper):
    """How the access point is set up."""

    access_point_arn = required("accessPointArn", str)
    supporting_access_point_arn = required("supportingAccessPointArn", str)
    payload = required("payload", str, doc="The text that the access point holds for the function.")


class S3ObjectUserRequest(DictWrapper):
    """The request of the client."""

    url = required("url", str)
    headers = case_insensitive("headers")


class S3ObjectSessionIssuer(DictWrapper):
    """Who issued temporary credentials."""

    get_type = required("type", str)
    user_name = required("userName", str)
    principal_id = required("principalId", str)
    arn = required("arn", str)
    account_id = required("accountId", str)


class S3ObjectSessionAttributes(DictWrapper):
    """When and how temporary credentials were issued."""

    creation_date = required("creationDate", str)
    mfa_authenticated = required("mfaAuthenticated", str)


class S3ObjectSessionContext(DictWrapper):
    """The session of a client with temporary credentials."""

    session_issuer = wrapped("sessionIssuer", S3ObjectSessionIssuer)
    attributes = wrapped("attributes", S3ObjectSessionAttributes)


class S3ObjectUserIdentity(DictWrapper):
    """Who made the request.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """

    get_type = required("type", str)
    account_id = required("accountId", str)
    access_key_id = required("accessKeyId", str)
    user_name = required("userName", str)
    principal_id = required("principalId", str)
    arn = required("arn", str)
    session_context = optional_wrapped("sessionContext", S3ObjectSessionContext)


class S3ObjectLambdaEvent(DictWrapper):
    """A request for an object that the function transforms.

    Example:
        >>> context = {"inputS3Url": "https://example.com/o", "outputRoute": "r", "outputToken": "t"}
        >>> event = S3ObjectLambdaEvent({"getObjectContext": context, "userRequest": {"headers": {"Host": "h"}}})
        >>> event.request_route, event.request_token, event.user_request.headers["host"]
        ('r', 't', 'h')
    """

    request_id = required("xAmzRequestId", str)
    object_context = wrapped("getObjectContext", S3ObjectContext)
    configuration = wrapped("configuration", S3ObjectConfiguration)
    user_request = wrapped("userRequest", S3ObjectUserRequest)
    user_identity = wrapped("userIdentity", S3ObjectUserIdentity)
    request_route = required(("getObjectContext", "outputRoute"), str, doc="For `WriteGetObjectResponse`.")
    request_token = required(("getObjectContext", "outputToken"), str, doc="For `WriteGetObjectResponse`.")
    input_s3_url = required(("getObjectContext", "inputS3Url"), str, doc="A presigned URL of the object.")
    protocol_version = required("protocolVersion", str)

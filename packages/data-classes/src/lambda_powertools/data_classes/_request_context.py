"""The request contexts of API Gateway, which the proxy events and the authorizer events share."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import optional, optional_wrapped, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper


class RequestContextClientCert(DictWrapper):
    """The client's certificate of a connection with mutual TLS."""

    client_cert_pem = required("clientCertPem", str)
    issuer_dn = required("issuerDN", str)
    serial_number = required("serialNumber", str)
    subject_dn = required("subjectDN", str)
    validity_not_after = required(("validity", "notAfter"), str)
    validity_not_before = required(("validity", "notBefore"), str)


class APIGatewayEventIdentity(DictWrapper):
    """Who called a REST API."""

    access_key = optional("accessKey", str)
    account_id = optional("accountId", str)
    api_key = optional("apiKey", str)
    api_key_id = optional("apiKeyId", str)
    caller = optional("caller", str)
    cognito_authentication_provider = optional("cognitoAuthenticationProvider", str)
    cognito_authentication_type = optional("cognitoAuthenticationType", str)
    cognito_identity_id = optional("cognitoIdentityId", str)
    cognito_identity_pool_id = optional("cognitoIdentityPoolId", str)
    principal_org_id = optional("principalOrgId", str)
    source_ip = required("sourceIp", str)
    user = optional("user", str)
    user_agent = optional("userAgent", str)
    user_arn = optional("userArn", str)
    client_cert = optional_wrapped("clientCert", RequestContextClientCert)


class BaseRequestContext(DictWrapper):
    """The request context of a REST API (payload version 1.0)."""

    account_id = required("accountId", str)
    api_id = required("apiId", str)
    domain_name = optional("domainName", str)
    domain_prefix = optional("domainPrefix", str)
    extended_request_id = optional("extendedRequestId", str)
    protocol = required("protocol", str)
    http_method = required("httpMethod", str)
    identity = wrapped("identity", APIGatewayEventIdentity)
    path = required("path", str)
    stage = required("stage", str)
    request_id = required("requestId", str)
    request_time = optional("requestTime", str)
    request_time_epoch = required("requestTimeEpoch", int)
    resource_id = required("resourceId", str)
    resource_path = required("resourcePath", str)


class RequestContextV2Http(DictWrapper):
    """The HTTP part of a request context of payload version 2.0."""

    method = required("method", str)
    path = required("path", str)
    protocol = required("protocol", str)
    source_ip = required("sourceIp", str)
    user_agent = required("userAgent", str)


class BaseRequestContextV2(DictWrapper):
    """The request context of an HTTP API or a Function URL (payload version 2.0)."""

    account_id = required("accountId", str)
    api_id = required("apiId", str)
    domain_name = required("domainName", str)
    domain_prefix = required("domainPrefix", str)
    http = wrapped("http", RequestContextV2Http)
    request_id = required("requestId", str)
    route_key = required("routeKey", str)
    stage = required("stage", str)
    time = required("time", str)
    time_epoch = required("timeEpoch", int)
    authentication = optional_wrapped(("authentication", "clientCert"), RequestContextClientCert)

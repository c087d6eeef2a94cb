"""Events of Lambda function URLs.

The format: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
"""

from lambda_powertools.parser.models.apigwv2 import APIGatewayProxyEventV2Model


class LambdaFunctionUrlModel(APIGatewayProxyEventV2Model):
    """A request through a function URL: in the form of an HTTP API's."""

import pytest

from lambda_powertools.parser import (
    BaseModel,
    EventSource,
    InvalidModelTypeError,
    ValidationError,
    event_parser,
    models,
    parse,
)
from lambda_powertools.parser import event_source as sources
from lambda_powertools.parser.types import Json


class Order(BaseModel):
    id: int


class OrderRecord(models.SqsRecordModel):
    body: Json[Order]


class Orders(models.SqsModel):
    Records: list[OrderRecord]


EVENTS = EventSource[Orders | models.SnsModel | models.EventBridgeModel | models.APIGatewayProxyEventV2Model]


def test_the_source_of_an_event_chooses_the_model(sample):
    """An event is validated by the model of its source, a subclass of which may narrow it."""
    event = sample("sqs", "receive-message")
    event["Records"][0]["body"] = '{"id": 7}'

    @event_parser
    def handler(event: EVENTS, context):
        return event

    assert handler(event, None).Records[0].body == Order(id=7)
    assert isinstance(handler(sample("apigateway", "http-api-proxy"), None), models.APIGatewayProxyEventV2Model)
    assert handler(handler(event, None), None).Records[0].body == Order(id=7)


def test_an_error_tells_of_the_chosen_model_alone(sample):
    """Of an event that does not fit, only what the model of its source finds is reported."""
    event = sample("sqs", "receive-message")
    event["Records"][0]["body"] = '{"id": "x"}'

    with pytest.raises(ValidationError) as caught:
        parse(event, model=EVENTS)

    assert [detail["loc"] for detail in caught.value.errors()] == [("aws:sqs", "Records", 0, "body", "id")]


@pytest.mark.parametrize("event", [{}, [], None, 7, "{}", {"Records": []}, {"Records": [{"eventSource": "aws:s3"}]}])
def test_an_event_of_another_source_is_one_error(event):
    """An event of none of the sources is one error that names them."""
    with pytest.raises(ValidationError, match="sources: aws:sqs, aws:sns, eventbridge, http-api") as caught:
        parse(event, model=EVENTS)

    assert caught.value.error_count() == 1


@pytest.mark.parametrize("union", [models.SqsModel | Order, models.SqsModel | Orders, Order, int])
def test_only_event_models_of_different_sources_make_a_union(union):
    """A model of no source, and two of the same, cannot be told apart."""
    with pytest.raises(InvalidModelTypeError):
        parse({}, model=EventSource[union])


REQUEST = {"requestContext": {"http": {}}}
WEBSOCKET = {"requestContext": {"connectionId": "1", "eventType": "CONNECT"}}


@pytest.mark.parametrize(
    ("event", "source"),
    [
        ({"requestContext": {"elb": {}}}, "alb"),
        ({"requestContext": {"stage": "prod"}}, "rest-api"),
        ({"requestContext": {}, "methodArn": "arn"}, "rest-api-authorizer"),
        ({"methodArn": "arn", "authorizationToken": "t"}, "token-authorizer"),
        (REQUEST, "http-api"),
        ({**REQUEST, "routeArn": "arn"}, "http-api-authorizer"),
        ({"requestContext": {"http": {}, "domainName": "id.lambda-url.eu-west-1.on.aws"}}, "function-url"),
        (WEBSOCKET, "websocket:CONNECT"),
        ({"requestContext": {"serviceNetworkArn": "arn"}}, "vpc-lattice-v2"),
        ({"raw_path": "/"}, "vpc-lattice"),
        ({"info": {"fieldName": "f"}}, "appsync"),
        ({"info": {"channel": {}}}, "appsync-events"),
        ({"messageVersion": "1.0", "agent": {}, "apiPath": "/"}, "bedrock-agent"),
        ({"messageVersion": "1.0", "agent": {}, "function": "f"}, "bedrock-agent-function"),
        ({"RequestType": "Update", "ResponseURL": "u"}, "cloudformation:Update"),
        ({"awslogs": {}}, "cloudwatch-logs"),
        ({"triggerSource": "PreSignUp_AdminCreateUser"}, "cognito:PreSignUp"),
        ({"triggerSource": "TokenGeneration_HostedAuth", "version": "1"}, "cognito:TokenGeneration:1"),
        ({"triggerSource": "TokenGeneration_HostedAuth", "version": "2"}, "cognito:TokenGeneration"),
        ({"Records": [{"eventSource": "aws:dynamodb"}]}, "aws:dynamodb"),
        ({"Records": [{"EventSource": "aws:sns"}]}, "aws:sns"),
        ({"source": "shop", "detail": {}}, "eventbridge"),
        ({"eventType": "THING_EVENT", "eventId": "1"}, "iot:THING_EVENT"),
        ({"eventSource": "aws:kafka", "records": {}}, "aws:kafka"),
        ({"eventSource": "aws:SelfManagedKafka", "records": {}}, "SelfManagedKafka"),
        ({"deliveryStreamArn": "arn", "records": []}, "firehose"),
        ({"getObjectContext": {}}, "s3-object-lambda"),
        ({"invocationSchemaVersion": "1.0"}, "s3-batch"),
        ({"serverId": "s", "protocol": "SFTP"}, "transfer-family"),
        ({"unknown": 1}, None),
        ({"Records": [None]}, None),
        ({"Records": [{"eventSource": 7}]}, None),
        (7, None),
    ],
)
def test_the_source_of_an_event_is_told_by_its_keys(event, source):
    """Each source is told by the keys that only its events have, and is that of a model."""
    assert sources.source_of(event) == source
    assert source is None or source in sources._TAGS.values()


def test_every_source_belongs_to_models_that_exist():
    """The table of sources names models of this package, by their sources."""
    known = {name for module in models._MODULES for name in dir(getattr(models, module))}

    assert set(sources._TAGS) <= known

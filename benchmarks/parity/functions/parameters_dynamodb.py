"""A zoo keeps its settings in a table."""

from aws_lambda_powertools.utilities import parameters

EVENTS = [{"animal": "lion"}, {"animal": "bear"}]

table = parameters.DynamoDBProvider(table_name="zoo-settings", key_attr="name", sort_attr="item", value_attr="setting")
single = parameters.DynamoDBProvider(table_name="zoo-single")


def prepare(aws):
    client = aws("dynamodb")
    client.create_table(
        TableName="zoo-settings",
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}, {"AttributeName": "item", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "name", "AttributeType": "S"},
            {"AttributeName": "item", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    client.create_table(
        TableName="zoo-single",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for item, setting in {"food": '{"meat": 5}', "name": '"Leo"'}.items():
        client.put_item(
            TableName="zoo-settings", Item={"name": {"S": "lion"}, "item": {"S": item}, "setting": {"S": setting}}
        )
    client.put_item(TableName="zoo-single", Item={"id": {"S": "opens"}, "value": {"S": "09:00"}})


def handler(event, context):
    return {"opens": single.get("opens"), "settings": table.get_multiple(event["animal"], transform="json")}

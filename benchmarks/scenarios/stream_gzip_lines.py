import gzip
import os
import random
from contextlib import contextmanager

TITLE = "Lines of 100 MB from S3, gzip"
WHAT = "S3Object with is_gzip=True, read by lines: 100 MB of JSON lines that a moto server on loopback has compressed"
FRESH = False
GOAL = ("ratio", 0.77)
PACKAGES = ("streaming",)
MAX_ROUNDS = 3
"""Each round reads the object several times, so that few of them take a minute."""

FULL_SIZE = 100_000_000
QUICK_SIZE = 1_000_000
BUCKET, KEY = "bench", "lines.jsonl.gz"


@contextmanager
def surroundings(*, quick):
    """Start the server, put the object into it, and give the variables that lead there."""
    from servers import moto_server

    with moto_server() as url:
        variables = {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_DEFAULT_REGION": "eu-central-1",
        }
        content, count = lines(QUICK_SIZE if quick else FULL_SIZE)
        s3 = client(variables)
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=content)
        yield {**variables, "BENCH_LINES": str(count)}


def ours():
    from lambda_powertools.streaming import S3Object

    return reading(S3Object)


def original():
    from aws_lambda_powertools.utilities.streaming import S3Object

    return reading(S3Object)


def floor():
    """Read the body of the SDK through the decompressor of the standard library."""
    s3, expected = client(os.environ), int(os.environ["BENCH_LINES"])

    def read():
        with gzip.open(s3.get_object(Bucket=BUCKET, Key=KEY)["Body"]) as stream:
            check(sum(1 for _ in stream), expected)

    return read


def reading(kind):
    s3, expected = client(os.environ), int(os.environ["BENCH_LINES"])

    def read():
        check(sum(1 for _ in kind(BUCKET, KEY, boto3_client=s3, is_gzip=True)), expected)

    return read


def check(count, expected):
    if count != expected:
        raise AssertionError(f"{count} lines instead of {expected}")


def client(variables):
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=variables["AWS_ENDPOINT_URL"],
        region_name=variables["AWS_DEFAULT_REGION"],
        aws_access_key_id=variables["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=variables["AWS_SECRET_ACCESS_KEY"],
    )


def lines(size):
    """Return lines of JSON of this many bytes, compressed, and their number."""
    choose = random.Random(7)  # noqa: S311  # the same lines for everybody
    some = [
        b'{"id": %d, "customer": "c-%x", "total": %d.5, "paid": true, "note": "as agreed"}\n'
        % (number, choose.getrandbits(64), choose.randrange(1000))
        for number in range(10_000)
    ]
    block = b"".join(some)
    copies = max(1, round(size / len(block)))
    return gzip.compress(block * copies, 6), copies * len(some)

"""A film's header and end are read without the rest; an archive's members too."""

import io
import zipfile

from aws_lambda_powertools.utilities.streaming.s3_object import S3Object
from aws_lambda_powertools.utilities.streaming.transformations import ZipTransform

EVENTS = [{"key": "film.bin"}]


def prepare(aws):
    client = aws("s3")
    client.create_bucket(Bucket="films", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_object(Bucket="films", Key="film.bin", Body=b"HEAD" + b"." * 5000 + b"TAIL\nend")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("a.txt", "first")
        members.writestr("b.txt", "second")
    client.put_object(Bucket="films", Key="film.zip", Body=archive.getvalue())


def handler(event, context):
    film = S3Object(bucket="films", key=event["key"])
    head = film.read(4).decode()
    film.seek(-8, io.SEEK_END)
    where = film.tell()
    tail = [line.decode() for line in film]
    names = S3Object(bucket="films", key="film.zip").transform(ZipTransform()).namelist()
    return {"head": head, "tail": tail, "size": film.size, "where": where, "names": names, "seekable": film.seekable()}

"""Events of Transfer Family's custom identity providers.

The format: https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html
"""

from typing import Literal

from pydantic import Field, IPvAnyAddress

from lambda_powertools.parser._model import EventModel


class TransferFamilyAuthorizer(EventModel):
    """A user wants to sign in."""

    username: str
    password: str | None = None
    protocol: Literal["SFTP", "FTP", "FTPS"]
    server_id: str = Field(alias="serverId")
    source_ip: IPvAnyAddress = Field(alias="sourceIp")

"""Events of AWS Transfer Family that ask the function whether a user may log in, and the response to them.

https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html
"""

from __future__ import annotations

import json

from lambda_powertools.data_classes._fields import optional, required
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

    from lambda_powertools.data_classes._fields import Field


class TransferFamilyAuthorizer(DictWrapper):
    """A login. The password is kept out of `str` and `repr`.

    Example:
        >>> event = TransferFamilyAuthorizer({"username": "ada", "password": "secret", "protocol": "SFTP"})
        >>> event.username, event.protocol, "secret" in str(event)
        ('ada', 'SFTP', False)
    """

    _sensitive_properties: ClassVar[list[str]] = ["password"]

    username = required("username", str)
    password = optional("password", str, doc="None when the user logs in with a key.")
    protocol: Field[Literal["SFTP", "FTP", "FTPS"]] = required("protocol")
    server_id = required("serverId", str)
    source_ip = required("sourceIp", str)


class TransferFamilyAuthorizerResponse:
    """Builds what the function returns for a user who may log in.

    Example:
        >>> response = TransferFamilyAuthorizerResponse()
        >>> response.build_authentication_response_s3("arn:aws:iam::1:role/files", home_directory="/photos")
        {'HomeDirectory': '/photos', 'Role': 'arn:aws:iam::1:role/files', 'HomeDirectoryType': 'PATH'}
    """

    def build_authentication_response_s3(
        self,
        role_arn: str,
        policy: str | None = None,
        home_directory: str | None = None,
        home_directory_details: list[dict[str, Any]] | None = None,
        home_directory_type: Literal["LOGICAL", "PATH"] = "PATH",
        public_keys: str | list[str] | None = None,
    ) -> dict[str, Any]:
        """Return the response for a server that stores files in S3.

        Args:
            role_arn: the role that gives access to the bucket.
            policy: a policy in JSON that narrows the role.
            home_directory: where the user lands; for the type `PATH`.
            home_directory_details: pairs of `Entry` and `Target`; for the type `LOGICAL`.
            home_directory_type: whether the user sees real paths, or names for them.
            public_keys: the SSH keys of the user, when there is no password.

        Raises:
            InvalidHomeDirectoryError: the home directory that the type requires is missing, or the type is unknown.
        """
        return {
            **_home_directory(home_directory_type, home_directory, home_directory_details),
            **_access(role_arn, policy, public_keys, home_directory_type),
        }

    def build_authentication_response_efs(  # the parameters are known
        self,
        role_arn: str,
        user_gid: int,
        user_uid: int,
        policy: str | None = None,
        home_directory: str | None = None,
        home_directory_details: list[dict[str, Any]] | None = None,
        home_directory_type: Literal["LOGICAL", "PATH"] = "PATH",
        public_keys: str | list[str] | None = None,
    ) -> dict[str, Any]:
        """Return the response for a server that stores files in EFS.

        Args:
            role_arn: the role that gives access to the file system.
            user_gid: POSIX group of the user.
            user_uid: POSIX id of the user.
            policy: a policy in JSON that narrows the role.
            home_directory: where the user lands; for the type `PATH`.
            home_directory_details: pairs of `Entry` and `Target`; for the type `LOGICAL`.
            home_directory_type: whether the user sees real paths, or names for them.
            public_keys: the SSH keys of the user, when there is no password.

        Raises:
            InvalidHomeDirectoryError: the home directory that the type requires is missing, or the type is unknown.
        """
        return {
            **_home_directory(home_directory_type, home_directory, home_directory_details),
            "PosixProfile": {"Gid": user_gid, "Uid": user_uid},
            **_access(role_arn, policy, public_keys, home_directory_type),
        }


def _home_directory(kind: str, directory: str | None, details: list[dict[str, Any]] | None) -> dict[str, Any]:
    if kind == "PATH" and directory:
        return {"HomeDirectory": directory}
    if kind == "LOGICAL" and details:
        return {"HomeDirectoryDetails": json.dumps(details)}
    from lambda_powertools.data_classes.exceptions import InvalidHomeDirectoryError

    needed = {"PATH": "home_directory", "LOGICAL": "home_directory_details"}.get(kind)
    if needed:
        raise InvalidHomeDirectoryError(f"{needed} must be set when home_directory_type is {kind}")
    raise InvalidHomeDirectoryError(f"Invalid home_directory_type: {kind}; allowed are PATH and LOGICAL")


def _access(role_arn: str, policy: str | None, public_keys: str | list[str] | None, kind: str) -> dict[str, Any]:
    access: dict[str, Any] = {}
    if policy:
        access["Policy"] = policy
    if public_keys:
        access["PublicKeys"] = public_keys
    return {**access, "Role": role_arn, "HomeDirectoryType": kind}

"""Events of Secrets Manager that ask the function to rotate a secret.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import required
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from lambda_powertools.data_classes._fields import Field


class SecretsManagerEvent(DictWrapper):
    """One step of a rotation.

    Example:
        >>> event = SecretsManagerEvent({"SecretId": "db", "ClientRequestToken": "v-2", "Step": "createSecret"})
        >>> event.secret_id, event.version_id, event.step
        ('db', 'v-2', 'createSecret')
    """

    secret_id = required("SecretId", str)
    client_request_token = required("ClientRequestToken", str)
    version_id = required("ClientRequestToken", str, doc="The new version: the request token names it.")
    step: Field[Literal["createSecret", "setSecret", "testSecret", "finishSecret"]] = required("Step")

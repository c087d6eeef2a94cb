"""Configurations in AWS AppConfig.

https://docs.aws.amazon.com/appconfig/latest/userguide/what-is-appconfig.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags.__about__ import __version__
from lambda_powertools.feature_flags._provider_store import ProviderStore

if TYPE_CHECKING:
    from lambda_powertools.feature_flags._logging import LoggerLike
    from lambda_powertools.parameters.base import BaseProvider

USER_AGENT = f"lambda-powertools-feature-flags/{__version__}"


class AppConfigStore(ProviderStore):
    """Reads the configuration from AppConfig.

    Needs the permissions `appconfig:StartConfigurationSession` and `appconfig:GetLatestConfiguration`. boto3 is
    imported when the configuration is first read.

    Args:
        environment: name or id of the environment.
        application: name or id of the application.
        name: name or id of the configuration profile.
        max_age: seconds to keep the document for; 0 fetches it at each evaluation.
        sdk_config: botocore configuration to make the client with; the same as `boto_config`.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
        use_extension: whether to read through the AppConfig Lambda extension, without the SDK; its layer must be
            attached to the function.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        environment: str,
        application: str,
        name: str,
        max_age: int = 5,
        sdk_config: Any = None,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
        use_extension: bool = False,
    ) -> None:
        self.environment = environment
        self.application = application
        self.config = sdk_config or boto_config
        provider: BaseProvider
        if use_extension:
            from lambda_powertools.parameters.appconfig_extension import AppConfigExtensionProvider

            provider = AppConfigExtensionProvider(environment=environment, application=application)
        else:
            from lambda_powertools.parameters.appconfig import AppConfigProvider

            provider = AppConfigProvider(
                environment=environment,
                application=application,
                boto_config=self.config,
                boto3_session=boto3_session,
                boto3_client=boto3_client,
            )
            provider.client_factory.user_agent = USER_AGENT
        super().__init__(
            provider,
            name,
            what=f"AppConfig configuration {application}/{environment}/{name}",
            max_age=max_age,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )


class AppConfigExtensionStore(AppConfigStore):
    """Reads the configuration from the AppConfig Lambda extension, without the SDK.

    Its layer must be attached to the function.

    Args:
        environment: name or id of the environment.
        application: name or id of the application.
        name: name or id of the configuration profile.
        max_age: seconds to keep the document for; 0 fetches it at each evaluation.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
    """

    def __init__(  # the documented signature
        self,
        environment: str,
        application: str,
        name: str,
        max_age: int = 5,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
    ) -> None:
        super().__init__(
            environment,
            application,
            name,
            max_age=max_age,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
            use_extension=True,
        )


__all__ = ["AppConfigExtensionStore", "AppConfigStore"]

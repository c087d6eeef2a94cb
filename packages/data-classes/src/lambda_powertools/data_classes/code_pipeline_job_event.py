"""Events of CodePipeline actions that invoke a function.

https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html#actions-invoke-lambda-function-json-event-example
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, optional, optional_wrapped, required, wrapped, wrapped_list
from lambda_powertools.data_classes._payload import decode_key
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, overload


class CodePipelineConfiguration(DictWrapper):
    """What the action says of the function."""

    function_name = required("FunctionName", str)
    user_parameters = optional("UserParameters", str)

    @cached
    def decoded_user_parameters(self) -> Any:
        """The user parameters, parsed from JSON; an empty dictionary when there are none."""
        text = self.user_parameters
        return self._json_deserializer(text) if text is not None else {}


class CodePipelineActionConfiguration(DictWrapper):
    """How the action is set up."""

    configuration = wrapped("configuration", CodePipelineConfiguration)


class CodePipelineS3Location(DictWrapper):
    """Where in S3 an artifact is."""

    bucket_name = required("bucketName", str)
    key = required("objectKey", str, doc="The key as the event has it.")

    @property
    def object_key(self) -> str:
        """The key, decoded as in a form."""
        return decode_key(self.key)


class CodePipelineLocation(DictWrapper):
    """Where an artifact is."""

    get_type = required("type", str)
    s3_location = wrapped("s3Location", CodePipelineS3Location)


class CodePipelineArtifact(DictWrapper):
    """What an action reads or writes."""

    name = required("name", str)
    revision = optional("revision", str)
    location = wrapped("location", CodePipelineLocation)


class CodePipelineArtifactCredentials(DictWrapper):
    """Temporary credentials for the artifacts. The secret ones are kept out of `str` and `repr`."""

    _sensitive_properties: ClassVar[list[str]] = ["secret_access_key", "session_token"]

    access_key_id = required("accessKeyId", str)
    secret_access_key = required("secretAccessKey", str)
    session_token = required("sessionToken", str)
    expiration_time = optional("expirationTime", int)


class CodePipelineEncryptionKey(DictWrapper):
    """The key that artifacts are encrypted with."""

    get_id = required("id", str)
    get_type = required("type", str)


class CodePipelineData(DictWrapper):
    """What the job is about."""

    action_configuration = wrapped("actionConfiguration", CodePipelineActionConfiguration)
    input_artifacts = wrapped_list("inputArtifacts", CodePipelineArtifact)
    output_artifacts = wrapped_list("outputArtifacts", CodePipelineArtifact)
    artifact_credentials = wrapped("artifactCredentials", CodePipelineArtifactCredentials)
    continuation_token = optional("continuationToken", str)
    encryption_key = optional_wrapped("encryptionKey", CodePipelineEncryptionKey)


class CodePipelineJobEvent(DictWrapper):
    """A job of a pipeline, which waits for `PutJobSuccessResult` or `PutJobFailureResult`.

    Example:
        >>> configuration = {"FunctionName": "deploy", "UserParameters": '{"stage": "prod"}'}
        >>> data = {"actionConfiguration": {"configuration": configuration}}
        >>> event = CodePipelineJobEvent({"CodePipeline.job": {"id": "j-1", "data": data}})
        >>> event.get_id, event.decoded_user_parameters["stage"]
        ('j-1', 'prod')
    """

    get_id = required(("CodePipeline.job", "id"), str)
    account_id = required(("CodePipeline.job", "accountId"), str)
    data = wrapped(("CodePipeline.job", "data"), CodePipelineData)

    @property
    def user_parameters(self) -> str | None:
        """The text that the action gives the function."""
        return self.data.action_configuration.configuration.user_parameters

    @cached
    def decoded_user_parameters(self) -> Any:
        """The user parameters, parsed from JSON; an empty dictionary when there are none."""
        return self.data.action_configuration.configuration.decoded_user_parameters

    @property
    def input_bucket_name(self) -> str:
        """The bucket of the first input artifact."""
        return self._first_input.bucket_name

    @property
    def input_object_key(self) -> str:
        """The key of the first input artifact, decoded."""
        return self._first_input.object_key

    @property
    def _first_input(self) -> CodePipelineS3Location:
        artifacts = self.data.input_artifacts
        if not artifacts:
            from lambda_powertools.data_classes.exceptions import EmptyEventError

            raise EmptyEventError("the job has no input artifact: inputArtifacts of the event is empty")
        return artifacts[0].location.s3_location

    def setup_s3_client(self) -> Any:
        """Return a new boto3 client for S3 with the credentials of the job.

        Raises:
            ImportError: boto3 is not installed.
        """
        import boto3

        from lambda_powertools.core.aws import mark_user_agent
        from lambda_powertools.data_classes.__about__ import __version__

        credentials = self.data.artifact_credentials
        client = boto3.client(
            "s3",
            aws_access_key_id=credentials.access_key_id,
            aws_secret_access_key=credentials.secret_access_key,
            aws_session_token=credentials.session_token,
        )
        return mark_user_agent(client, f"PT/data_classes/{__version__}")

    def find_input_artifact(self, artifact_name: str) -> CodePipelineArtifact | None:
        """Return the first input artifact of this name, None if there is none."""
        return _named(artifact_name, self.data.input_artifacts)

    def find_output_artifact(self, artifact_name: str) -> CodePipelineArtifact | None:
        """Return the first output artifact of this name, None if there is none."""
        return _named(artifact_name, self.data.output_artifacts)

    if TYPE_CHECKING:

        @overload
        def get_artifact(self, artifact_name: str, filename: None = None) -> bytes | None: ...
        @overload
        def get_artifact(self, artifact_name: str, filename: str) -> str | None: ...

    def get_artifact(self, artifact_name: str, filename: str | None = None) -> bytes | str | None:
        """Download an input artifact.

        Args:
            artifact_name: its name in the pipeline.
            filename: a file inside it, when the artifact is a zip file.

        Returns:
            The bytes of the artifact, or the text of the file in it; None if the job has no such input artifact.

        Raises:
            ImportError: boto3 is not installed.
            KeyError: there is no such file in the zip file.
        """
        artifact = self.find_input_artifact(artifact_name)
        if artifact is None:
            return None
        location = artifact.location.s3_location
        client = self.setup_s3_client()
        if filename:
            return _text_in_zip(client, location, filename)
        content: bytes = client.get_object(Bucket=location.bucket_name, Key=location.key)["Body"].read()
        return content

    def put_artifact(self, artifact_name: str, body: Any, content_type: str) -> None:
        """Upload an output artifact, encrypted with the key of the job if it has one.

        Args:
            artifact_name: its name in the pipeline.
            body: the content: bytes, or a file open for reading bytes.
            content_type: its media type, such as `application/zip`.

        Raises:
            ArtifactNotFoundError: the job has no such output artifact.
            ImportError: boto3 is not installed.
        """
        artifact = self.find_output_artifact(artifact_name)
        if artifact is None:
            names = ", ".join(known.name for known in self.data.output_artifacts) or "none"
            from lambda_powertools.data_classes.exceptions import ArtifactNotFoundError

            raise ArtifactNotFoundError(f"Artifact not found: {artifact_name}. The job's output artifacts are: {names}")
        location = artifact.location.s3_location
        options: dict[str, Any] = {"BucketKeyEnabled": True}
        key = self.data.encryption_key
        if key is not None:
            options["ServerSideEncryption"] = "aws:kms" if key.get_type == "KMS" else key.get_type
            options["SSEKMSKeyId"] = key.get_id
        self.setup_s3_client().put_object(
            Bucket=location.bucket_name, Key=location.key, Body=body, ContentType=content_type, **options
        )


def _named(name: str, artifacts: list[CodePipelineArtifact]) -> CodePipelineArtifact | None:
    return next((artifact for artifact in artifacts if artifact.name == name), None)


def _text_in_zip(client: Any, location: CodePipelineS3Location, filename: str) -> str:
    import tempfile
    import zipfile

    with tempfile.NamedTemporaryFile() as file:
        client.download_file(location.bucket_name, location.key, file.name)
        # The download may have put a new file in the place of the one that is open here.
        with zipfile.ZipFile(file.name) as archive:
            return archive.read(filename).decode("utf-8")

"""Snippets that declare a layer and use it, for the tools that deploy."""

from __future__ import annotations

import json
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from lambda_powertools.cli._layer.target import Target

# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-layerversion.html
_SAM = """\
Transform: AWS::Serverless-2016-10-31

Resources:
  PowertoolsLayer:
    Type: AWS::Serverless::LayerVersion
    Properties:
      LayerName: $name
      ContentUri: $path
      CompatibleRuntimes: [$runtime]
      CompatibleArchitectures: [$architecture]
      RetentionPolicy: Delete

  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: $runtime
      Architectures: [$architecture]
      Layers: [!Ref PowertoolsLayer]
      Tracing: Active
      Environment:
        Variables:
          POWERTOOLS_SERVICE_NAME: my-service
          POWERTOOLS_METRICS_NAMESPACE: MyApplication
"""

# https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/LayerVersion.html
_CDK = """\
from aws_cdk import Stack, aws_lambda
from constructs import Construct


class FunctionStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        runtime = aws_lambda.Runtime("$runtime", aws_lambda.RuntimeFamily.PYTHON)
        layer = aws_lambda.LayerVersion(
            self,
            "PowertoolsLayer",
            layer_version_name="$name",
            code=aws_lambda.Code.from_asset($path),
            compatible_runtimes=[runtime],
            compatible_architectures=[aws_lambda.Architecture.$cdk_architecture],
        )
        aws_lambda.Function(
            self,
            "Function",
            runtime=runtime,
            architecture=aws_lambda.Architecture.$cdk_architecture,
            handler="app.handler",
            code=aws_lambda.Code.from_asset("src"),
            layers=[layer],
            tracing=aws_lambda.Tracing.ACTIVE,
            environment={
                "POWERTOOLS_SERVICE_NAME": "my-service",
                "POWERTOOLS_METRICS_NAMESPACE": "MyApplication",
            },
        )
"""

# The resource aws_lambda_layer_version of the provider hashicorp/aws.
_TERRAFORM = """\
variable "role_arn" {
  description = "Role that the function runs with"
  type        = string
}

resource "aws_lambda_layer_version" "powertools" {
  layer_name               = "$name"
  filename                 = $path
  source_code_hash         = filebase64sha256($path)
  compatible_runtimes      = ["$runtime"]
  compatible_architectures = ["$architecture"]
}

data "archive_file" "function" {
  type        = "zip"
  source_dir  = "src"
  output_path = "function.zip"
}

resource "aws_lambda_function" "function" {
  function_name    = "my-function"
  role             = var.role_arn
  handler          = "app.handler"
  runtime          = "$runtime"
  architectures    = ["$architecture"]
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256
  layers           = [aws_lambda_layer_version.powertools.arn]

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      POWERTOOLS_SERVICE_NAME      = "my-service"
      POWERTOOLS_METRICS_NAMESPACE = "MyApplication"
    }
  }
}
"""

_TEMPLATES = {"sam": _SAM, "cdk": _CDK, "terraform": _TERRAFORM}


def snippet(tool: str, path: Path, target: Target) -> str:
    """Return the text for a tool: "sam", "cdk" or "terraform"."""
    quoted = json.dumps(path.as_posix(), ensure_ascii=False)  # a string of YAML, of Python, and of Terraform's language
    return Template(_TEMPLATES[tool]).substitute(
        name=f"lambda-powertools-python{target.python.replace('.', '')}-{target.architecture.replace('_', '-')}",
        path=quoted if tool != "terraform" else quoted.replace("${", "$${"),
        runtime=target.runtime,
        architecture=target.architecture,
        cdk_architecture={"x86_64": "X86_64", "arm64": "ARM_64"}[target.architecture],
    )

"""Events of CodeDeploy lifecycle hooks.

https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import required
from lambda_powertools.data_classes._wrapper import DictWrapper


class CodeDeployLifecycleHookEvent(DictWrapper):
    """A deployment waits for the verdict of this function.

    Example:
        >>> CodeDeployLifecycleHookEvent({"DeploymentId": "d-ABC"}).deployment_id
        'd-ABC'
    """

    deployment_id = required("DeploymentId", str)
    lifecycle_event_hook_execution_id = required("LifecycleEventHookExecutionId", str)

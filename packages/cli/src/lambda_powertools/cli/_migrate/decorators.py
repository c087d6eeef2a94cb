"""Turns stacks of the decorators of Logger, Tracer and Metrics into one `@powertools`, where that is the same."""

# ruff: noqa: N802  # libcst finds the methods of visitors by these names

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import MetadataWrapper, PositionProvider, QualifiedNameProvider

from lambda_powertools.cli._migrate.code import Migrated
from lambda_powertools.cli._migrate.statements import dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLUGINS = {
    "inject_lambda_context": "logger",
    "capture_lambda_handler": "tracer",
    "log_metrics": "metrics",
}
"""Method that decorates -> plugin that does the same."""

_CLASSES = {
    "logger": {"lambda_powertools.logger.Logger", "lambda_powertools.logger.logger.Logger"},
    "tracer": {"lambda_powertools.tracer.Tracer", "lambda_powertools.tracer.tracer.Tracer"},
    "metrics": {"lambda_powertools.metrics.Metrics", "lambda_powertools.metrics.metrics.Metrics"},
}
_OPTIONS: dict[str, dict[str, str | None]] = {
    "logger": {
        "log_event": None,
        "correlation_id_path": None,
        "clear_state": "False",
        "flush_buffer_on_uncaught_error": "False",
    },
    "tracer": {"capture_response": None, "capture_error": None},
    "metrics": {"capture_cold_start_metric": "False", "default_dimensions": None},
}
"""Options that mean the same to decorator and plugin -> what the decorator's default is, where the plugin's differs."""

_ALWAYS: dict[str, dict[str, str]] = {"logger": {"log_exceptions": "False"}, "tracer": {}, "metrics": {}}
"""Options of the plugin that the decorator has no like of."""

_CORE = "lambda_powertools.core"
_NAME = "powertools"
_FEWEST = 2
"""Decorators that are worth being joined."""


class _DifferentError(Exception):
    """Why a stack is not the same as `@powertools`."""


@dataclass(frozen=True)
class _Layer:
    """One decorator of a stack: the plugin, the instance, and its options."""

    plugin: str
    instance: str
    options: dict[str, cst.BaseExpression]


@dataclass
class _Facts:
    """What a module says of the names in it: how each is assigned, how often, and what it imports."""

    made: dict[str, cst.Call] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def merge_decorators(code: str) -> Migrated:
    """Join the stacks of a file; what is left as it is comes with the reason.

    Raises:
        libcst.ParserSyntaxError: it is no Python code.
    """
    if not any(name in code for name in _PLUGINS):
        return Migrated(code)
    wrapper = MetadataWrapper(cst.parse_module(code))
    merging = _Merging()
    module = wrapper.visit(merging)
    if merging.is_changed and not merging.has_import:
        module = module.with_changes(body=_with_import(module.body))
    return Migrated(module.code, merging.notes)


class _Merging(cst.CSTTransformer):
    METADATA_DEPENDENCIES = (PositionProvider, QualifiedNameProvider)

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[tuple[int, str]] = []
        self.is_changed = False
        self.has_import = False
        self._facts = _Facts()
        self._depth = 0

    def visit_Module(self, node: cst.Module) -> None:
        node.visit(_Bindings(self._facts))
        self.has_import = any(
            isinstance(part, cst.ImportFrom)
            and part.module is not None
            and get_full_name_for_node(part.module) == _CORE
            and not isinstance(part.names, cst.ImportStar)
            and any(alias.evaluated_name == _NAME and alias.asname is None for alias in part.names)
            for line in node.body
            if isinstance(line, cst.SimpleStatementLine)
            for part in line.body
        )

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        del node
        self._depth += 1

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        del original_node
        self._depth -= 1
        return updated_node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        del node
        self._depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        self._depth -= 1
        start, end = _stack(original_node.decorators)
        if end - start < _FEWEST:
            return updated_node
        try:
            layers = self._layers(original_node.decorators[start:end])
        except _DifferentError as reason:
            line = self.get_metadata(PositionProvider, original_node.decorators[start]).start.line
            self.notes.append((line, f"the decorators were left: {reason}"))
            return updated_node
        self.is_changed = True
        leading = [line for one in updated_node.decorators[start:end] for line in one.leading_lines]
        joined = _decorator(layers, original_node.decorators[end - 1]).with_changes(leading_lines=leading)
        decorators = [*updated_node.decorators[:start], joined, *updated_node.decorators[end:]]
        return updated_node.with_changes(decorators=decorators)

    def _layers(self, decorators: Sequence[cst.Decorator]) -> list[_Layer]:
        if self._depth:
            raise _DifferentError("it is no function of the module's top level")
        if not self.has_import and self._facts.counts.get(_NAME):
            raise _DifferentError(f"the name {_NAME} means something else in this file")
        layers = [self._layer(decorator) for decorator in decorators]
        plugins = [layer.plugin for layer in layers]
        if len(set(plugins)) != len(plugins):
            raise _DifferentError("two of them are of one kind")
        if any(decorator.trailing_whitespace.comment for decorator in decorators):
            raise _DifferentError("a comment stands beside one of them")
        return sorted(layers, key=lambda layer: list(_OPTIONS).index(layer.plugin))

    def _layer(self, decorator: cst.Decorator) -> _Layer:
        call = decorator.decorator if isinstance(decorator.decorator, cst.Call) else None
        function = decorator.decorator if call is None else call.func
        assert isinstance(function, cst.Attribute)  # noqa: S101  # _stack has seen it
        plugin = _PLUGINS[function.attr.value]
        instance = function.value.value if isinstance(function.value, cst.Name) else ""
        made = self._facts.made.get(instance)
        if made is None or self._facts.counts.get(instance) != 1:
            raise _DifferentError(f"{instance or 'what decorates'} is not made once, at the top level of this file")
        names = {name.name for name in self.get_metadata(QualifiedNameProvider, made.func, ())}
        if not names & _CLASSES[plugin]:
            raise _DifferentError(f"{instance} is not known to be a {plugin.capitalize()}")
        if plugin == "metrics" and not _has_namespace(made):
            raise _DifferentError("the metrics have no namespace in the code; without one, the decorator raises")
        return _Layer(plugin, instance, _options(plugin, call.args if call is not None else ()))


class _Bindings(cst.CSTVisitor):
    """Counts how often names are bound, anywhere, and keeps the calls that make what the top level assigns."""

    def __init__(self, facts: _Facts) -> None:
        super().__init__()
        self._facts = facts

    def visit_Module(self, node: cst.Module) -> None:
        for line in node.body:
            for part in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                targets: list[cst.BaseExpression] = []
                if isinstance(part, cst.Assign):
                    targets = [target.target for target in part.targets]
                elif isinstance(part, cst.AnnAssign):
                    targets = [part.target]
                if isinstance(part, (cst.Assign, cst.AnnAssign)):
                    self._keep(targets, part.value)

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._count(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._count(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._count(node.target)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._count(node.target)

    def visit_For(self, node: cst.For) -> None:
        self._count(node.target)

    def visit_AsName(self, node: cst.AsName) -> None:
        self._count(node.name)

    def visit_Param(self, node: cst.Param) -> None:
        self._count(node.name)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._count(node.name)

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._count(node.name)

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        if node.asname is None:
            name = (get_full_name_for_node(node.name) or "").split(".")[0]
            self._facts.counts[name] = self._facts.counts.get(name, 0) + 1

    def _count(self, target: cst.CSTNode) -> None:
        names = [target] if isinstance(target, cst.Name) else []
        if isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self._count(element.value)
        for name in names:
            self._facts.counts[name.value] = self._facts.counts.get(name.value, 0) + 1

    def _keep(self, targets: Sequence[cst.BaseExpression], value: cst.BaseExpression | None) -> None:
        pairs = [(target, value) for target in targets]
        if len(targets) == 1 and isinstance(targets[0], cst.Tuple) and isinstance(value, cst.Tuple):
            pairs = [(one.value, two.value) for one, two in zip(targets[0].elements, value.elements, strict=False)]
        for target, made in pairs:
            if isinstance(target, cst.Name) and isinstance(made, cst.Call):
                self._facts.made[target.value] = made


def _stack(decorators: Sequence[cst.Decorator]) -> tuple[int, int]:
    """Return where the first stack of our decorators begins and ends."""
    start = 0
    while start < len(decorators) and not _is_ours(decorators[start]):
        start += 1
    end = start
    while end < len(decorators) and _is_ours(decorators[end]):
        end += 1
    return start, end


def _is_ours(decorator: cst.Decorator) -> bool:
    function = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
    return isinstance(function, cst.Attribute) and function.attr.value in _PLUGINS


def _has_namespace(made: cst.Call) -> bool:
    for argument in made.args:
        if argument.keyword is not None and argument.keyword.value == "namespace":
            value = argument.value
            return isinstance(value, cst.SimpleString) and bool(str(value.evaluated_value).strip())
    return False


def _options(plugin: str, arguments: Sequence[cst.Arg]) -> dict[str, cst.BaseExpression]:
    options = {}
    for argument in arguments:
        if argument.keyword is None or argument.star:
            raise _DifferentError("an option is not given by its keyword")
        name = argument.keyword.value
        if name not in _OPTIONS[plugin]:
            raise _DifferentError(f"the plugin {plugin} has no option that does what {name} does")
        options[name] = argument.value
    return options


def _decorator(layers: Sequence[_Layer], last: cst.Decorator) -> cst.Decorator:
    """Return `@powertools(...)` with a line for each plugin."""
    names = ", ".join(f'"{layer.plugin}"' for layer in layers)
    lines = "".join(f"    {layer.plugin}={{{_shown(layer)}}},\n" for layer in layers)
    call = cst.parse_expression(f"{_NAME}(\n    only=[{names}],\n{lines})")
    return cst.Decorator(decorator=call, trailing_whitespace=last.trailing_whitespace)


def _shown(layer: _Layer) -> str:
    defaults = {name: value for name, value in _OPTIONS[layer.plugin].items() if value is not None}
    given = {name: cst.Module(body=[]).code_for_node(value) for name, value in layer.options.items()}
    options = {"instance": layer.instance, **defaults, **given, **_ALWAYS[layer.plugin]}
    return ", ".join(f'"{name}": {value}' for name, value in options.items())


def _with_import(
    body: Sequence[cst.SimpleStatementLine | cst.BaseCompoundStatement],
) -> list[cst.SimpleStatementLine | cst.BaseCompoundStatement]:
    """Put the import of `powertools` before the first import of these packages, with the comments above it."""
    statement = cst.ImportFrom(module=dotted(_CORE), names=[cst.ImportAlias(name=cst.Name(_NAME))])
    lines = list(body)
    for number, line in enumerate(lines):
        if isinstance(line, cst.SimpleStatementLine) and any(map(_is_of_ours, line.body)):
            added = cst.SimpleStatementLine([statement], leading_lines=line.leading_lines)
            return [*lines[:number], added, line.with_changes(leading_lines=[]), *lines[number + 1 :]]
    return [cst.SimpleStatementLine([statement]), *lines]


def _is_of_ours(part: cst.BaseSmallStatement) -> bool:
    if isinstance(part, cst.ImportFrom):
        return part.module is not None and (get_full_name_for_node(part.module) or "").startswith("lambda_powertools")
    if isinstance(part, cst.Import):
        return any((get_full_name_for_node(alias.name) or "").startswith("lambda_powertools") for alias in part.names)
    return False

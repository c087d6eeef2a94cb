"""Import statements in their new form, with the comments and the shape that they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKERS = ("# noqa", "# type:", "# pylint:", "# isort:", "# pragma:", "# pyright:")
"""Comments that say something to a tool: what becomes several lines needs them on each."""

_Small = cst.BaseSmallStatement | cst.FlattenSentinel[cst.BaseSmallStatement]


def dotted(path: str) -> cst.Attribute | cst.Name:
    """Return the node of a dotted path."""
    node = cst.parse_expression(path)
    assert isinstance(node, (cst.Attribute, cst.Name))  # noqa: S101  # a path has only names in it
    return node


def plain_import(
    node: cst.Import, news: Sequence[str | None], dropped: Sequence[bool], further: Sequence[str]
) -> _Small:
    """Return `import a, b as c` with new modules, without what is dropped, followed by further imports."""
    aliases = [
        alias if new is None else alias.with_changes(name=dotted(new))
        for alias, new, is_dropped in zip(node.names, news, dropped, strict=True)
        if not is_dropped
    ]
    kept: list[cst.BaseSmallStatement] = [node.with_changes(names=_joined(aliases))] if aliases else []
    return _flattened(node, [*kept, *_imports(further)])


def from_imports(
    node: cst.ImportFrom,
    targets: Sequence[tuple[str, str] | None],
    dropped: Sequence[bool],
    further: Sequence[str],
) -> _Small:
    """Return `from a import b, c` as a statement for each new module, followed by further imports.

    Args:
        node: the statement.
        targets: new module and name of each name, or None where it stays.
        dropped: whether each name is no longer needed.
        further: modules to import by their own names.
    """
    assert not isinstance(node.names, cst.ImportStar)  # noqa: S101  # those have no plan
    groups: dict[str | None, list[cst.ImportAlias]] = {}
    for alias, target, is_dropped in zip(node.names, targets, dropped, strict=True):
        if is_dropped:
            continue
        module, name = target or (None, None)
        groups.setdefault(module, []).append(alias if name is None else _renamed(alias, name))
    statements: list[cst.BaseSmallStatement] = []
    for module, aliases in groups.items():
        changed = node if len(groups) == 1 and len(aliases) == len(node.names) else _regrouped(node, aliases)
        if changed is node:
            changed = node.with_changes(names=aliases)
        statements.append(changed if module is None else changed.with_changes(module=dotted(module)))
    return _flattened(node, [*statements, *_imports(further)])


def expand_line(
    original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine
) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
    """Give each of the statements that one has become a line of its own."""
    if len(original.body) != 1 or len(updated.body) <= 1:
        return updated
    trailing = updated.trailing_whitespace
    comment = trailing.comment.value if trailing.comment is not None else ""
    rest = trailing if comment.startswith(_MARKERS) else cst.TrailingWhitespace(newline=trailing.newline)
    lines = [
        updated.with_changes(
            body=[statement.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)],
            leading_lines=updated.leading_lines if number == 0 else [],
            trailing_whitespace=trailing if number == 0 else rest,
        )
        for number, statement in enumerate(updated.body)
    ]
    return cst.FlattenSentinel(lines)


def _flattened(node: cst.Import | cst.ImportFrom, statements: list[cst.BaseSmallStatement]) -> _Small:
    if not statements:
        return node
    if len(statements) == 1:
        return statements[0].with_changes(semicolon=node.semicolon)
    separator = cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))
    parted = [statement.with_changes(semicolon=separator) for statement in statements[:-1]]
    return cst.FlattenSentinel([*parted, statements[-1].with_changes(semicolon=node.semicolon)])


def _imports(modules: Sequence[str]) -> list[cst.BaseSmallStatement]:
    return [cst.Import(names=[cst.ImportAlias(name=dotted(module))]) for module in modules]


def _renamed(alias: cst.ImportAlias, name: str) -> cst.ImportAlias:
    """Return an alias that imports another name under the name that the code knows."""
    known = alias.evaluated_alias or alias.evaluated_name
    if name == alias.evaluated_name:
        return alias
    asname = None if name == known else alias.asname or cst.AsName(name=cst.Name(known))
    return alias.with_changes(name=cst.Name(name), asname=asname)


def _joined(aliases: Sequence[cst.ImportAlias]) -> list[cst.ImportAlias]:
    """Return aliases of a statement without parentheses, of which the last may have no comma."""
    return [*aliases[:-1], aliases[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)]


def _regrouped(node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias]) -> cst.ImportFrom:
    """Return a statement with some of its names, each on the line and with the comment that it had."""
    if node.lpar is None or not isinstance(node.lpar.whitespace_after, cst.ParenthesizedWhitespace):
        commas = [alias.with_changes(comma=_comma()) for alias in aliases[:-1]]
        return node.with_changes(names=_joined([*commas, aliases[-1]]))
    opening = node.lpar.whitespace_after
    names = []
    for alias in aliases:
        is_last = alias is aliases[-1]
        first_line = _first_line(node, alias)
        # Between two names stands the indentation that follows the parenthesis; before the closing one, none of it.
        last_line = cst.SimpleWhitespace("") if is_last else opening.last_line
        after = cst.ParenthesizedWhitespace(first_line=first_line, indent=True, last_line=last_line)
        names.append(alias.with_changes(comma=cst.Comma(whitespace_after=after)))
    assert node.rpar is not None  # noqa: S101  # there is a left one
    return node.with_changes(names=names, rpar=node.rpar.with_changes(whitespace_before=cst.SimpleWhitespace("")))


def _first_line(node: cst.ImportFrom, alias: cst.ImportAlias) -> cst.TrailingWhitespace:
    """Return the end of the line that a name stood on, with its comment."""
    candidates = []
    if isinstance(alias.comma, cst.Comma):
        candidates.append(alias.comma.whitespace_after)
    elif node.rpar is not None:
        candidates.append(node.rpar.whitespace_before)
    for candidate in candidates:
        if isinstance(candidate, cst.ParenthesizedWhitespace):
            return candidate.first_line
    return cst.TrailingWhitespace()


def _comma() -> cst.Comma:
    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))

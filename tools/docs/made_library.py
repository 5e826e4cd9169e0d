"""What a program may call: modules that a consultant needs, their public names, and what the docstrings say of them."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from markdown import table

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "kotsukotsu"
Function = ast.FunctionDef | ast.AsyncFunctionDef
LONGEST = 400  # a longer line of a docstring's first paragraph is no summary


def modules() -> list[tuple[str, str]]:
    """Part of the page and name of each module, as ``library.csv`` lists them."""
    with (HERE / "library.csv").open(encoding="utf-8", newline="") as file:
        return [(row["part"], row["module"]) for row in csv.DictReader(file)]


def library() -> str:
    """Every module with its public names."""
    parts = groupby(modules(), key=lambda pair: pair[0])
    return "\n".join(f"### {part}\n\n" + "\n".join(_module(name) for _, name in pairs) for part, pairs in parts)


def _module(name: str) -> str:
    path = SOURCE.joinpath(*name.split("."))
    tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8"))
    rows = [row for node in tree.body for row in _rows(node)]
    made = table(("名前", "何か"), rows) if rows else ""
    return f"#### `kotsukotsu.{name}`\n\n{_summary(tree)}\n\n{made}"


def _rows(node: ast.AST, owner: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Function) and not node.name.startswith("_"):
        yield f"`{owner}{node.name}{_signature(node)}`", _summary(node)
    elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
        yield f"`{node.name}`", _summary(node)
        for child in node.body:
            yield from _rows(child, f"{node.name}.")


def _signature(node: Function) -> str:
    """Arguments without their types; a property has none."""
    if any("property" in ast.unparse(one) for one in node.decorator_list):
        return ""
    named = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg not in ("self", "cls")]
    extra = [f"*{node.args.vararg.arg}"] if node.args.vararg else ["*"] if node.args.kwonlyargs else []
    return f"({', '.join([*named, *extra, *(arg.arg for arg in node.args.kwonlyargs)])})"


def _summary(node: ast.AsyncFunctionDef | ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    """The first paragraph of a docstring, in one line."""
    paragraph = (ast.get_docstring(node) or "").split("\n\n", maxsplit=1)[0]
    return re.sub(r"\s+", " ", paragraph)[:LONGEST]


MAKERS = {"library": library}

"""Pages of the documentation that are made from the code: what MkDocs calls a hook."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from graphql import build_schema
from graphql.type import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
# Links that lead out of the folder of documents, as in ../CHANGELOG.md: on the site their file is named instead.
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)#]+)(?:#[^)]*)?\)")


def on_files(files: Files, *, config: Any) -> Files:
    """Add the pages that no one writes by hand."""
    made = {
        "changelog.md": (ROOT / "CHANGELOG.md").read_text(),
        "sdk-reference.md": sdk_reference(),
        "graphql-reference.md": graphql_reference(),
    }
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Files) -> str:
    """Name files outside of the folder instead of linking to them; the change log has a page."""
    return OUTSIDE.sub(_named, markdown)


def sdk_reference() -> str:
    """Return a page of everything that the SDK exports, to be filled from its docstrings."""
    module = ast.parse((ROOT / "sdk/src/chroma_sdk/__init__.py").read_text())
    exported: list[str] = next(
        ast.literal_eval(node.value)
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    names = [name for name in exported if not name.startswith("__")]
    classes = [name for name in names if name[0].isupper() and not name.isupper()]
    parts = ["# SDK reference", "Everything that `import chroma_sdk as chroma` offers."]
    parts += [f"::: chroma_sdk.{name}" for name in [*sorted(set(names) - set(classes)), *classes]]
    return "\n\n".join(parts)


def graphql_reference() -> str:
    """Return a page of the schema: what can be asked, what can be changed, and every type."""
    schema = build_schema((ROOT / "schema.graphql").read_text())
    parts = ["# GraphQL reference", "The schema that `POST /graphql` serves. `/graphql` in a browser lets you try it."]
    for title, root in (
        ("Queries", schema.query_type),
        ("Mutations", schema.mutation_type),
        ("Subscriptions", schema.subscription_type),
    ):
        if root is not None:
            parts += [f"## {title}", *(_field(name, field) for name, field in sorted(root.fields.items()))]
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    kinds = (GraphQLObjectType, GraphQLInputObjectType, GraphQLEnumType)
    types = sorted(
        (each for each in schema.type_map.values() if isinstance(each, kinds) and each not in roots),
        key=lambda each: each.name,
    )
    parts += ["## Types", *(_type(each) for each in types if not each.name.startswith("__"))]
    return "\n\n".join(parts)


def _field(name: str, field: Any) -> str:
    lines = [f"### `{name}: {field.type}`"]
    if field.description:
        lines.append(field.description.strip())
    lines += _rows("Argument", {key: (str(each.type), each.description) for key, each in field.args.items()})
    return "\n\n".join(lines)


def _type(each: Any) -> str:
    lines = [f"### {each.name}"]
    if each.description:
        lines.append(each.description.strip())
    if isinstance(each, GraphQLEnumType):
        lines += _rows("Value", {name: ("", value.description) for name, value in each.values.items()})
    else:
        lines += _rows("Field", {name: (str(field.type), field.description) for name, field in each.fields.items()})
    return "\n\n".join(lines)


def _rows(heading: str, rows: dict[str, tuple[str, str | None]]) -> list[str]:
    if not rows:
        return []
    lines = [f"| {heading} | Type | |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {f'`{kind}`' if kind else ''} | {' '.join((about or '').split()).replace('|', '&#124;')} |"
        for name, (kind, about) in rows.items()
    ]
    return ["\n".join(lines)]


def _named(link: re.Match[str]) -> str:
    text, path = link.groups()
    return f"[{text}](changelog.md)" if path == "CHANGELOG.md" else f"{text} (`{path}`)"

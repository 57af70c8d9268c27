"""How the SDK's documents look: all lists are read alike, and so are all single nouns and all mutations."""

from __future__ import annotations


def page_of(root: str, fields: str, **scope: str) -> str:
    """Return the query of one page of a list; `scope` are its other arguments and their types."""
    declared = "".join(f"${name}: {kind}, " for name, kind in scope.items())
    given = "".join(f"{name}: ${name}, " for name in scope)
    return f"""
query {_capital(root)}({declared}$first: Int!, $after: String) {{
  {root}({given}first: $first, after: $after) {{
    totalCount
    edges {{ node {{ {fields} }} }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}
"""


def one_of(root: str, fields: str) -> str:
    """Return the query of one noun by its id."""
    return f"query {_capital(root)}($id: ID!) {{ {root}(id: $id) {{ {fields} }} }}"


def mutation(root: str, input_type: str = "", **answer: str) -> str:
    """Return a mutation; `answer` are the fields of its payload, "" for one without fields of its own."""
    wanted = " ".join(f"{name} {{ {fields} }}" if fields else name for name, fields in answer.items())
    return f"""
mutation {_capital(root)}($input: {input_type or _capital(root) + "Input"}!) {{
  {root}(input: $input) {{ {wanted} errors {{ code field message }} }}
}}
"""


def _capital(root: str) -> str:
    return root[0].upper() + root[1:]

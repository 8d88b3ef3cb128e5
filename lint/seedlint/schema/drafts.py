"""The drafts of JSON Schema that a contract can be written in."""

from __future__ import annotations

from seedlint.named_tuple import NamedTuple
from seedlint.text.nearest import nearest


class Draft(NamedTuple):
    """One draft.

    `name` is what people call it; `order` rises from the oldest draft to the newest. `id_keyword`
    names the keyword that gives a schema an address; `ref_stands_alone` says that a `$ref` hides
    the keywords beside it.
    """

    address: str
    name: str
    order: int
    id_keyword: str = "$id"
    ref_stands_alone: bool = False


DRAFT_4 = Draft("http://json-schema.org/draft-04/schema", "draft 4", 4, "id", True)
DRAFT_6 = Draft("http://json-schema.org/draft-06/schema", "draft 6", 6, "$id", True)
DRAFT_7 = Draft("http://json-schema.org/draft-07/schema", "draft 7", 7, "$id", True)
DRAFT_2019 = Draft("https://json-schema.org/draft/2019-09/schema", "draft 2019-09", 8)
DRAFT_2020 = Draft("https://json-schema.org/draft/2020-12/schema", "draft 2020-12", 9)

DRAFTS = {draft.address: draft for draft in (DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019, DRAFT_2020)}
DEFAULT_DRAFT = DRAFT_2020

_HOST = "json-schema.org/"
# By address without its scheme, which many get wrong; `schema` alone means the newest.
_BY_NAME = {
    f"{_HOST}schema": DRAFT_2020,
    **{address.partition("://")[2]: draft for address, draft in DRAFTS.items()},
}


def draft_named(declared: object) -> Draft | None:
    """The draft that a `$schema` names; None for one that seedlint does not know."""
    if not isinstance(declared, str):
        return None
    scheme, _, address = declared.removesuffix("#").partition("://")
    return _BY_NAME.get(address) if scheme in ("http", "https") else None


def declared_draft(schema: object) -> Draft | None:
    """The draft that a schema says it is of, if that is a known one."""
    return draft_named(schema.get("$schema")) if isinstance(schema, dict) else None


def say_unknown(declared: object) -> str:
    """What to write instead of a `$schema` that names no draft seedlint knows."""
    text = str(declared)
    if f"{_HOST}draft/next/" in text:
        return f"this draft is not published yet; the newest is `{DRAFT_2020.address}`"
    if f"{_HOST}draft-0" in text and text.partition("draft-0")[2][:1] in ("0", "1", "2", "3"):
        return f"this draft is too old; write the contract in `{DRAFT_2020.address}`"
    if f"{_HOST}draft-05/" in text:
        return f"draft 5 has the keywords of draft 4; write `{DRAFT_4.address}`"
    near = nearest(text, DRAFTS, cutoff=0.8)
    if near:
        return f"did you mean `{near}`?"
    return "drafts 4, 6, 7, 2019-09 and 2020-12 are known"

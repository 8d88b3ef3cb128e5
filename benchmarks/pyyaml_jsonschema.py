"""Twenty lines of Python that validate front matter: PyYAML's C loader and a validator.

    python pyyaml_jsonschema.py jsonschema|jsonschema-rs SCHEMA FOLDER

Only what the speed of such a script is measured with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

# Timestamps stay what they are: text.
resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader = type("Loader", (yaml.CSafeLoader,), {"yaml_implicit_resolvers": resolvers})
library, schema_path, folder = sys.argv[1:]
validator: Any
schema = json.loads(Path(schema_path).read_text("utf-8"))
if library == "jsonschema":
    import jsonschema

    kind = jsonschema.Draft202012Validator
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
else:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
failed = False
for path in Path(folder).rglob("*.md"):
    try:
        data = yaml.load(path.read_text("utf-8").split("\n---\n")[0][4:], Loader)
        messages = [error.message for error in validator.iter_errors(data)]
    except yaml.YAMLError as error:
        messages = [str(error).partition("\n")[0]]
    failed |= bool(messages)
    for message in messages:
        print(f"{path}: {message}")
sys.exit(failed)

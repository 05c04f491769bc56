"""Edits a document so that it means what it did: `corpus_edit.py FROM TO`.

The members of objects come in the opposite order, and descriptions have more space behind them. Operations, schemas and
properties keep their order, since declarations come in the order of the document.
"""

import json
import re
import sys

ORDERED = ("paths", "schemas", "properties")
VALUES = ("example", "examples", "default", "enum", "mapping")


def edit_json(value):
    if isinstance(value, list):
        return [edit_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    edited = {}
    for name, member in reversed(value.items()):
        if name in VALUES:
            edited[name] = member
        elif name in ORDERED and isinstance(member, dict):
            edited[name] = {key: edit_json(member[key]) for key in member}
        elif name == "description" and isinstance(member, str):
            edited[name] = f"{member.rstrip()}\n \n"
        else:
            edited[name] = edit_json(member)
    return edited


def edit_yaml(text):
    """A comment before each description of one line, and the members of operations in the opposite order."""
    # What an alias repeats has to come before it.
    if not re.search(r"(?m)(: |- )&\w", text):
        text = "".join(map(edit_section, blocks(text, 0)))
    return re.sub(r"(?m)^( *)(description: +[\w`][^#:|>\n]*)$", r"\1# Edited.\n\1\2  ", text)


def edit_section(section):
    if not section.startswith("paths:"):
        return section
    edited = ""
    for path in blocks(section, 2):
        for operation in blocks(path, 4):
            head, *members = blocks(operation, 6)
            edited += head + "".join(reversed(members))
    return edited


def blocks(text, indent):
    """Cuts a text before each line that is indented by this many spaces."""
    if not text.endswith("\n"):
        text += "\n"
    return re.split(rf"(?m)^(?= {{{indent}}}[^\s#-])", text)


source, target = sys.argv[1:]
text = open(source, encoding="utf-8").read()
is_json = text.lstrip().startswith("{")
edited = json.dumps(edit_json(json.loads(text)), indent=1) if is_json else edit_yaml(text)
open(target, "w", encoding="utf-8").write(edited)

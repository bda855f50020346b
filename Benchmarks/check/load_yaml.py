#!/usr/bin/env python3
"""Loads the YAML of a Triglyph repository with PyYAML's C loader and does nothing with it: load_yaml.py DIR

The yardstick of run.sh: what a script would have spent before its first check.
"""

import pathlib
import sys

import yaml

root = pathlib.Path(sys.argv[1])
count = 0
for folder in ("catalogue", "standards", "rules"):
    for path in sorted((root / folder).rglob("*.y*ml")):
        with path.open("rb") as stream:
            count += sum(1 for document in yaml.load_all(stream, Loader=yaml.CSafeLoader) if document is not None)
print(f"{count} documents")

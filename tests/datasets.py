# SPDX-License-Identifier: GPL-3.0-or-later
"""datasets.py - the networks beside the source, and what others computed of them: reference.json and the tables it names."""
import csv
import gzip
import json
import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def folder(shared=None):
    """Where they are: below `shared` or in it, without one beside the source."""
    shared = os.path.abspath(shared or os.path.join(ROOT, "..", "shared"))
    below = os.path.join(shared, "datasets")
    return below if os.path.isdir(below) else shared


def reference(data):
    """{network: entry}; None where there is none."""
    path = os.path.join(data, "reference.json")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)["datasets"]


def vertices(data, entry):
    """{measure: {person: score}} of a network, from its entry or from the table that it names."""
    if "vertices" in entry:
        return entry["vertices"]
    with gzip.open(os.path.join(data, entry["vertex_table"]), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    person = next(iter(rows[0]))
    return {name: {row[person]: float(row[name]) if row[name] else None for row in rows}
            for name in rows[0] if name != person}

#!/usr/bin/env python3
"""Writes a generated catalogue in the forms that the peers read: prepare.py REPOSITORY OUTDIR

Prints a line of JSON: how many seconds PyYAML's C loader took for the documents, and how many each form took to write.
References to nothing stay in every form but the edges of the property graph, which cannot hold them.
"""

import csv
import json
import pathlib
import sys
import time

import yaml

NAME = "http://peers/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
FIELDS = ["id", "area", "team", "supplier", "state", "weight", "hosting", "reach", "gateway"]


def read(repository):
    kinds = {"application": [], "ability": [], "project": []}
    for path in sorted((repository / "catalogue").glob("*.yaml")):
        for document in yaml.load_all(path.read_bytes(), yaml.CSafeLoader):
            kinds[document["kind"]].append(document)
    return kinds


def as_text(value):
    return {True: "yes", False: "no", None: ""}.get(value, value)


def tables(kinds):
    """Flat tables: name, columns, rows. What is not recorded is an empty text."""
    applications, projects = kinds["application"], kinds["project"]
    yield "application", FIELDS, [[as_text(a.get(f)) for f in FIELDS] for a in applications]
    yield "ability", ["id", "area"], [[a["id"], a["area"]] for a in kinds["ability"]]
    yield "project", ["id", "quarter"], [[p["id"], p["quarter"]] for p in projects]
    yield "offers", ["application", "ability"], [[a["id"], o] for a in applications for o in a["offers"]]
    yield "holds", ["application", "data"], [[a["id"], h] for a in applications for h in a["holds"]]
    yield (
        "link", ["source", "target", "carries"],
        [[a["id"], link["to"], link["carries"]] for a in applications for link in a.get("links", [])])
    yield "changes", ["project", "application"], [[p["id"], a] for p in projects for a in p["changes"]]
    yield "builds", ["project", "ability"], [[p["id"], a] for p in projects for a in p["builds"]]


def write_csv(kinds, folder):
    for name, columns, rows in tables(kinds):
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)


def write_graph(kinds, folder):
    """The property graph, with lists in its nodes. An edge leads somewhere: references to nothing are left out."""
    with open(folder / "nodes-application.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS + ["holds"])
        for application in kinds["application"]:
            fields = [as_text(application.get(field)) for field in FIELDS]
            writer.writerow(fields + [f"[{','.join(application['holds'])}]"])
    known = {document["id"] for documents in kinds.values() for document in documents}
    for name, columns, rows in tables(kinds):
        if name in ("offers", "link", "changes", "builds"):
            with open(folder / f"edges-{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(row for row in rows if row[1] in known)


def write_json(kinds, folder):
    names = {"application": "applications", "ability": "abilities", "project": "projects"}
    data = {names[kind]: {document["id"]: document for document in documents} for kind, documents in kinds.items()}
    with open(folder / "data.json", "w", encoding="utf-8") as file:
        json.dump(data, file, default=str)


def write_facts(kinds, folder):
    with open(folder / "facts.lp", "w", encoding="utf-8") as file:
        for name, _, rows in tables(kinds):
            file.writelines(f"{name}({','.join(json.dumps(value) for value in row)}).\n" for row in rows)


def write_triples(kinds, folder):
    with open(folder / "data.nt", "w", encoding="utf-8") as file:
        for name, columns, rows in tables(kinds):
            if columns[0] == "id":
                for row in rows:
                    file.write(f"<{NAME}{row[0]}> {TYPE} <{NAME}{name.capitalize()}> .\n")
                    for column, value in zip(columns[1:], row[1:]):
                        if value != "":
                            file.write(f"<{NAME}{row[0]}> <{NAME}{column}> {json.dumps(value)} .\n")
            elif name == "holds":
                file.writelines(f"<{NAME}{row[0]}> <{NAME}holds> {json.dumps(row[1])} .\n" for row in rows)
            else:
                file.writelines(f"<{NAME}{row[0]}> <{NAME}{name}> <{NAME}{row[1]}> .\n" for row in rows)


def main():
    repository, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    seconds, started = {}, time.perf_counter()

    def lap(form):
        nonlocal started
        now = time.perf_counter()
        seconds[form] = now - started
        started = now

    kinds = read(repository)
    lap("reading")
    forms = {"CSV": write_csv, "graph": write_graph, "JSON": write_json, "facts": write_facts, "triples": write_triples}
    for form, write in forms.items():
        write(kinds, folder)
        lap(form)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()

"""pySHACL: triples and shapes are read, then validated; its report is a graph, which tells the findings."""

import pathlib

import peer
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

NAME = "http://peers/"


def load(folder):
    data, shapes = rdflib.Graph(), rdflib.Graph()
    data.parse(f"{folder}/data.nt", format="nt")
    shapes.parse(pathlib.Path(__file__).with_name("ten.ttl"), format="turtle")
    return data, shapes


def judge(state):
    data, shapes = state
    # A shape in another's sh:property tells findings of its own; they are the outer one's.
    rules = {shape: str(shape).removeprefix(NAME) for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    for outer, inner in list(shapes.subject_objects(SH.property)):
        rules[inner] = rules[outer]
    found = {rule: [] for rule in rules.values()}
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        rule = rules[report.value(result, SH.sourceShape)]
        row = [report.value(result, SH.focusNode)]
        if rule == "complete":
            row.append(report.value(result, SH.resultPath))
        elif rule != "known-state":
            row.append(report.value(result, SH.value))
        found[rule].append([str(node).removeprefix(NAME) for node in row])
    found["behind-a-gateway"] = None
    return found


peer.run(pyshacl.__version__, load, judge)

"""rego-cpp, the Rego engine written in C++: one query, which holds the ten."""

import importlib.metadata
import json
import pathlib

import peer
import regopy


def load(folder):
    engine = regopy.Interpreter()
    engine.add_module("ten", pathlib.Path(__file__).with_name("ten.rego").read_text(encoding="utf-8"))
    engine.add_data_json(pathlib.Path(folder, "data.json").read_text(encoding="utf-8"))
    return engine


def judge(engine):
    return json.loads(str(engine.query("data.ten.found")))["expressions"][0]


peer.run(importlib.metadata.version("regopy"), load, judge)

"""regorus, the Rego engine written in Rust: one rule asked for, which holds the ten."""

import importlib.metadata
import json
import pathlib

import peer
import regorus


def load(folder):
    engine = regorus.Engine()
    engine.add_policy_from_file(str(pathlib.Path(__file__).with_name("ten.rego")))
    engine.add_data_from_json_file(f"{folder}/data.json")
    return engine


def judge(engine):
    return json.loads(engine.eval_rule_as_json("data.ten.found"))


peer.run(importlib.metadata.version("gordon-to-regorus"), load, judge)

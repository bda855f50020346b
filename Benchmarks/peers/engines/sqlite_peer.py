"""SQLite of Python's standard library: tables with keys and indices from CSV, in memory, then ten queries."""

import csv
import sqlite3

import peer
from sql import RULES, TABLES

INDICES = ["offers(ability)", "holds(application)", "link(source)", "link(target)", "changes(application)", "builds(ability)"]


def load(folder):
    connection = sqlite3.connect(":memory:")
    for table, columns in TABLES.items():
        keyed = "id" in columns
        connection.execute(
            f"CREATE TABLE {table} ({', '.join(columns)}{', PRIMARY KEY (id)) WITHOUT ROWID' if keyed else ')'}")
        with open(f"{folder}/{table}.csv", newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    for index in INDICES:
        connection.execute(f"CREATE INDEX {index.replace('(', '_by_').replace(')', '')} ON {index}")
    connection.execute("ANALYZE")
    return connection


def judge(connection):
    return {rule: connection.execute(query).fetchall() for rule, query in RULES.items()}


peer.run(sqlite3.sqlite_version, load, judge)

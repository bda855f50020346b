"""DuckDB: tables from CSV, then ten queries, with as many threads as it takes by itself."""

import duckdb
import peer
from sql import RULES, TABLES


def load(folder):
    connection = duckdb.connect()
    for table, columns in TABLES.items():
        types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
        connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM "
            f"read_csv('{folder}/{table}.csv', header = true, columns = {{{types}}}, nullstr = '\\N')")
    return connection


def judge(connection):
    return {rule: connection.execute(query).fetchall() for rule, query in RULES.items()}


peer.run(duckdb.__version__, load, judge)

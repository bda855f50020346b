"""Kuzu: a property graph from CSV, in memory, then ten Cypher queries.

An edge leads somewhere, so references to nothing are not in the graph: rule dangling-reference reads the tables that
have them. A walk with SHORTEST visits what can be reached once; DEEP is more steps than any estate here has.
"""

import kuzu
import peer

DEEP = 200
FIELDS = ["id", "area", "team", "supplier", "state", "weight", "hosting", "reach", "gateway"]
NEEDED = ["team", "supplier", "state", "weight", "hosting"]
PEOPLE = "['personal', 'special']"
LOST = [
    ("link", "source", "target", "Application"), ("changes", "project", "application", "Application"),
    ("offers", "application", "ability", "Ability"), ("builds", "project", "ability", "Ability"),
]

RULES = {
    "complete": " UNION ALL ".join(
        f"MATCH (a:Application) WHERE a.{field} IS NULL RETURN a.id, '{field}' AS field" for field in NEEDED),
    "dangling-reference": " UNION ALL ".join(
        f"LOAD FROM '{{folder}}/{table}.csv' (header = true) OPTIONAL MATCH (x:{kind} {{{{id: {target}}}}}) "
        f"WITH {source} AS origin, {target} AS named, x.id AS found WHERE found IS NULL RETURN origin, named"
        for table, source, target, kind in LOST),
    "known-state": """
        MATCH (a:Application) WHERE NOT a.state IN ['planned', 'live', 'retiring', 'retired'] RETURN a.id""",
    "firm-ground": f"""
        MATCH (p:Project)-[:changes]->(a:Application)-[:link* SHORTEST 1..{DEEP}]->(:Application {{{{state: 'retiring'}}}})
        RETURN DISTINCT p.id, a.id""",
    "behind-a-gateway": f"""
        MATCH (a:Application)-[:link* SHORTEST 1..{DEEP} (l, n | WHERE l.carries IN {PEOPLE} AND n.gateway = 'no')]->
          (b:Application)
        WHERE a.gateway = 'no' AND b.gateway = 'no' AND b.reach = 'internet'
          AND (list_contains(a.holds, 'personal') OR list_contains(a.holds, 'special'))
        RETURN DISTINCT b.id""",
    "strong-foundations": """
        MATCH (a:Application {{weight: 'vital'}})-[:link]->(b:Application {{weight: 'low'}}) RETURN a.id, b.id""",
    "once-in-an-area": """
        MATCH (a:Application {{state: 'live'}})-[:offers]->(o:Ability)
        WITH o.id AS ability, a.area AS area, count(*) AS times WHERE times > 1 RETURN ability, area""",
    "nothing-dead": """
        MATCH (a:Application {{state: 'live'}})-[:link]->(b:Application {{state: 'retired'}}) RETURN a.id, b.id""",
    "one-at-a-time": """
        MATCH (p:Project)-[:changes]->(a:Application)
        WITH a.id AS application, p.quarter AS quarter, count(*) AS times WHERE times > 1 RETURN application, quarter""",
    "not-built-twice": """
        MATCH (p:Project)-[:builds]->(o:Ability)<-[:offers]-(:Application {{state: 'live'}})
        RETURN DISTINCT p.id, o.id""",
}


def load(folder):
    connection = kuzu.Connection(kuzu.Database(":memory:"))
    columns = ", ".join(f"{field} STRING" for field in FIELDS)
    for statement in [
        f"CREATE NODE TABLE Application({columns}, holds STRING[], PRIMARY KEY (id))",
        "CREATE NODE TABLE Ability(id STRING, area STRING, PRIMARY KEY (id))",
        "CREATE NODE TABLE Project(id STRING, quarter STRING, PRIMARY KEY (id))",
        "CREATE REL TABLE offers(FROM Application TO Ability)",
        "CREATE REL TABLE link(FROM Application TO Application, carries STRING)",
        "CREATE REL TABLE changes(FROM Project TO Application)",
        "CREATE REL TABLE builds(FROM Project TO Ability)",
        f"CALL var_length_extend_max_depth = {DEEP}",
        f"COPY Application FROM '{folder}/nodes-application.csv' (header = true)",
        f"COPY Ability FROM '{folder}/ability.csv' (header = true)",
        f"COPY Project FROM '{folder}/project.csv' (header = true)",
    ]:
        connection.execute(statement)
    for edges in ("offers", "link", "changes", "builds"):
        connection.execute(f"COPY {edges} FROM '{folder}/edges-{edges}.csv' (header = true)")
    return connection, folder


def judge(state):
    connection, folder = state
    return {rule: connection.execute(query.format(folder=folder)).get_all() for rule, query in RULES.items()}


peer.run(kuzu.__version__, load, judge)

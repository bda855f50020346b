"""The ten rules in SQL that both DuckDB and SQLite read."""

TABLES = {
    "application": ["id", "area", "team", "supplier", "state", "weight", "hosting", "reach", "gateway"],
    "ability": ["id", "area"],
    "project": ["id", "quarter"],
    "offers": ["application", "ability"],
    "holds": ["application", "data"],
    "link": ["source", "target", "carries"],
    "changes": ["project", "application"],
    "builds": ["project", "ability"],
}
NEEDED = ["team", "supplier", "state", "weight", "hosting"]
LOST = [("link", "source", "target", "application"), ("changes", "project", "application", "application"),
        ("offers", "application", "ability", "ability"), ("builds", "project", "ability", "ability")]

RULES = {
    "complete": " UNION ALL ".join(f"SELECT id, '{field}' FROM application WHERE {field} = ''" for field in NEEDED),
    "dangling-reference": " UNION ALL ".join(
        f"SELECT {source}, {target} FROM {table} WHERE {target} NOT IN (SELECT id FROM {kind})"
        for table, source, target, kind in LOST),
    "known-state": "SELECT id FROM application WHERE state NOT IN ('planned', 'live', 'retiring', 'retired')",
    "firm-ground": """
        WITH RECURSIVE sinking(id) AS (
          SELECT link.source FROM link JOIN application ON link.target = application.id WHERE state = 'retiring'
          UNION
          SELECT link.source FROM sinking JOIN link ON link.target = sinking.id)
        SELECT project, application FROM changes WHERE application IN (SELECT id FROM sinking)""",
    "behind-a-gateway": """
        WITH RECURSIVE reached(id) AS (
          SELECT link.target
          FROM link JOIN application sender ON link.source = sender.id JOIN application receiver ON link.target = receiver.id
          WHERE link.carries IN ('personal', 'special') AND sender.gateway = 'no' AND receiver.gateway = 'no'
            AND sender.id IN (SELECT application FROM holds WHERE data IN ('personal', 'special'))
          UNION
          SELECT link.target
          FROM reached JOIN link ON link.source = reached.id JOIN application receiver ON link.target = receiver.id
          WHERE link.carries IN ('personal', 'special') AND receiver.gateway = 'no')
        SELECT id FROM application WHERE reach = 'internet' AND id IN (SELECT id FROM reached)""",
    "strong-foundations": """
        SELECT link.source, link.target
        FROM link JOIN application a ON link.source = a.id JOIN application b ON link.target = b.id
        WHERE a.weight = 'vital' AND b.weight = 'low'""",
    "once-in-an-area": """
        SELECT ability, area FROM offers JOIN application ON offers.application = application.id
        WHERE state = 'live' GROUP BY ability, area HAVING count(*) > 1""",
    "nothing-dead": """
        SELECT link.source, link.target
        FROM link JOIN application a ON link.source = a.id JOIN application b ON link.target = b.id
        WHERE a.state = 'live' AND b.state = 'retired'""",
    "one-at-a-time": """
        SELECT application, quarter FROM changes JOIN project ON changes.project = project.id
        GROUP BY application, quarter HAVING count(*) > 1""",
    "not-built-twice": """
        SELECT DISTINCT builds.project, builds.ability
        FROM builds JOIN offers ON builds.ability = offers.ability JOIN application ON offers.application = application.id
        WHERE state = 'live'""",
}

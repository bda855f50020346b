"""Reads an output of `triglyph check` as its consumers do; says on standard error what they would refuse.

    read.py sarif FILE | junit FILE | gitlab FILE | json FILE SCHEMA | markdown FILE | csv FILE | html FILE

markdown prints the HTML that GitHub's own renderer makes of it, csv the rows as JSON, junit the cases as JSON,
html the findings as JSON.
"""

import csv
import json
import pathlib
import subprocess
import sys

SCHEMAS = pathlib.Path(sys.prefix) / "schemas"


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def complain(errors):
    errors = list(errors)
    for error in errors[:20]:
        print(error, file=sys.stderr)
    sys.exit(1 if errors else 0)


def schema_errors(validator, document):
    for error in validator.iter_errors(document):
        yield f"{error.json_path}: {error.message[:300]}"


def sarif(path):
    from jsonschema import Draft4Validator, FormatChecker

    document = load(path)
    checker = Draft4Validator(load(SCHEMAS / "sarif-2.1.0.json"), format_checker=FormatChecker())
    errors = list(schema_errors(checker, document))
    errors += github_errors(document)
    # The tool counts what it reads.
    summary = subprocess.run(
        [str(pathlib.Path(sys.prefix) / "bin" / "sarif"), "summary", path], capture_output=True, text=True, check=False
    )
    if summary.returncode != 0:
        errors.append(f"sarif summary: {summary.stderr}")
    print(summary.stdout)
    complain(errors)


def github_errors(document):
    """What code scanning wants beyond the schema."""
    if len(document["runs"]) != 1:
        yield "there is one run and no other"
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in ("shortDescription", "fullDescription"):
            if not 0 < len(rule[key]["text"]) <= 1024:
                yield f"{rule['id']}.{key} has {len(rule[key]['text'])} characters"
        if not rule["help"]["text"]:
            yield f"{rule['id']} has no help"
        if len(rule.get("properties", {}).get("tags", [])) > 10:
            yield f"{rule['id']} has more than ten tags"
    if len({rule["id"] for rule in rules}) != len(rules):
        yield "two rules have one id"
    results = run["results"]
    if len(results) > 25_000:
        yield f"there are {len(results)} results"
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    if len(set(prints)) != len(prints):
        yield "two results have one fingerprint"
    for result in results:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            yield f"{result['ruleId']} has the index of another rule"
        if not result.get("locations"):
            yield f"a result of {result['ruleId']} has no place, for which GitHub refuses the file"
        if not result["message"]["text"]:
            yield "a message is empty"
        if result.get("kind", "fail") != "fail" and result["level"] != "none":
            yield f"a result of kind {result['kind']} has the level {result['level']}"
        for location in result.get("locations", []) + result.get("relatedLocations", []):
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            if ":" in uri or uri.startswith("/") or "\\" in uri:
                yield f"{uri} is no relative path"
            region = physical["region"]
            start = (region["startLine"], region["startColumn"])
            if start < (1, 1) or (region["endLine"], region["endColumn"]) < start:
                yield f"a region is none: {region}"


def junit(path):
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    document = etree.parse(path)
    names = set()
    errors = []
    for suite in document.iter("testsuite"):
        cases = suite.findall("testcase")
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            count = sum(case.find(element) is not None for case in cases)
            if suite.get(attribute) != str(count):
                errors.append(f"{suite.get('name')} has {count} {element}, and says {suite.get(attribute)}")
        if suite.get("tests") != str(len(cases)):
            errors.append(f"{suite.get('name')} has {len(cases)} cases, and says {suite.get('tests')}")
    for case in document.iter("testcase"):
        # GitLab's, which the schema does not know.
        case.attrib.pop("file", None)
        name = (case.get("classname"), case.get("name"))
        if name in names:
            errors.append(f"two cases are called {name}")
        names.add(name)
    cases = [
        {
            "suite": case.getparent().get("name"),
            "classname": case.get("classname"),
            "name": case.get("name"),
            "skipped": None if case.find("skipped") is None else dict(case.find("skipped").attrib),
        }
        for case in document.iter("testcase")
    ]
    print(json.dumps(cases))
    if not schema.validate(document):
        errors += [str(error) for error in schema.error_log]
    complain(errors)


def closed(schema):
    """The schema with no key allowed that it does not name: what is written has to be documented."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema and isinstance(schema["properties"], dict):
        result["additionalProperties"] = False
    return result


def own(path, schema_path):
    from jsonschema import Draft202012Validator

    schema = load(schema_path)
    Draft202012Validator.check_schema(schema)
    document = load(path)
    complain(
        [
            *schema_errors(Draft202012Validator(schema), document),
            *schema_errors(Draft202012Validator(closed(schema)), document),
        ]
    )


def markdown(path):
    import cmarkgfm

    print(cmarkgfm.github_flavored_markdown_to_html(pathlib.Path(path).read_text(encoding="utf-8")))


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        print(json.dumps(list(csv.DictReader(file, strict=True))))


def gitlab(path):
    """What GitLab's page on code quality asks of a report; there is no published schema."""
    errors = []
    text = pathlib.Path(path).read_bytes()
    if text.startswith(b"\xef\xbb\xbf"):
        errors.append("there is a byte order mark")
    items = json.loads(text)
    for item in items:
        if not all(isinstance(item[key], str) and item[key] for key in ("description", "check_name", "fingerprint")):
            errors.append(f"an entry lacks a text: {item}")
        if item["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            errors.append(f"{item['severity']} is no severity")
        path = item["location"]["path"]
        if not path or path.startswith(("/", "./")) or item["location"]["lines"]["begin"] < 1:
            errors.append(f"a place is none: {item['location']}")
    prints = {item["fingerprint"] for item in items}
    if len(prints) != len(items):
        errors.append("two entries have one fingerprint")
    complain(errors)


def html(path):
    """The page as a browser's parser reads it, which forgives nothing here; and what a reader of the screen aloud needs."""
    import html5lib

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(pathlib.Path(path).read_text(encoding="utf-8"))
    errors = [f"{place}: {code} {values}" for place, code, values in parser.errors]
    ids = [element.get("id") for element in document.iter() if element.get("id") is not None]
    errors += [f"two elements have the id {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]
    for element in document.iter():
        if not isinstance(element.tag, str):
            errors.append(f"there is a comment: {element.text}")
            continue
        if element.tag in ("img", "iframe", "object", "embed", "link", "base", "svg"):
            errors.append(f"there is a {element.tag}")
        for key, value in element.attrib.items():
            if key.startswith("on") or key in ("style", "src", "action", "formaction", "srcdoc"):
                errors.append(f"{element.tag} has {key}")
            if key == "href" and (not value.startswith("#") or value[1:] not in ids):
                errors.append(f"a link leads to {value}")
            if key in ("for", "aria-labelledby", "aria-describedby") and value not in ids:
                errors.append(f"{key} names {value}, which is not there")
    if len(list(document.iter("script"))) > 1:
        errors.append("there is more than one script")
    if document.find("head/title") is None or len(list(document.iter("h1"))) != 1:
        errors.append("there is no title, or not one h1")
    if document.get("lang") is None or len(list(document.iter("main"))) != 1:
        errors.append("there is no language, or not one main")
    findings = [
        {
            "id": element.get("id"),
            "counts": element.get("data-counts"),
            "severity": element.get("data-severity"),
            "said": "".join(part for part in element.find(".//span[@class='said']").itertext()),
        }
        for element in document.iter("details")
        if element.get("class") == "finding"
    ]
    print(json.dumps(findings))
    complain(errors)


{"sarif": sarif, "junit": junit, "json": own, "gitlab": gitlab, "markdown": markdown, "csv": rows, "html": html}[sys.argv[1]](*sys.argv[2:])

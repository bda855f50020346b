"""The entries of an initiative: their text, and their digests, which decisions and evidence record.

The form that a digest is made of is the project's own (Sources/Catalogue/Initiatives/EntryForm.swift); values have to
be written as that form has them: `1h40m` and not `100m`, references without their kind.
"""

import hashlib

# Keys of an entry that are in no digest, or that its name is made of.
UNCOUNTED = {"kind", "id", "from", "name", "summary", "provenance"}
RELATIONS = {
    "owner", "operator", "replaces", "provides", "holds", "masterOf", "purposes", "uses", "platforms", "signsInWith",
    "locations", "to", "via", "carries", "fetches", "interface",
}


class Entries:
    def __init__(self):
        self.digests = []
        self.added, self.changed, self.retired = [], [], []

    def add(self, keys, integrations=()):
        """An entry of `adds`: a text `key: value` for each key; a system's integrations are lists of such texts."""
        fields = dict(key.split(": ", 1) for key in keys)
        own = fields["id"] if "from" not in fields else f"{fields['from']}/{fields['id']}"
        self.added.append(
            item(keys + (["integrations:"] if integrations else []), 2)
            + "".join(item(joined, 6) for joined in integrations))
        parts = [addition("integration", f"{own}/{value_of(joined, 'id')}", joined) for joined in integrations]
        self.digests.append(addition(fields["kind"], own, keys, parts))

    def change(self, reference, operations, date=None, why=None):
        """An entry of `changes`; operations: set, link and unlink, each with its fields."""
        text = f"  - ref: {reference}\n" + (f"    date: {date}\n" if date else "")
        for name, fields in operations.items():
            text += f"    {name}: {{{', '.join(f'{field}: {value}' for field, value in fields.items())}}}\n"
            for field, value in fields.items():
                for values in [texts(field, value)] if name == "set" else [[each] for each in texts(field, value)]:
                    self.digests.append(digest(name, reference, field, date, values))
        self.changed.append(text + (f"    why: {why}\n" if why else ""))

    def retire(self, reference, date):
        self.retired.append(f"  - {{ref: '{reference}', date: {date}}}\n")
        self.digests.append(digest("retire", reference, "lifecycle.retired", date, []))

    def text(self):
        lists = (("adds", self.added), ("changes", self.changed), ("retires", self.retired))
        return "".join(f"{name}:\n{''.join(entries)}" for name, entries in lists if entries)


def addition(kind, own, keys, parts=()):
    contents = list(parts)
    for key in keys:
        field, value = key.split(": ", 1)
        if field not in UNCOUNTED:
            operation = "link" if field in RELATIONS else "set"
            contents.append(digest(operation, f"{kind}:{own}", field, None, texts(field, value)))
    return digest("add", f"{kind}:{own}", "", None, [], contents)


def digest(operation, entity, field, date, values, contents=()):
    form = b""
    for text in ["1", operation, entity, field, str(date or ""), "known", *values, *sorted(contents)]:
        form += b"%d:%s" % (len(text.encode()), text.encode())
    return hashlib.sha256(form).hexdigest()[:32]


def texts(field, value):
    """A text for each item; where order means nothing, sorted."""
    value = str(value)
    if not value.startswith("["):
        return [value]
    items = [each for each in value[1:-1].split(", ") if each]
    return sorted(set(items)) if field in RELATIONS and field != "via" else items


def value_of(keys, wanted):
    return next(key.split(": ", 1)[1] for key in keys if key.startswith(wanted + ": "))


def item(keys, indentation):
    """A mapping as an item of a list."""
    margin = " " * indentation
    return f"{margin}- {keys[0]}\n" + "".join(f"{margin}  {key}\n" for key in keys[1:])

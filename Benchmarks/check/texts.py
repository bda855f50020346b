"""How lists, names and truth values are written."""


def quoted(items):
    return "[" + ", ".join(items) + "]"


def title(name):
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def yes(value):
    return "true" if value else "false"

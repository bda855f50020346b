#!/usr/bin/env python3
"""Writes a Triglyph repository of SIZE systems for measuring: generate.py SIZE OUTDIR [--seed N] [--initiatives N]

The metamodel, the standards and the rules are this project's own, copied; everything else is invented. The estate is
one that an authority would be glad of, with a mistake in about two systems of a hundred. Systems are joined as they
are in real estates: newer ones to older ones, the more the more are joined to them already, six in ten inside their
domain, and hardly ever in a circle. With --initiatives, that many open initiatives stand in the place of the small ones
that an estate has without it. The same numbers give the same bytes.
"""

import argparse
import pathlib
import shutil
import sys

from documents import Documents
from estate import Estate
from initiatives import Initiatives


def write(folder, name, documents, per_file=50):
    """Writes documents to numbered files, fifty in each; returns how many and how many bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = list(documents)
    size = 0
    for start in range(0, len(documents), per_file):
        text = "---\n".join(documents[start:start + per_file])
        (folder / f"{name}-{start // per_file:04d}.yaml").write_text(text, encoding="utf-8", newline="\n")
        size += len(text.encode())
    return len(documents), size


def copy_project(out):
    project = pathlib.Path(__file__).resolve().parents[2]
    parts = (
        "catalogue/metamodel", "catalogue/governance/opportunities.yaml", "catalogue/organisations/thesaurus.yaml",
        "standards", "rules", "triglyph.yaml")
    for part in parts:
        source, target = project / part, out / part
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        else:
            print(f"generate.py: the project has no {part}; the repository is written without", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Writes a Triglyph repository for measuring.")
    parser.add_argument("size", type=int, help="how many systems")
    parser.add_argument("outdir", type=pathlib.Path, help="the folder to write to; made when it is not there")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another estate (default 1)")
    parser.add_argument(
        "--initiatives", type=int, default=0, metavar="N",
        help="how many open initiatives, at most one for ten systems (default 0: some small ones)")
    arguments = parser.parse_args()
    if arguments.size < 50:
        parser.error("the least size is 50 systems")
    if not 0 <= arguments.initiatives <= arguments.size // 10:
        parser.error("there is at most one initiative for ten systems")

    estate = Estate(arguments.size, arguments.seed)
    estate.plan()
    arguments.outdir.mkdir(parents=True, exist_ok=True)
    copy_project(arguments.outdir)
    catalogue = arguments.outdir / "catalogue"
    documents, planned = Documents(estate), None
    if arguments.initiatives > 0:
        planned = Initiatives(estate, arguments.initiatives).documents()
    written = [write(catalogue / folder, name, texts) for folder, name, texts in documents.parts(planned)]
    print(
        f"{arguments.size} systems ({estate.flawed} with a flaw), {sum(n for n, _ in written)} documents, "
        f"{sum(b for _, b in written) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

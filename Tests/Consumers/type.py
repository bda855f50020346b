"""Types a line and a tabulator into a shell on a terminal of its own, and waits for a word to appear.

    type.py bash|fish|zsh ROOT LINE WORD

ROOT is where `make install` installed; the shell finds the program and its completions there and nowhere else.
"""

import os
import pathlib
import pty
import select
import shutil
import sys
import tempfile
import time

SECONDS = 20


def settings(shell, root, home):
    """The shell's own file of settings, and how it is started."""
    if shell == "fish":
        file = home / ".config/fish/config.fish"
        file.parent.mkdir(parents=True)
        file.write_text(f"set -g fish_greeting\nsource {root}/share/fish/vendor_completions.d/triglyph.fish\necho ready\n")
        return ["fish", "--interactive"]
    if shell == "bash":
        file = home / "settings"
        file.write_text(f"source {root}/share/bash-completion/completions/triglyph\necho ready\n")
        return ["bash", "--rcfile", str(file), "-i"]
    file = home / ".zshrc"
    file.write_text(f"fpath=({root}/share/zsh/site-functions $fpath)\nautoload -Uz compinit\ncompinit -u -D\necho ready\n")
    return ["zsh", "--interactive"]


def read_until(terminal, word, deadline, seen=b""):
    while word not in seen:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            break
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    return seen


def main():
    shell, root, line, word = sys.argv[1:]
    deadline = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory(prefix="triglyph-type-", ignore_cleanup_errors=True) as folder:
        home = pathlib.Path(folder)
        command = settings(shell, root, home)
        child, terminal = pty.fork()
        if child == 0:
            environment = {"HOME": folder, "PATH": f"{root}/bin:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
            os.execve(shutil.which(shell), command, environment)
        try:
            read_until(terminal, b"ready", deadline)
            time.sleep(0.5)
            os.write(terminal, line.encode() + b"\t")
            seen = read_until(terminal, word.encode(), deadline)
        finally:
            os.close(terminal)
            os.kill(child, 9)
            os.waitpid(child, 0)
    if word.encode() not in seen:
        sys.exit(f"{shell} shows {seen!r}")


main()

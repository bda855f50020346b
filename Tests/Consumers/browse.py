"""Drives a headless Chromium through a page of `triglyph check -f html` and prints, as JSON, what a reader meets.

    browse.py PAGE [--picture FILE [--dark] [--width N] [--hash ID] [--run SCRIPT]]

The browser is spoken to over two pipes (its DevTools protocol), with no network and a profile of its own.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program():
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One tab of one browser; a command is sent and its answer awaited, events are kept."""

    def __init__(self, executable, profile):
        to_read, self.output = os.pipe()
        self.input, to_write = os.pipe()

        def arrange():
            # Above 3 and 4 first, so that neither copy closes the other.
            reader, writer = os.dup(to_read), os.dup(to_write)
            os.dup2(reader, 3)
            os.dup2(writer, 4)

        self.process = subprocess.Popen(
            [executable, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--proxy-server=127.0.0.1:9", f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=arrange, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": profile},
        )
        os.close(to_read)
        os.close(to_write)
        self.number, self.rest, self.events, self.session = 0, b"", [], None
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = self.send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def read(self):
        while b"\0" not in self.rest:
            part = os.read(self.input, 1 << 20)
            if not part:
                sys.exit("the browser has gone")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        self.events = [event for event in self.events if not event["method"].startswith("Page.")]
        loader = self.send("Page.navigate", url=address)["loaderId"]
        # The empty page of before may say only now that it has loaded.
        arrived, place = False, 0
        while True:
            if place == len(self.events):
                self.events.append(self.read())
            event = self.events[place]
            place += 1
            if event["method"] == "Page.frameNavigated" and event["params"]["frame"].get("loaderId") == loader:
                arrived = True
            elif event["method"] == "Page.loadEventFired" and arrived:
                return

    def run(self, script):
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def close(self):
        try:
            self.send("Browser.close")
        except (SystemExit, OSError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# What a reader sees: a hidden element takes no place.
HELPERS = """
  window.shown = () => [...document.querySelectorAll("details.finding")].filter((e) => !e.closest("[hidden]"));
  window.told = () => document.getElementById("count").textContent;
  window.heads = () => [...document.querySelectorAll("#list h3")].filter((e) => !e.closest("[hidden]")).map((e) => e.textContent);
  window.choose = (id, value) => {
    const element = document.getElementById(id);
    element.value = value;
    element.dispatchEvent(new Event("change", {bubbles: true}));
  };
  window.settle = () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => done()), 200));
"""


def walk(browser, address):
    """Filters by every choice of every list, searches, groups, switches, follows an anchor."""
    report = {}
    started = time.monotonic()
    browser.open(address)
    browser.run(HELPERS)
    browser.run("settle()")
    report["opened"] = time.monotonic() - started
    report["all"] = {"told": browser.run("told()"), "shown": browser.run("shown().length")}
    report["choices"] = []
    for name in ("severity", "state", "standard", "rule", "owner", "initiative"):
        values = browser.run(f"[...document.getElementById('{name}').options].slice(1).map((o) => [o.value, o.textContent])")
        for value, text in values:
            if value is None:
                continue
            started = time.monotonic()
            browser.run(f"choose('{name}', {json.dumps(value)})")
            report["choices"].append(
                {"list": name, "value": value[1:], "text": text, "shown": browser.run("shown().length"),
                 "told": browser.run("told()"), "seconds": time.monotonic() - started}
            )
        browser.run(f"choose('{name}', '')")
    report["groups"] = {}
    for value in browser.run("[...document.getElementById('group').options].map((o) => o.value)"):
        started = time.monotonic()
        browser.run(f"choose('group', '{value}')")
        report["groups"][value] = {
            "heads": browser.run("heads()"), "shown": browser.run("shown().length"), "seconds": time.monotonic() - started
        }
    first = browser.run("document.querySelector('details.finding').id")
    started = time.monotonic()
    browser.run(
        f"(() => {{ const e = document.getElementById('search'); e.value = '{first.upper()}';"
        "e.dispatchEvent(new Event('input', {bubbles: true})); return settle(); })()"
    )
    report["search"] = {
        "for": first, "shown": browser.run("shown().map((e) => e.id)"), "seconds": time.monotonic() - started
    }
    other = browser.run(f"[...document.querySelectorAll('details.finding')].map((e) => e.id).find((id) => id !== '{first}')")
    if other:
        browser.run(f"location.hash = '{other}'; settle()")
        report["anchor"] = {
            "open": browser.run(f"document.getElementById('{other}').open && !document.getElementById('{other}').hidden"),
            "focused": browser.run(f"document.activeElement.parentElement.id === '{other}'"),
            "shown": browser.run("shown().length"),
        }
    browser.run("choose('theme', 'dark')")
    report["dark"] = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.run("choose('theme', 'light')")
    report["light"] = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.run("choose('theme', '')")
    report["unlabelled"] = browser.run(
        "[...document.querySelectorAll('input, select')].filter((e) => !e.labels.length).map((e) => e.id)"
    )
    report["ids"] = browser.run("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    report["scripts"] = browser.run("document.scripts.length")
    report["links"] = browser.run("[...document.querySelectorAll('[href], [src]')].map((e) => e.getAttribute('href') || e.src)")
    report["wide"] = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    browser.send("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=False)
    report["wideWhenNarrow"] = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    report["cutWhenNarrow"] = browser.run(
        "[...document.querySelectorAll('.table')].filter((e) => !e.closest('details') && e.scrollWidth > e.clientWidth).length"
    )
    # As on A4, between its margins.
    browser.send("Emulation.setDeviceMetricsOverride", width=680, height=1000, deviceScaleFactor=1, mobile=False)
    browser.send("Emulation.setEmulatedMedia", media="print")
    browser.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    report["titlesWhenPrinted"] = browser.run(
        "Math.min(...[...document.querySelectorAll('details.more td:nth-child(2)')].map((e) => e.offsetWidth))"
    )
    return report


def complaints(browser):
    """What the console was told, and what was asked of a network."""
    said = [event["params"]["entry"]["text"] for event in browser.events if event["method"] == "Log.entryAdded"]
    thrown = [
        event["params"]["exceptionDetails"]["text"] for event in browser.events if event["method"] == "Runtime.exceptionThrown"
    ]
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event["method"] == "Network.requestWillBeSent" and not event["params"]["request"]["url"].startswith("file:")
    ]
    return said + thrown, [url for url in asked if url != "about:blank"]


def picture(browser, address, options):
    scheme = "dark" if options.dark else "light"
    browser.send("Emulation.setDeviceMetricsOverride", width=options.width, height=options.height, deviceScaleFactor=1,
                 mobile=False)
    browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(address)
    browser.run(HELPERS)
    if options.run:
        browser.run(options.run)
    browser.run("settle()")
    data = browser.send("Page.captureScreenshot", format="png")["data"]
    pathlib.Path(options.picture).write_bytes(base64.b64decode(data))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page")
    parser.add_argument("--picture")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", type=int, default=1200)
    parser.add_argument("--height", type=int, default=1200)
    parser.add_argument("--run")
    parser.add_argument("--without-script", action="store_true", help="say what is there where no script may run")
    options = parser.parse_args()
    executable = program()
    if executable is None:
        sys.exit("there is no Chromium")
    with tempfile.TemporaryDirectory(prefix="triglyph-browse-", ignore_cleanup_errors=True) as profile:
        browser = Browser(executable, profile)
        try:
            address = pathlib.Path(options.page).resolve().as_uri()
            if options.picture:
                picture(browser, address, options)
                return
            if options.without_script:
                browser.send("Emulation.setScriptExecutionDisabled", value=True)
                browser.open(address)
                nodes = browser.send("DOMSnapshot.captureSnapshot", computedStyles=["display"])
                strings = nodes["strings"]
                layout = nodes["documents"][0]["layout"]["text"]
                text = "\n".join(strings[place] for place in layout if place >= 0)
                print(json.dumps({"text": text}))
                return
            report = walk(browser, address)
            report["complaints"], report["asked"] = complaints(browser)
            print(json.dumps(report))
        finally:
            browser.close()


main()

extension CheckPage {
  /// Beyond what all pages have.
  static let style = """
    header { position: relative; }
    .theme { position: absolute; top: 0; right: 0; margin: 0; font-size: .875rem; } header h1 { padding-right: 15rem; }
    td.number { white-space: nowrap; } .theme[hidden], form[hidden] { display: none; }
    h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; } .n { color: var(--quiet); font-weight: 400; }
    form { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem .75rem;
      padding: .75rem; background: var(--head); border: 1px solid var(--line); border-radius: .25rem; }
    form p { margin: 0; min-width: 0; } .wide, .buttons { grid-column: 1 / -1; }
    form label { display: block; font-size: .875rem; color: var(--ink); } .tick { align-self: end; padding: .3rem 0; }
    .tick label { display: inline; }
    input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet);
      border-radius: .2rem; padding: .25rem .4rem; min-height: 2rem; max-width: 100%; }
    input[type=search], form select { width: 100%; } input[type=checkbox] { min-height: 0; accent-color: var(--waiting); }
    button { cursor: pointer; padding: .25rem .75rem; }
    :focus-visible { outline: 3px solid var(--waiting); outline-offset: 1px; }
    #count { font-weight: 600; margin: .75rem 0; }
    a { color: var(--waiting); }
    [hidden] { display: none !important; }
    .finding { border: 1px solid var(--line); border-radius: .25rem; margin: .35rem 0; content-visibility: auto;
      contain-intrinsic-size: auto 3.6rem; }
    .finding:target { border-color: var(--waiting); box-shadow: 0 0 0 1px var(--waiting); }
    summary { cursor: pointer; padding: .4rem .6rem; } .finding[open] > summary { background: var(--head); }
    .word { display: inline-block; min-width: 6.5rem; } .said, .about span, dd, h3 span { unicode-bidi: isolate; }
    .said { font-weight: 500; }
    .about { display: block; color: var(--quiet); font-size: .875rem; padding-left: 1rem; }
    .about span:not(:last-child)::after { content: " \\B7"; }
    .body { padding: .25rem .75rem .5rem; } .more > summary { padding-left: 0; }
    dl { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .25rem .75rem; margin: .25rem 0; }
    dt { color: var(--quiet); } dd { margin: 0; max-width: 56rem; }
    pre { overflow-x: auto; margin: .5rem 0; padding: .5rem; background: var(--head); border-radius: .2rem;
      font: .8125rem/1.4 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: normal; }
    @media (max-width: 34rem) {
      body { padding: .75rem; } .theme { position: static; margin-top: .5rem; } header h1 { padding-right: 0; }
      dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .4rem; }
      .word { min-width: 0; margin-right: .25rem; } .about { padding-left: 0; }
      table { font-size: .8125rem; } th, td { padding: .25rem; }
    }
    @media print {
      form, .theme, .buttons { display: none !important; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .finding { content-visibility: visible; break-inside: avoid-page; border-width: 0 0 1px; border-radius: 0; }
      .finding[open] > summary { background: none; } summary { list-style: none; padding: .15rem 0; break-after: avoid; }
      h3 { break-after: avoid; break-inside: avoid; } .body { padding: 0 0 .3rem 1rem; } dl { grid-template-columns: 22mm 1fr; gap: 0 2mm; }
      pre { white-space: pre-wrap; overflow: visible; font-size: 7pt; break-inside: avoid; background: none; padding: 0; }
      a { color: inherit; text-decoration: none; } .more td:nth-child(2) { min-width: 45mm; }
    }
    """

  /// Filters, groups and counts what is in the page. It reads attributes and writes texts, never markup.
  static let script = #"""
    "use strict";
    (() => {
      const byID = (id) => document.getElementById(id);
      const root = document.documentElement;
      const theme = byID("theme");
      theme.parentElement.hidden = false;
      theme.addEventListener("change", () => {
        if (theme.value) root.dataset.theme = theme.value; else delete root.dataset.theme;
      });
      let opened = [];
      const openAll = (details) => {
        opened = details.filter((element) => !element.open);
        for (const element of opened) element.open = true;
      };
      addEventListener("beforeprint", () => openAll([...document.querySelectorAll("details")].filter((e) => !e.hidden)));
      addEventListener("afterprint", () => { for (const element of opened) element.open = false; });
      const list = byID("list");
      if (!list) return;
      const form = byID("controls");
      const severities = ["blocker", "major", "minor", "advisory"];
      const items = [...list.querySelectorAll("details.finding")].map((element, place) => {
        const data = element.dataset;
        const states = data.at.split(" ").map((token) => {
          const sign = token.indexOf("@");
          return [token.slice(0, sign), token.slice(sign + 1)];
        });
        const rank = (data.counts === "yes" ? 0 : 10) + severities.indexOf(data.severity);
        return { element, data, states, rank, place, shown: true, text: undefined };
      });
      const ranked = [...items].sort((a, b) => a.rank - b.rank || a.place - b.place);
      const names = new Map([...list.children].map((section) => {
        const rule = section.querySelector("details.finding").dataset.rule;
        return ["rule " + rule, section.querySelector("h3 span").textContent];
      }));
      for (const select of form.querySelectorAll("select")) {
        for (const option of select.options) {
          const key = select.id + " " + option.value.slice(1);
          if (option.dataset.name !== undefined && !names.has(key)) names.set(key, option.dataset.name);
        }
      }
      let groups = [];
      const gather = () => {
        const by = byID("group").value;
        const found = new Map();
        for (const item of by === "rule" ? items : ranked) {
          const value = item.data[by];
          if (!found.has(value)) found.set(value, []);
          found.get(value).push(item);
        }
        const fragment = document.createDocumentFragment();
        groups = [];
        for (const [value, members] of found) {
          const section = document.createElement("section");
          const heading = document.createElement("h3");
          const name = document.createElement("span");
          const number = document.createElement("span");
          name.textContent = names.get(by + " " + value) || value || "no place in a file";
          number.className = "n";
          heading.append(name, " ", number);
          section.append(heading, ...members.map((item) => item.element));
          fragment.append(section);
          groups.push({ section, number, members });
        }
        list.replaceChildren(fragment);
      };
      const chosen = (id) => byID(id).value;
      const show = () => {
        const words = byID("search").value.toLowerCase().split(/\s+/).filter(Boolean);
        const plain = ["severity", "standard", "rule", "owner"].map((id) => [id, chosen(id)]).filter((pair) => pair[1]);
        const [state, initiative] = [chosen("state"), chosen("initiative")];
        const counting = byID("counting").checked;
        let count = 0;
        for (const item of items) {
          let shown = plain.every(([id, value]) => item.data[id] === value.slice(1));
          if (shown && counting) shown = item.data.counts === "yes";
          if (shown && (state || initiative)) {
            shown = item.states.some(([name, where]) =>
              (!state || name === state.slice(1)) && (!initiative || where === initiative.slice(1)));
          }
          if (shown && words.length) {
            if (item.text === undefined) item.text = item.element.textContent.toLowerCase();
            shown = words.every((word) => item.text.includes(word));
          }
          if (shown !== item.shown) {
            item.shown = shown;
            item.element.hidden = !shown;
          }
          if (shown) count += 1;
        }
        for (const group of groups) {
          const number = group.members.reduce((sum, item) => sum + (item.shown ? 1 : 0), 0);
          const text = number === group.members.length ? "(" + number + ")" : "(" + number + " of " + group.members.length + ")";
          group.section.hidden = number === 0;
          if (group.number.textContent !== text) group.number.textContent = text;
        }
        const all = items.length + (items.length === 1 ? " finding" : " findings");
        const limits = [...form.querySelectorAll("select")].filter((select) => select.id !== "group" && select.value)
          .map((select) => select.labels[0].textContent.toLowerCase() + " " + select.selectedOptions[0].dataset.name);
        if (counting) limits.push("only what counts");
        if (words.length) limits.push("with " + words.join(" "));
        const told = limits.length ? count + " of " + all + " (" + limits.join("; ") + ")" : all;
        if (byID("count").textContent !== told) byID("count").textContent = told;
      };
      const reveal = (element) => {
        element.open = true;
        element.scrollIntoView();
        element.firstElementChild.focus({ preventScroll: true });
      };
      const go = () => {
        let id = "";
        try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
        const item = items.find((item) => item.element.id === id);
        if (!item) return;
        if (item.shown) { reveal(item.element); return; }
        form.reset();
        setTimeout(() => reveal(item.element));
      };
      let timer;
      form.hidden = false;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", () => setTimeout(() => { gather(); show(); }));
      form.addEventListener("change", (event) => {
        if (event.target.id === "group") gather();
        show();
      });
      byID("search").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 120); });
      byID("open").addEventListener("click", () => { for (const item of items) if (item.shown) item.element.open = true; });
      byID("close").addEventListener("click", () => { for (const item of items) item.element.open = false; });
      addEventListener("hashchange", go);
      gather();
      show();
      go();
    })();
    """#
}

/// The metamodel of random repositories: fields of several types, relations that may be unknown, parts with a lifecycle
/// that follows both ends, and derived fields of each sort.
let randomVocabulary = """
  kind: metamodel
  id: random
  name: Random
  settings:
    horizon: {type: period, default: 24m}
    ceiling: {type: integer, default: 9}
  lifecycle: {phases: [planned, active, phaseOut, retired], live: [active, phaseOut]}
  enums:
    level: {ordered: true, values: [low, middle, high]}
    tone: {values: [plain, sharp]}
  unions:
    thing:
      of: [node, service]
      derived:
        rests: {to: node, inverse: restedOn, is: "(self.uses + self.uses2).distinct()"}
        burden: {type: integer, is: "self.rests.map(n, n.load).sum()"}
  kinds:
    node:
      plural: nodes
      lifecycle: true
      fields:
        level: {type: level}
        tone: {type: tone, default: plain}
        load: {type: integer}
        flag: {type: boolean}
        due: {type: date}
        colours: {type: string, many: true}
        note: {type: text, material: false}
      relations:
        to: {to: node, many: true, inverse: from}
        parent: {to: node, absent: none, inverse: children}
        backup: {to: node, inverse: backs}
        tags: {to: tag, many: true, absent: unknown, inverse: tagged}
        holds: {to: item, many: true, inverse: heldBy}
      parts:
        links: {kind: link, key: to, inverse: holder}
      derived:
        uses2: {to: node, inverse: usedBy2, is: "self.links.filter(l, l.live).map(l, l.to)"}
        weight: {type: integer, is: "self.load + self.links.size()"}
        needs: {type: list(list(node)), is: "self.links.filter(l, l.live).map(l, [l.to] + l.spare)"}
        reaches: {to: node, inverse: reachedBy, recursive: true, is: "self.to + self.to.map(x, x.reaches).flatten()"}
        fails: {to: node, inverse: stops, recursive: true, is: "[self] + self.needs.map(ways, ways.map(w, w.fails).common()).flatten()"}
        alarmed: {type: boolean, recursive: true, is: "self.flag || self.uses2.exists(x, x.alarmed)"}
        echoes: {to: node, recursive: true, is: "self.usedBy2 + self.usedBy2.map(x, x.echoes).flatten()"}
        evens: {to: node, inverse: evenOf, recursive: true, is: "[self] + self.to.map(x, x.odds).flatten()"}
        odds: {to: node, recursive: true, is: "self.to.map(x, x.evens).flatten()"}
        peers: {to: node, inverse: peerOf, is: "every(node).filter(o, o.level == self.level && o != self)"}
        crowd: {type: integer, is: "self.reachedBy.size() + self.stops.size()"}
        overdue: {type: boolean, is: "self.due < date && self.live"}
        depth: {type: integer, recursive: true, is: "self.parent.map(p, p.depth + 1).max(0)"}
        height: {type: integer, recursive: true, is: "self.uses2.map(x, x.height + x.load).max(0)"}
    service:
      plural: services
      lifecycle: true
      fields:
        level: {type: level}
        load: {type: integer, default: 3}
        flag: {type: boolean}
      relations:
        uses: {to: node, many: true, inverse: usedBy}
        lead: {to: node, absent: none, inverse: leads}
    link:
      plural: links
      lifecycle: {follows: [holder, to]}
      fields:
        rank: {type: integer}
        open: {type: boolean, default: false}
      relations:
        to: {to: node, required: true, inverse: linkedFrom, why: A link leads somewhere.}
        spare: {to: node, absent: none, inverse: spares}
        via: {to: node, many: true, inverse: passes}
        carries: {to: item, many: true, absent: unknown, inverse: carriedBy}
      derived:
        heavy: {type: boolean, is: "self.carries.exists(d, d.size > 6)"}
        far: {to: node, inverse: nearTo, is: "self.to.reaches + self.via"}
    item:
      plural: items
      fields:
        level: {type: level}
        size: {type: integer}
        secret: {type: boolean}
    tag:
      plural: tags
      fields:
        weight: {type: integer, default: 1}
  """

/// What rules of random repositories ask in the same words.
let randomFunctions = """
  kind: functions
  id: shared
  name: Shared
  functions:
    isBusy: {params: {n: node}, is: 'n.load > 4 && n.usedBy.size() > 0'}
    isCommon: {params: {n: node}, is: 'n.linkedFrom.exists(l, l.live) || n.leads.size() > 0'}
    isOpen: {params: {l: link}, is: 'l.open && l.via.all(v, v.live)'}
    isSpread: {params: {d: item}, is: 'd.heldBy.size() > 1'}
    passing: {params: {n: node}, is: 'n.passes.filter(l, isOpen(l) && l.live).map(l, l.holder)'}
    carriedOn:
      params: {n: node, d: item}
      is: 'n.links.filter(l, d in l.carries && l.live && isOpen(l)).map(l, l.to)'
  """

// What is shown: pure functions from the data and a state to visible nodes and drawn edges.
const NARROW_STAGE = 600; // px; on a narrower one the labels of the wide scene have no room
const NEIGHBOURS = 40; // unfolded at once
const STRONGEST = 2; // summary edges kept for each node at the first look
const DRAWN_NODES = 5000;
const DRAWN_EDGES = 12000;

function windowOf(now) {
  const whole = data.days || { first: 0, last: 0 };
  return {
    from: now.mode === 'asof' ? whole.first : (now.from ?? whole.first),
    until: now.until ?? whole.last,
    narrowed: now.until !== null || (now.mode === 'range' && now.from !== null),
    asof: now.mode === 'asof',
  };
}

// A tenure on a day: 'attested' between its proven ends, 'unseen' after the last sight while no text ends it, else null.
function tenureOn(edge, day) {
  const { from, until, endStated } = edge.tenure;
  if (from === null || day < from) return null;
  if (day <= until) return 'attested';
  const left = boundOf(edge.former_since, 0);
  if (endStated || edge.status === 'former' || edge.status === 'ended' || (left !== null && left <= day)) return null;
  return [...laterTitles(edge), ...successorsOf(edge)].some((next) => next.tenure.from <= day) ? null : 'unseen';
}

function heldAfter(person, edge) {
  const later = ({ id, to, tenure }) => id !== edge.id && to === edge.to && tenure.from !== null && tenure.from >= edge.tenure.until;
  return edgesOf(person, 'holds').filter(later);
}

// The same person in the same post by a later title, or in the post above: who has become the head is acting head or deputy no more.
function laterTitles(edge) {
  return [...heldAfter(edge.from, edge), ...heldAbove(edge)];
}

function heldAbove(edge) {
  const post = data.nodes[edge.to];
  const above = new Set(['常务副', '副'].filter((word) => post.label.includes(word)).map((word) => post.label.replace(word, '')));
  const later = ({ to, tenure }) =>
    data.nodes[to].body === post.body && above.has(data.nodes[to].label) && tenure.from !== null && tenure.from >= edge.tenure.until;
  return above.size ? edgesOf(edge.from, 'holds').filter(later) : [];
}

// The tenures of those who followed in the post and are not only acting.
function successorsOf(edge) {
  return data.successions
    .filter((step) => step.post === edge.to && step.from === edge.from && !step.acting)
    .flatMap((step) => heldAfter(step.to, edge));
}

function activeInTime(edge, span) {
  if (edge.kind === 'holds') {
    if (edge.tenure.from === null) return !span.narrowed && !span.asof;
    if (span.asof) return tenureOn(edge, span.until) !== null;
    return edge.tenure.from <= span.until && edge.tenure.until >= span.from;
  }
  if (!edge.days) return TIMELESS.has(edge.kind) || !span.narrowed;
  return edge.days[0] <= span.until && (span.asof || edge.days[1] >= span.from);
}
const TIMELESS = new Set(['of', 'part_of', 'in', 'broader', 'renamed_to']);

// Walk from some nodes along edges of the given kinds; returns all that is reached, the start included.
function reach(starts, kinds, from = () => true) {
  const found = new Set(starts);
  for (const id of starts) {
    for (const edge of data.touching[id]) if (kinds.includes(edge.kind) && from(edge, id)) found.add(otherEnd(edge, id));
  }
  return found;
}

// A node and what is part of it, to any depth.
function withParts(id, kind) {
  const found = new Set([id]);
  for (const whole of found) for (const edge of edgesOf(whole, kind)) if (edge.to === whole) found.add(edge.from);
  return found;
}

// Nodes that belong to a body: it and what is part of it, their posts, who held them, what they took part in.
function belongingToBody(id) {
  const near = reach(withParts(id, 'part_of'), ['of', 'takes_part', 'in']);
  const held = reach(near, ['holds'], (edge, node) => edge.to === node);
  const there = reach(near, ['appears', 'serves'], (edge, node) => data.nodes[node].kind === 'event');
  return new Set([...near, ...held, ...there]);
}

function belongingToCampaign(id) {
  const campaigns = withParts(id, 'broader');
  const events = [...reach(campaigns, ['serves'])].filter((node) => data.nodes[node].kind === 'event');
  const around = reach(events, ['appears', 'takes_part', 'serves', 'at', 'reported_in']);
  return new Set([...campaigns, ...around]);
}

// The same filters pass the same, so a click need not look through every edge again.
const passed = { key: null, found: null };

function passingNow(now) {
  const key = [
    now.view === 'met',
    now.role,
    now.body,
    now.campaign,
    now.least,
    now.offices,
    now.mode,
    now.from,
    now.until,
    [...now.hidden].sort().join(),
  ].join('|');
  if (passed.key !== key) {
    passed.found = filtered(now);
    passed.key = key;
  }
  return passed.found;
}

// The edges and nodes that pass every filter; `active` holds edge numbers, `allowed` node numbers.
function filtered(now) {
  const span = windowOf(now);
  const scopes = [];
  if (now.body !== null) scopes.push(belongingToBody(now.body));
  if (now.campaign !== null) scopes.push(belongingToCampaign(now.campaign));
  const inScope = (id) => scopes.every((scope) => scope.has(id));
  const active = new Set();
  for (const edge of data.edges) if (passes(edge, now, span) && inScope(edge.from) && inScope(edge.to)) active.add(edge.id);
  const free = !span.narrowed && !span.asof && !scopes.length && !now.role;
  const involved = free ? null : involvedIn(active);
  const present = now.role ? presentIn(active) : null;
  const fits = (node) =>
    inScope(node.id) &&
    worthShowing(node, now) &&
    (!present || !OCCASION.has(node.kind) || present.has(node.id)) &&
    (free || involved.has(node.id) || standsAlone(node, span));
  return { span, active, allowed: new Set(data.nodes.filter(fits).map((node) => node.id)) };
}
const OCCASION = new Set(['person', 'event']);
const WEIGHED = new Set(['person', 'body', 'campaign']);

function passes(edge, now, span) {
  if (now.role && edge.kind === 'appears' && !(edge.roles || []).includes(now.role)) return false;
  if (now.offices && edge.kind === 'holds' && !SEATS.has(edge.post_class)) return false;
  return activeInTime(edge, span);
}

function worthShowing(node, now) {
  if (now.hidden.has(node.kind)) return false;
  if (now.offices && node.kind === 'post' && !SEATS.has(node.post_class)) return false;
  return now.view === 'met' || !WEIGHED.has(node.kind) || node.weight >= now.least;
}

// Nodes at either end of a dated edge that passes; a body is involved through its posts.
function involvedIn(active) {
  const found = new Set();
  for (const id of active) {
    const edge = data.edges[id];
    if (!TIMELESS.has(edge.kind)) {
      found.add(edge.from);
      found.add(edge.to);
    }
  }
  for (const edge of data.edges) if (edge.kind === 'of' && active.has(edge.id) && found.has(edge.from)) found.add(edge.to);
  return found;
}

function presentIn(active) {
  return new Set(
    data.edges.filter((edge) => edge.kind === 'appears' && active.has(edge.id)).flatMap((edge) => [edge.from, edge.to]),
  );
}

// Places have no day of their own; a dated node without edges stands by its own date.
function standsAlone(node, span) {
  if (node.kind === 'place') return true;
  return (
    Boolean(node.days) &&
    ['event', 'article', 'campaign'].includes(node.kind) &&
    node.days[0] <= span.until &&
    (span.asof || node.days[1] >= span.from)
  );
}

function sceneOf(now, narrow) {
  const levels = data.scenes[now.view === 'time' ? 'graph' : now.view];
  return levels[now.level === 'all' ? 'all' : narrow ? 'narrow' : 'story'];
}

function neighboursOf(id, passing) {
  const near = new Map();
  for (const edge of data.touching[id]) {
    const other = otherEnd(edge, id);
    if (passing.active.has(edge.id) && passing.allowed.has(other) && other !== id) near.set(other, edge);
  }
  return [...near.keys()].sort((a, b) => data.nodes[b].weight - data.nodes[a].weight || a - b);
}

function visibleNodes(now, scene, passing) {
  const shown = new Set();
  const seated = now.view === 'held' ? seatedNow(passing) : null;
  const fits = (id) => passing.allowed.has(id) && fitsView(now.view, data.nodes[id]) && (!seated || seated.has(id));
  for (const id of scene.keys()) if (fits(id)) shown.add(id);
  for (const id of now.added) if (fits(id)) shown.add(id);
  for (const id of now.opened) {
    if (!fits(id)) continue;
    shown.add(id);
    const near = now.view === 'met' ? metOf(id, passing).map((tie) => tie.other) : neighboursOf(id, passing);
    for (const other of near.filter(fits).slice(0, NEIGHBOURS)) shown.add(other);
  }
  if (seated) for (const id of [...shown]) if (data.nodes[id].kind === 'person' && !sits(id, shown, passing)) shown.delete(id);
  if (now.selected !== null && fitsView(now.view, data.nodes[now.selected])) shown.add(now.selected);
  return shown;
}

// A holder is shown for a post that is shown; with every post out of sight there is nothing to tell.
function sits(id, shown, passing) {
  return data.touching[id].some((edge) => edge.kind === 'holds' && passing.active.has(edge.id) && shown.has(edge.to));
}

// Holders in the window, their posts, the bodies of these and what those bodies are part of.
function seatedNow(passing) {
  const found = new Set();
  for (const edge of data.edges)
    if (edge.kind === 'holds' && passing.active.has(edge.id)) {
      found.add(edge.from);
      found.add(edge.to);
    }
  for (const id of found) {
    for (const edge of data.touching[id])
      if ((edge.kind === 'of' || edge.kind === 'part_of') && edge.from === id) found.add(edge.to);
  }
  return found;
}

function fitsView(view, node) {
  if (view === 'met') return node.kind === 'person';
  if (view === 'held') return ['person', 'post', 'body'].includes(node.kind);
  return true;
}

// Drawn edges: one line a pair of nodes, with all that joins them; { id, from, to, weight, kind, edges, via, dashed }.
function drawnEdges(now, shown, passing) {
  const lines = now.view === 'met' ? metLines(shown, passing, now.least) : graphLines(now, shown, passing);
  const kept = strongest(now, lines);
  return { lines: kept, weak: lines.length - kept.length };
}

// Lines by pair of nodes; `lineOf` makes one where there is none yet.
function linesByPair() {
  const lines = new Map();
  const lineOf = (a, b) => {
    const key = lineId([a, b]);
    if (!lines.has(key)) lines.set(key, { id: key, from: a, to: b, weight: 0, kind: '', edges: [], via: [], dashed: false });
    return lines.get(key);
  };
  return { lines, lineOf };
}

function graphLines(now, shown, passing) {
  const { lines, lineOf } = linesByPair();
  const unseen = (edge) => passing.span.asof && edge.kind === 'holds' && tenureOn(edge, passing.span.until) === 'unseen';
  for (const edge of data.edges) {
    if (!passing.active.has(edge.id) || !shown.has(edge.from) || !shown.has(edge.to) || edge.from === edge.to) continue;
    if (now.view === 'held' && !SEATING.has(edge.kind)) continue;
    const line = lineOf(edge.from, edge.to);
    line.edges.push(edge);
    line.weight += 1;
    line.kind = line.kind || edge.kind;
    line.dashed = line.dashed || unseen(edge);
  }
  if (now.view === 'graph') addSummaries(lineOf, shown, passing, unseen);
  if (now.view === 'held') addSteps(lineOf, shown, passing);
  return [...lines.values()];
}
const SEATING = new Set(['holds', 'of', 'part_of', 'renamed_to']);

// What two nodes have to do with each other through nodes out of sight: a person and a body through posts, a campaign through events.
function addSummaries(lineOf, shown, passing, unseen) {
  for (const link of data.links) {
    if (!shown.has(link.a) || !shown.has(link.b)) continue;
    const via = link.via.filter((id) => passing.active.has(id) && !shown.has(data.edges[id].to));
    if (!via.length) continue;
    const line = lineOf(link.a, link.b);
    line.via.push(...via);
    line.weight += via.length;
    line.kind = line.kind || 'link';
    line.summary = true;
    line.dashed = line.dashed || via.every((id) => unseen(data.edges[id]));
  }
}

function addSteps(lineOf, shown, passing) {
  for (const step of data.successions) {
    if (!shown.has(step.from) || !shown.has(step.to) || !steppedIn(step, passing.span)) continue;
    const line = lineOf(step.from, step.to);
    Object.assign(line, {
      kind: 'succeeded',
      from: step.from,
      to: step.to,
      weight: line.weight + 1,
      dashed: step.basis !== 'stated',
    });
    line.steps = [...(line.steps || []), step];
  }
}

// Whether the successor took the seat within the window.
function steppedIn(step, span) {
  return edgesOf(step.to, 'holds').some(
    (edge) =>
      edge.to === step.post &&
      edge.tenure.from !== null &&
      edge.tenure.from <= span.until &&
      (span.asof || edge.tenure.until >= span.from),
  );
}

// At the first look each node keeps its strongest summary edges; real edges and those of the selected node always stay.
function strongest(now, lines) {
  if (now.level === 'all' && lines.length <= DRAWN_EDGES) return lines;
  const most = now.level === 'all' ? DRAWN_EDGES / DRAWN_NODES : STRONGEST;
  const ranks = new Map();
  const ranked = [...lines].sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
  const kept = new Set();
  for (const one of ranked) {
    const [left, right] = [ranks.get(one.from) || 0, ranks.get(one.to) || 0];
    const fixed = one.kind !== 'met' && !one.summary;
    if (fixed || left < most || right < most || one.from === now.selected || one.to === now.selected) kept.add(one);
    if (!fixed) {
      ranks.set(one.from, left + 1);
      ranks.set(one.to, right + 1);
    }
  }
  return lines.filter((one) => kept.has(one));
}

// Who shares a room: everybody in the main hall, a branch venue by its own list, nobody by video (as kg.graph.coappearance counts).
function roomsOf(event, passing) {
  const rooms = new Map();
  const seated = new Set();
  const here = edgesOf(event, 'appears').filter((edge) => passing.active.has(edge.id) && passing.allowed.has(edge.from));
  here.sort((a, b) => Number(a.venue === 'branch') - Number(b.venue === 'branch'));
  for (const edge of here) {
    if (edge.venue === 'video' || seated.has(edge.from)) continue;
    seated.add(edge.from);
    const key = edge.venue === 'branch' ? `branch ${edge.list || 0}` : 'main';
    rooms.set(key, [...(rooms.get(key) || []), edge.from]);
  }
  return [...rooms.values()].filter((people) => people.length > 1);
}

function metLines(shown, passing, least) {
  const lines = new Map();
  for (const event of data.nodes) {
    if (event.kind !== 'event') continue;
    for (const room of roomsOf(event.id, passing)) {
      const weight = 1 / (room.length - 1);
      const people = room.filter((id) => shown.has(id)).sort((a, b) => a - b);
      for (let i = 0; i < people.length; i += 1) {
        for (let j = i + 1; j < people.length; j += 1) {
          const key = `${people[i]}-${people[j]}`;
          const one = lines.get(key) || {
            id: key,
            from: people[i],
            to: people[j],
            weight: 0,
            kind: 'met',
            edges: [],
            via: [],
            events: [],
            dashed: false,
          };
          one.weight += weight;
          one.events.push(event.id);
          lines.set(key, one);
        }
      }
    }
  }
  return [...lines.values()].filter((one) => one.events.length >= Math.max(1, least));
}

// Everybody who shares a room with one person, by Newman weight: [{ other, weight, events, small }].
function metOf(id, passing) {
  const ties = new Map();
  for (const edge of edgesOf(id, 'appears')) {
    if (!passing.active.has(edge.id)) continue;
    const room = roomsOf(edge.to, passing).find((people) => people.includes(id));
    for (const other of room || []) {
      if (other === id) continue;
      const tie = ties.get(other) || { other, weight: 0, events: [], small: 0 };
      tie.weight += 1 / (room.length - 1);
      tie.events.push(edge.to);
      tie.small += room.length <= 5 ? 1 : 0;
      ties.set(other, tie);
    }
  }
  return [...ties.values()].sort((a, b) => b.weight - a.weight || b.events.length - a.events.length || a.other - b.other);
}

// The embedded graph and its indexes. Nodes and edges come from pyvis (what to draw), facts from the page's own data; both count from 0.
const KINDS = ['person', 'body', 'post', 'campaign', 'event', 'place', 'article'];
const KIND_WORDS = {
  person: 'people',
  body: 'bodies',
  post: 'posts',
  campaign: 'campaigns',
  event: 'events',
  place: 'places',
  article: 'articles',
};
const ROLES = ['chair', 'lead', 'speak', 'attend', 'observe', 'accompany'];
const SEATS = new Set(['office', 'ad_hoc', 'enterprise']);

function embedded(id) {
  return JSON.parse(byId(id).textContent);
}

function readData() {
  const data = embedded('kg-data');
  const nodes = embedded('kg-nodes').map((drawn, i) => ({
    ...data.nodes[i],
    id: drawn.id,
    label: drawn.label,
    kind: drawn.group,
    weight: drawn.value,
    size: drawn.size,
  }));
  const edges = embedded('kg-edges').map((drawn, i) => makeEdge(drawn, data.edges[i]));
  const touching = nodes.map(() => []);
  for (const edge of edges) {
    touching[edge.from].push(edge);
    if (edge.to !== edge.from) touching[edge.to].push(edge);
  }
  for (const node of nodes) node.days = node.when ? node.when.map(dayOf) : null;
  const links = data.links.map(([a, b, via]) => ({ a, b, via }));
  const linksOf = nodes.map(() => []);
  for (const link of links) {
    linksOf[link.a].push(link);
    linksOf[link.b].push(link);
  }
  const scenes = Object.fromEntries(
    Object.entries(data.scenes).map(([view, levels]) => [
      view,
      Object.fromEntries(Object.entries(levels).map(([level, flat]) => [level, readPlaces(flat)])),
    ]),
  );
  return {
    ...data,
    nodes,
    edges,
    touching,
    links,
    linksOf,
    scenes,
    days: wholeTime(edges, nodes, data.asked),
    options: embedded('kg-options'),
  };
}

function makeEdge(drawn, facts) {
  const edge = { ...facts, id: drawn.id, from: drawn.from, to: drawn.to, kind: drawn.kind, evidence: facts.evidence || [] };
  edge.days = facts.when ? facts.when.map(dayOf) : null;
  if (edge.kind === 'holds') edge.tenure = tenureDays(edge);
  return edge;
}

// What is proven of a tenure: in the post from `from` to `until`; `stated` tells which of the two a text gives as start or end.
function tenureDays(edge) {
  const start = boundOf(edge.start, 0);
  const end = boundOf(edge.end, 1);
  const first = boundOf(edge.first_seen, 0);
  const last = boundOf(edge.last_seen, 1);
  const from = start ?? first;
  const until = end ?? last ?? from;
  return { from: from ?? until, until, startStated: start !== null, endStated: end !== null };
}

function readPlaces(flat) {
  const places = new Map();
  for (let i = 0; i < flat.length; i += 3) places.set(flat[i], { x: flat[i + 1], y: flat[i + 2] });
  return places;
}

// From the first day to the last that anything is dated, within the window that the page was made for.
function wholeTime(edges, nodes, asked) {
  let [first, last] = [Infinity, -Infinity];
  for (const { days } of [...edges, ...nodes]) {
    if (!days) continue;
    if (days[0] > -700000) first = Math.min(first, days[0]);
    if (days[1] < 2900000) last = Math.max(last, days[1]);
  }
  first = Math.max(first, boundOf(asked.since, 0) ?? first);
  last = Math.min(last, boundOf(asked.until, 1) ?? last);
  return first <= last ? { first, last } : null;
}

function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

function edgesOf(id, kind) {
  return data.touching[id].filter((edge) => edge.kind === kind);
}

function subtitleOf(node) {
  if (node.kind === 'person')
    return mainPost(node.id) || (node.person_kind === 'byline' ? say('byline') : (node.place || []).join(''));
  if (node.kind === 'post') return node.body === null || node.body === undefined ? '' : data.nodes[node.body].label;
  if (node.kind === 'event') return readable(node.date);
  if (node.kind === 'article') return [node.paper, node.published, node.page].filter(Boolean).join(' ');
  if (node.kind === 'campaign')
    return [node.first, node.last]
      .filter(Boolean)
      .filter((d, i, all) => all.indexOf(d) === i)
      .join(' – ');
  return (node.place || []).join(' ');
}

// The office last seen of a person, with its body: what tells namesakes apart in a list.
function mainPost(id) {
  const held = edgesOf(id, 'holds').filter((edge) => SEATS.has(edge.post_class) && edge.status !== 'former');
  held.sort((a, b) => (b.tenure.until ?? 0) - (a.tenure.until ?? 0) || b.evidence.length - a.evidence.length);
  return held.length ? postName(held[0].to) : '';
}

// 丹阜区教育局 + 局长; a post that already names its organ (区委书记) is not doubled.
function postName(id) {
  const post = data.nodes[id];
  const body = post.body === null || post.body === undefined ? '' : data.nodes[post.body].label;
  for (let size = Math.min(body.length, post.label.length); size > 1; size -= 1) {
    if (body.endsWith(post.label.slice(0, size))) return body + post.label.slice(size);
  }
  return body + post.label;
}

const data = readData();

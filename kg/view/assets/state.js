// The one state of the page; everything drawn is a function of it and the data. Its difference from the start is the URL's fragment.
const VIEWS = ['graph', 'met', 'held', 'time'];
const CHARTS = ['careers', 'seats', 'months'];

const NOTHING_CHOSEN = { selected: null, edge: null, path: null, choosing: false, about: false };

function startState() {
  return {
    view: 'graph',
    level: 'story',
    hidden: new Set(),
    role: '',
    body: null,
    campaign: null,
    least: 0,
    offices: true,
    mode: 'range',
    from: null,
    until: null,
    selected: null,
    edge: null,
    opened: new Set(),
    added: new Set(),
    path: null,
    choosing: false,
    about: false,
    chart: 'careers',
    picks: null,
    lang: null,
    theme: null,
  };
}

// A page that was made about somebody opens on them.
function openingState() {
  const asked = data.asked.nodes || [];
  if (!asked.length) return startState();
  return { ...startState(), selected: asked[0], added: new Set(asked), level: data.nodes.length <= 150 ? 'all' : 'story' };
}

let state = startState();
const listeners = [];

function change(part) {
  state = { ...state, ...part };
  for (const listener of listeners) listener(state, part);
}

// Ids in the fragment are the graph's own, so that a link still works when the page is made anew from more papers.
const byRef = new Map(data.nodes.map((node) => [node.ref, node.id]));
const refs = (ids) => [...ids].map((id) => data.nodes[id].ref);
const idsOf = (texts) => texts.map((ref) => byRef.get(ref)).filter((id) => id !== undefined);

function toFragment(now) {
  const first = startState();
  const out = new URLSearchParams();
  for (const name of ['view', 'level', 'role', 'mode', 'chart', 'lang', 'theme'])
    if (now[name] && now[name] !== first[name]) out.set(name, now[name]);
  for (const name of ['from', 'until']) if (now[name] !== null) out.set(name, dateOf(now[name]));
  for (const name of ['body', 'campaign', 'selected']) if (now[name] !== null) out.set(name, data.nodes[now[name]].ref);
  if (now.edge) for (const ref of refs(now.edge)) out.append('edge', ref);
  if (now.least) out.set('least', String(now.least));
  if (!now.offices) out.set('offices', '0');
  if (now.hidden.size) out.set('hide', [...now.hidden].sort().join(','));
  for (const name of ['opened', 'added', 'path', 'picks']) for (const ref of refs(now[name] || [])) out.append(name, ref);
  return out.toString();
}

function fromFragment(text) {
  const given = new URLSearchParams(text.replace(/^#/, ''));
  const found = startState();
  const pick = (name, allowed) => {
    if (allowed.includes(given.get(name))) found[name] = given.get(name);
  };
  pick('view', VIEWS);
  pick('level', ['story', 'all']);
  pick('role', ROLES);
  pick('mode', ['range', 'asof']);
  pick('chart', CHARTS);
  pick('lang', LANGUAGES);
  pick('theme', ['light', 'dark']);
  for (const name of ['from', 'until']) found[name] = dayOf(given.get(name));
  for (const name of ['body', 'campaign', 'selected']) found[name] = byRef.get(given.get(name)) ?? null;
  const edge = idsOf(given.getAll('edge'));
  if (edge.length === 2) found.edge = edge;
  found.least = Math.max(0, Number.parseInt(given.get('least') || '0', 10) || 0);
  found.offices = given.get('offices') !== '0';
  found.hidden = new Set((given.get('hide') || '').split(',').filter((kind) => KINDS.includes(kind)));
  for (const name of ['opened', 'added']) found[name] = new Set(idsOf(given.getAll(name)));
  const path = idsOf(given.getAll('path'));
  if (path.length === 2) found.path = path;
  const picks = idsOf(given.getAll('picks'));
  if (picks.length) found.picks = picks;
  return found;
}

function keepFragment(now) {
  const text = toFragment(now);
  try {
    history.replaceState(null, '', text ? `#${text}` : '#');
  } catch {
    // A sandboxed frame (a notebook) has no address of its own; the copied link is then the fragment alone.
  }
}

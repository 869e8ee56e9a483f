// The graph on vis-network's canvas: given places, no physics; labels are our own, of constant size and never over one another.
const LABEL_PX = 12.5;
const LABEL_LETTERS = 12;
const LABELS_DRAWN = 400;
const FADING = 1200; // nodes

const canvas = {
  network: null,
  nodes: null,
  edges: null,
  lines: new Map(),
  scene: new Map(),
  shown: new Set(),
  hovered: null,
  near: new Set(),
  colours: null,
  narrow: false,
};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: value('ground'),
    ink: value('ink'),
    faint: value('faint'),
    line: value('line'),
    accent: value('accent'),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, value(kind)])),
  };
}

function sizeOf(node) {
  return node.size * canvas.grown;
}

// A scene of thousands is seen from afar: its nodes grow with it, or they would be specks.
function growth(scene) {
  return Math.min(3, Math.max(1, 0.5 * Math.sqrt(scene.size / 90)));
}

// Colours are made once a theme and shared, so that a comparison of two looks is one of references.
function paint() {
  const { ground, ink, accent, line, kinds } = canvas.colours;
  const node = (colour) => ({
    background: colour,
    border: ground,
    highlight: { background: colour, border: accent },
    hover: { background: colour, border: ink },
  });
  const edge = (colour, opacity) => ({ color: colour, opacity, hover: accent, highlight: accent });
  return {
    node: Object.fromEntries(KINDS.map((kind) => [kind, node(kinds[kind])])),
    plain: edge(line, 0.85),
    dim: edge(line, 0.25),
    lit: edge(accent, 0.85),
  };
}

const DASHES = [5, 4];
const ARROW = { to: { enabled: true, scaleFactor: 0.5 } };

function visNode(node, place) {
  return {
    id: node.id,
    shape: VIS_SHAPES[node.kind],
    size: sizeOf(node),
    x: place.x,
    y: place.y,
    opacity: isDim(node.id) ? 0.18 : 1,
    color: canvas.paint.node[node.kind],
  };
}

// From 1 to 4 px by weight; where no line is heavy, all are thin.
function lineWidth(line) {
  return 0.9 + 3 * Math.sqrt(line.weight / Math.max(canvas.heaviestLine, 40));
}

function visEdge(line) {
  const thick = canvas.path ? canvas.path.has(line.id) : Boolean(state.edge) && line.id === lineId(state.edge);
  const lit = thick || (!canvas.path && state.selected !== null && (line.from === state.selected || line.to === state.selected));
  const dim = !lit && canvas.dims;
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    width: lineWidth(line) + (thick ? 1.5 : 0),
    dashes: line.dashed ? DASHES : false,
    arrows: line.kind === 'succeeded' ? ARROW : '',
    color: lit ? canvas.paint.lit : dim ? canvas.paint.dim : canvas.paint.plain,
  };
}

function lineId([a, b]) {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

function isDim(id) {
  if (!canvas.dims) return false;
  return canvas.path ? !canvas.pathNodes.has(id) : !canvas.near.has(id);
}

function isNarrow() {
  return byId('network').clientWidth < NARROW_STAGE;
}

function openNetwork() {
  canvas.narrow = isNarrow();
  canvas.nodes = new vis.DataSet();
  canvas.edges = new vis.DataSet();
  const look = computeLook();
  canvas.nodes.add(look.nodes);
  canvas.edges.add(look.edges);
  canvas.network = new vis.Network(byId('network'), { nodes: canvas.nodes, edges: canvas.edges }, data.options);
  canvas.network.on('click', clicked);
  canvas.network.on('doubleClick', doubleClicked);
  canvas.network.on('hoverNode', ({ node }) => {
    canvas.hovered = node;
    byId('network').classList.add('pointing');
  });
  canvas.network.on('blurNode', () => {
    canvas.hovered = null;
    byId('network').classList.remove('pointing');
  });
  canvas.network.on('hoverEdge', () => byId('network').classList.add('pointing'));
  canvas.network.on('blurEdge', () => byId('network').classList.remove('pointing'));
  canvas.network.on('afterDrawing', paintLabels);
  canvas.network.once('afterDrawing', () => {
    document.documentElement.dataset.drawn = String(Math.round(performance.now()));
  });
  fit();
}

// All that the current state puts on the canvas, as vis-network wants it.
function computeLook() {
  const passing = passingNow(state);
  const scene = sceneOf(state, canvas.narrow);
  const shown = visibleNodes(state, scene, passing);
  canvas.path = null;
  const steps = state.path ? findPath(state.path[0], state.path[1], passing) : null;
  if (steps) for (const id of steps) shown.add(id);
  const { lines, weak } = drawnEdges(state, shown, passing);
  if (steps) {
    canvas.pathNodes = new Set(steps);
    canvas.path = new Set(steps.slice(1).map((id, i) => lineId([steps[i], id])));
  }
  canvas.steps = steps;
  canvas.passing = passing;
  canvas.shown = shown;
  canvas.weak = weak;
  canvas.lines = new Map(lines.map((line) => [line.id, line]));
  canvas.grown = growth(scene);
  canvas.heaviestLine = lines.reduce((most, line) => Math.max(most, line.weight), 1);
  canvas.near = new Set([
    state.selected,
    ...lines.filter((l) => l.from === state.selected || l.to === state.selected).flatMap((l) => [l.from, l.to]),
  ]);
  if (state.edge) for (const id of state.edge) canvas.near.add(id);
  // To fade thousands of nodes at each click costs more than it tells; there the lit lines alone show what is near.
  canvas.dims = shown.size <= FADING && (state.selected !== null || Boolean(state.edge) || Boolean(canvas.path));
  canvas.order = labelOrder();
  const places = placesOf(shown, scene, lines, steps);
  return { nodes: [...shown].map((id) => visNode(data.nodes[id], places.get(id))), edges: lines.map(visEdge) };
}

const settled = new Map(); // where unfolded nodes were put, so that they stay there while the scene is the same

function placesOf(shown, scene, lines, steps) {
  if (canvas.scene !== scene) settled.clear();
  canvas.scene = scene;
  const places = new Map();
  const grid = new Map();
  const cell = (x, y) => `${Math.floor(x / ROOM.x)},${Math.floor(y / ROOM.y)}`;
  const put = (id, place) => {
    places.set(id, place);
    const key = cell(place.x, place.y);
    grid.set(key, [...(grid.get(key) || []), place]);
  };
  const taken = (x, y) =>
    [-1, 0, 1].some((i) =>
      [-1, 0, 1].some((j) =>
        (grid.get(cell(x + i * ROOM.x, y + j * ROOM.y)) || []).some(
          (other) => Math.abs(other.x - x) < ROOM.x && Math.abs(other.y - y) < ROOM.y,
        ),
      ),
    );
  for (const id of shown) {
    const known = scene.get(id) || settled.get(id);
    if (known) put(id, known);
  }
  const anchors = anchorsOf(lines, places);
  for (const id of shown) {
    if (places.has(id)) continue;
    const spot = freeSpot(betweenSteps(id, steps, places) || places.get(anchors.get(id)) || { x: 0, y: 0 }, id, taken);
    settled.set(id, spot);
    put(id, spot);
  }
  return places;
}
const ROOM = { x: 56, y: 36 }; // px that an unfolded node keeps to its neighbours

// Where an unfolded node belongs: beside the node that was opened, else beside any that stands already.
function anchorsOf(lines, places) {
  const anchors = new Map();
  const wanted = (id) => (id === state.selected ? 2 : state.opened.has(id) ? 1 : 0);
  const offer = (id, other) => {
    if (places.has(id) || !places.has(other)) return;
    if (!anchors.has(id) || wanted(other) > wanted(anchors.get(id))) anchors.set(id, other);
  };
  for (const { from, to } of lines) {
    offer(from, to);
    offer(to, from);
  }
  return anchors;
}

function betweenSteps(id, steps, places) {
  const at = steps ? steps.indexOf(id) : -1;
  const ends = at < 0 ? [] : [steps[at - 1], steps[at + 1]].map((step) => places.get(step)).filter(Boolean);
  return ends.length === 2 ? { x: (ends[0].x + ends[1].x) / 2, y: (ends[0].y + ends[1].y) / 2 } : null;
}

// The nearest free place on a sunflower spiral about the anchor.
function freeSpot(anchor, id, taken) {
  for (let i = 2; i < 4000; i += 1) {
    const angle = i * 2.399963 + id;
    const radius = 24 * Math.sqrt(i);
    const [x, y] = [
      Math.round(anchor.x + radius * Math.cos(angle) * 1.25),
      Math.round(anchor.y + radius * Math.sin(angle) * 0.9),
    ];
    if (!taken(x, y)) return { x, y };
  }
  return anchor;
}

// Bring the canvas from what it shows to what it should show, touching only what differs.
function redraw(refit) {
  const look = computeLook();
  replaceItems(canvas.nodes, look.nodes);
  replaceItems(canvas.edges, look.edges);
  if (refit) fit();
  markChosen();
}

function markChosen() {
  const { nodes, edges } = canvas.network.getSelection();
  if (nodes.length + edges.length) canvas.network.unselectAll(); // draws all anew, so only where there is something to undo
  if (state.selected !== null && canvas.shown.has(state.selected)) canvas.network.selectNodes([state.selected], false);
  if (canvas.steps && canvas.fitted !== state.path)
    canvas.network.fit({ nodes: canvas.steps, maxZoomLevel: 1.2, animation: false });
  canvas.fitted = canvas.steps ? state.path : null;
}

function replaceItems(set, wanted) {
  const ids = new Set(wanted.map((item) => item.id));
  const gone = set.getIds().filter((id) => !ids.has(id));
  if (gone.length) set.remove(gone);
  const fresh = [];
  const changed = [];
  for (const item of wanted) {
    const old = set.get(item.id);
    if (!old) fresh.push(item);
    else if (Object.keys(item).some((key) => item[key] !== old[key])) changed.push(item);
  }
  if (changed.length) set.update(changed);
  if (fresh.length) set.add(fresh);
}

function fit() {
  canvas.network.fit({ animation: false, maxZoomLevel: MOST_ZOOM });
  const height = byId('network').clientHeight;
  const foot = canvas.narrow ? 2 * STATUS_PX : STATUS_PX;
  const scale = canvas.network.getScale() * Math.min(0.96, (height - foot) / Math.max(1, height));
  canvas.network.moveTo({ scale, offset: { x: 0, y: -foot / 2 }, animation: false });
}
const MOST_ZOOM = 1.5; // a small scene on a large screen
const STATUS_PX = 26; // the line of figures at the foot of the canvas; two lines where it is narrow

// Bring a node into the part of the canvas that no panel covers, and leave the view alone where it stands there already.
function focusOn(id) {
  if (!canvas.shown.has(id)) return;
  const area = byId('network').getBoundingClientRect();
  const panel = byId('panel').getBoundingClientRect();
  const covered = panel.height && panel.left < area.right - 4 && panel.top < area.bottom ? area.bottom - panel.top : 0;
  const at = canvas.network.canvasToDOM(canvas.network.getPositions([id])[id]);
  const scale = Math.max(canvas.network.getScale(), 0.7);
  const clear = at.x > 40 && at.x < area.width - 40 && at.y > 30 && at.y < area.height - covered - 40;
  if (clear && scale === canvas.network.getScale()) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  canvas.network.focus(id, { scale, offset: { x: 0, y: -covered / 2 }, animation: still ? false : { duration: 300 } });
}

function clicked({ nodes, edges }) {
  if (nodes.length) choose(nodes[0]);
  else if (edges.length && canvas.lines.has(edges[0])) {
    const { from, to } = canvas.lines.get(edges[0]);
    change({ edge: [from, to], selected: null, choosing: false });
  } else change({ selected: null, edge: null, choosing: false });
}

function doubleClicked({ nodes }) {
  if (nodes.length) toggleOpen(nodes[0]);
}

function toggleOpen(id) {
  const opened = new Set(state.opened);
  if (!opened.delete(id)) opened.add(id);
  change({ opened });
}

function choose(id) {
  if (state.choosing && state.selected !== null && data.nodes[id].kind === 'person' && id !== state.selected) {
    change({ path: [state.selected, id], choosing: false });
    return;
  }
  change({ selected: id, edge: null, choosing: false });
  if (canvas.narrow) focusOn(id);
}

const widths = new Map();

function labelOf(node) {
  const name = node.kind === 'post' && state.view === 'graph' ? postName(node.id) : node.label;
  if (node.id === canvas.hovered && node.kind !== 'post') return [name, subtitleOf(node)].filter(Boolean).join(' · ');
  const letters = [...name];
  return letters.length > LABEL_LETTERS && node.id !== state.selected && node.id !== canvas.hovered
    ? `${letters.slice(0, LABEL_LETTERS).join('')}…`
    : name;
}

// Heaviest first, and only where there is room: the labels of a first look never cover each other, and zooming in shows more.
function paintLabels(context) {
  const scale = canvas.network.getScale();
  const origin = canvas.network.canvasToDOM({ x: 0, y: 0 });
  const [width, height] = [byId('network').clientWidth, byId('network').clientHeight];
  const taken = new Map();
  const boxes = [];
  context.save();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.font = `${LABEL_PX / scale}px ${getComputedStyle(document.body).fontFamily}`;
  for (const id of canvas.hovered === null ? canvas.order : [canvas.hovered, ...canvas.order]) {
    if (boxes.length >= LABELS_DRAWN) break;
    const place = canvas.network.body.nodes[id];
    if (!place) continue;
    if (id === canvas.hovered && boxes.length) continue;
    const node = data.nodes[id];
    const [x, y] = [origin.x + place.x * scale, origin.y + place.y * scale + sizeOf(node) * scale + 3];
    if (x < -60 || y < -30 || x > width + 60 || y > height + 10) continue;
    const text = labelOf(node);
    const half = textWidth(context, text, scale) / 2 + 2;
    if (!claim(taken, x - half, y, x + half, y + LABEL_PX + 3, id === state.selected || id === canvas.hovered)) continue;
    boxes.push({ label: node.label, id, text, left: x - half, right: x + half, top: y, bottom: y + LABEL_PX + 3 });
    context.globalAlpha = isDim(id) && id !== canvas.hovered ? 0.3 : 1;
    context.strokeStyle = canvas.colours.ground;
    context.lineWidth = 3.2 / scale;
    context.fillStyle = canvas.colours.ink;
    const at = { x: place.x, y: place.y + sizeOf(node) + 3 / scale };
    context.strokeText(text, at.x, at.y);
    context.fillText(text, at.x, at.y);
  }
  context.restore();
  canvas.labels = boxes;
}

function labelOrder() {
  const rank = (id) =>
    (id === state.selected ? 8 : 0) +
    (canvas.path && canvas.pathNodes.has(id) ? 4 : 0) +
    (state.selected !== null && canvas.near.has(id) ? 2 : 0);
  const order = (a, b) =>
    rank(b) - rank(a) ||
    KIND_RANK[data.nodes[a].kind] - KIND_RANK[data.nodes[b].kind] ||
    data.nodes[b].weight - data.nodes[a].weight ||
    a - b;
  return [...canvas.shown].sort(order);
}
const KIND_RANK = { person: 0, campaign: 0, body: 0, post: 1, event: 2, place: 2, article: 3 };

function textWidth(context, text, scale) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width * scale);
  return widths.get(text);
}

// Claim a rectangle of the screen; false where another label has it. A coarse grid keeps it quick for thousands.
function claim(taken, left, top, right, bottom, force) {
  const cells = [];
  for (let x = Math.floor(left / 80); x <= Math.floor(right / 80); x += 1) {
    for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y += 1) cells.push(`${x},${y}`);
  }
  const box = [left, top, right, bottom];
  const meets = (other) => other[0] < right && other[2] > left && other[1] < bottom && other[3] > top;
  if (!force && cells.some((cell) => (taken.get(cell) || []).some(meets))) return false;
  for (const cell of cells) taken.set(cell, [...(taken.get(cell) || []), box]);
  return true;
}

// Careers and successions as a Vega-Lite specification: a bar for what is proven of a tenure, its ends filled where a text states them.
const NAME_PX = 11.5; // a Chinese character of a name on a bar
const LANE_PX = 24;
const TIME = { type: 'temporal' };

function drawable(edge) {
  return edge.tenure.from !== null && SEATS.has(edge.post_class);
}

const stamp = (day) => day * DAY_MS;

function tenureSpec(picks, chart, width) {
  const span = windowOf(state);
  const bars = barsOf(picks, chart, width, span);
  const order = [...new Set(bars.map((bar) => bar.slot))].sort();
  const y = {
    field: 'slot',
    type: 'nominal',
    sort: order,
    axis: null,
    scale: { domain: order, paddingInner: 0.2, paddingOuter: 0.3 },
  };
  const steps = chart === 'seats' ? stepsOf(picks, bars) : [];
  const layers = [
    windowLayer(span),
    stepLayer(steps, 'stated', y),
    stepLayer(steps, 'next_seen', y),
    unseenLayer(bars, y),
    barLayer(bars, y),
    endLayer(bars, y),
    ...[false, true].map((flipped) => rimLayer(bars, flipped, y)),
    ...[false, true].map((flipped) => nameLayer(bars, flipped, y)),
    titleLayer(bars, y),
  ];
  return { ...frame(width, order.length * LANE_PX), layer: layers.filter((layer) => layer.data.values.length) };
}

// The tenures of each row that meet the window, clipped to it, each on a lane where nothing covers it.
function barsOf(picks, chart, width, span) {
  const inside = (edge) => drawable(edge) && edge.tenure.from <= span.until && edge.tenure.until >= span.from;
  return picks.flatMap((id, row) => {
    const bars = edgesOf(id, 'holds')
      .filter(inside)
      .map((edge) => withName(barOf(edge, chart, span), span, width));
    return onLanes(bars).map((bar) => drawnBar(bar, id, row, span));
  });
}

function barOf(edge, chart, span) {
  const within = (day) => Math.min(Math.max(day, span.from), span.until);
  const careers = chart === 'careers';
  return {
    edge: edge.id,
    person: edge.from,
    post: edge.to,
    row: careers ? data.nodes[edge.from].label : postName(edge.to),
    name: (careers ? postName(edge.to) : data.nodes[edge.from].label) + mannerOf(edge),
    group: careers ? systemOf(edge.to) : edge.status,
    start: within(edge.tenure.from),
    end: Math.max(within(edge.tenure.until), within(edge.tenure.from) + 1),
    startStated: edge.tenure.startStated,
    endStated: edge.tenure.endStated,
    unseen: unseenUntil(edge, span),
  };
}

// How a post is held, where it is not simply held: 沈玉洁（代理）.
const MANNERS = new Set(['acting', 'in_charge', 'seconded']);

function mannerOf(edge) {
  if (!MANNERS.has(edge.status)) return '';
  return language === 'zh' ? `（${say(edge.status)}）` : ` (${say(edge.status)})`;
}

// How long a tenure may have gone on unseen: to the end of the window, or until somebody else was seen in the post, or the same
// person by a fuller title; null where a text ends it.
function unseenUntil(edge, span) {
  if (edge.tenure.endStated || edge.status === 'former' || edge.former_since) return null;
  const next = [...laterTitles(edge), ...successorsOf(edge)].map((later) => later.tenure.from).sort((a, b) => a - b)[0];
  const until = Math.min(next ?? span.until, span.until);
  return until > edge.tenure.until ? until : null;
}

// A name starts inside its bar, or ends before it where the right edge is near; `taken` is the stretch of days that both need.
function withName(bar, span, width) {
  const whole = Math.max(1, span.until - span.from);
  const days = ((bar.name.length * NAME_PX + 16) / width) * whole;
  const flipped = bar.start + days > span.until + whole * 0.02 && bar.start - days > span.from;
  const taken = flipped ? [bar.start - days, bar.end] : [bar.start, Math.max(bar.end, bar.start + days)];
  return { ...bar, flipped, outside: flipped || bar.end - bar.start < days, taken };
}

function onLanes(bars) {
  const ends = [];
  return [...bars]
    .sort((a, b) => a.taken[0] - b.taken[0] || a.edge - b.edge)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.taken[0]);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = bar.taken[1];
      return { ...bar, lane };
    });
}

function drawnBar(bar, key, row, span) {
  const slot = [row, bar.lane].map((number) => String(number).padStart(3, '0')).join('.');
  const tip = [bar.name, bar.row, spanWords(data.edges[bar.edge])].join('\n');
  const horizon = bar.unseen === null ? null : stamp(bar.unseen);
  return { ...bar, key, slot, tip, start: stamp(bar.start), end: stamp(bar.end), horizon };
}

function systemOf(post) {
  const body = data.nodes[post].body;
  return body === null || body === undefined ? '' : data.nodes[body].system || '';
}

function spanWords(edge) {
  const bound = (stated, seen, word, seenWord) => {
    if (stated) return `${say(word)} ${readable(stated)} (${say('statedBound')})`;
    return seen ? `${say(seenWord)} ${readable(seen)}` : '';
  };
  const from = bound(edge.start, edge.first_seen, 'start', 'firstSeen');
  const until = bound(edge.end, edge.last_seen, 'end', 'lastSeen');
  return [from, until, say(edge.status)].filter(Boolean).join('\n');
}

// From the end of one holder to the beginning of the next; a successor who was seen before the other left draws no line.
function stepsOf(picks, bars) {
  const barOfPerson = (post, person) => bars.find((bar) => bar.post === post && bar.person === person);
  return data.successions
    .filter((step) => picks.includes(step.post))
    .map((step) => ({ step, left: barOfPerson(step.post, step.from), right: barOfPerson(step.post, step.to) }))
    .filter(({ left, right }) => left && right && right.start >= left.end - DAY_MS)
    .map(({ step, left, right }) => ({
      slot: left.slot,
      next: right.slot,
      start: left.end,
      end: right.start,
      basis: step.basis,
    }));
}

// Two unseen points hold the time scale to the window: a stated domain would conflict with the ends of the bars.
function windowLayer(span) {
  const axis = { title: null, orient: 'top', format: '%Y', tickCount: 'year', grid: true };
  return {
    data: { values: [{ at: stamp(span.from) }, { at: stamp(span.until) }] },
    mark: { type: 'point', opacity: 0 },
    encoding: { x: { field: 'at', ...TIME, scale: { nice: false }, axis } },
  };
}

function stepLayer(steps, basis, y) {
  return {
    data: { values: steps.filter((step) => step.basis === basis) },
    mark: { type: 'rule', strokeWidth: 1.4, strokeDash: basis === 'stated' ? [1, 0] : [4, 4] },
    encoding: {
      y,
      y2: { field: 'next' },
      x: { field: 'start', ...TIME },
      x2: { field: 'end' },
      color: { value: canvas.colours.ink },
    },
  };
}

function unseenLayer(bars, y) {
  return {
    data: { values: bars.filter((bar) => bar.horizon !== null) },
    mark: { type: 'rule', strokeDash: [2, 4], opacity: 0.55 },
    encoding: { y, x: { field: 'end', ...TIME }, x2: { field: 'horizon' }, color: { value: canvas.colours.faint } },
  };
}

function barLayer(bars, y) {
  const groups = [...new Set(bars.map((bar) => bar.group))].sort((a, b) => GROUPS.indexOf(a) - GROUPS.indexOf(b) || (a < b ? -1 : 1));
  const range = groups.map((group) => canvas.colours.kinds[groupKind(group)]);
  const words = Object.fromEntries(groups.map((group) => [group, STATUSES.includes(group) ? say(group) : group]));
  const labelExpr = `${JSON.stringify(words)}[datum.label]`;
  const legend = groups.length > 1 ? { title: null, orient: 'top', symbolType: 'square', labelExpr } : null;
  return {
    data: { values: bars },
    mark: { type: 'bar', height: 15, cornerRadius: 2, opacity: 0.5, cursor: 'pointer' },
    encoding: {
      y,
      x: { field: 'start', ...TIME },
      x2: { field: 'end' },
      color: { field: 'group', type: 'nominal', scale: { domain: groups, range }, legend },
    },
  };
}

// A system and a status keep their colours in every chart and language; all other systems share one.
const GROUP_KINDS = ['body', 'person', 'event', 'post', 'campaign', 'place', 'article'];
const SYSTEMS = ['党委', '政府', '人大', '政协', '纪委监委', '街道乡镇'];
const STATUSES = ['acting', 'held', 'ended', 'end_unknown', 'in_charge', 'seconded', 'former'];
const GROUPS = [...SYSTEMS, ...STATUSES];

function groupKind(group) {
  const at = Math.max(SYSTEMS.indexOf(group), STATUSES.indexOf(group));
  return at < 0 ? 'article' : GROUP_KINDS[at];
}

function endLayer(bars, y) {
  const { ink, ground } = canvas.colours;
  const ends = bars.flatMap((bar) => [
    { ...bar, at: bar.start, stated: bar.startStated },
    { ...bar, at: bar.end, stated: bar.endStated },
  ]);
  return {
    data: { values: ends },
    mark: { type: 'point', filled: true, size: 44, strokeWidth: 1.4, cursor: 'pointer' },
    encoding: {
      y,
      x: { field: 'at', ...TIME },
      fill: { condition: { test: 'datum.stated', value: ink }, value: ground },
      stroke: { value: ink },
      opacity: { value: 1 },
    },
  };
}

function nameLayer(bars, flipped, y) {
  const side = flipped ? { align: 'right', dx: -8 } : { align: 'left', dx: 8 };
  return {
    data: { values: bars.filter((bar) => bar.flipped === flipped) },
    mark: { type: 'text', ...side, fontSize: 11, baseline: 'middle', cursor: 'pointer' },
    encoding: { y, x: { field: 'start', ...TIME }, text: { field: 'name' }, color: { value: canvas.colours.ink } },
  };
}

// Under a name that stands outside its bar, a rim in the colour of the ground, so that no line runs through it.
function rimLayer(bars, flipped, y) {
  const { color, ...encoding } = nameLayer(bars, flipped, y).encoding;
  const layer = nameLayer(
    bars.filter((bar) => bar.outside),
    flipped,
    y,
  );
  const mark = { ...layer.mark, strokeWidth: 4, strokeJoin: 'round' };
  return { ...layer, mark, encoding: { ...encoding, fill: color, stroke: { value: canvas.colours.ground } } };
}

function titleLayer(bars, y) {
  return {
    data: { values: bars.filter((bar) => bar.lane === 0).map(({ slot, row }) => ({ slot, title: row })) },
    mark: { type: 'text', align: 'right', x: -10, fontSize: 12, fontWeight: 600, baseline: 'middle' },
    encoding: { y, text: { field: 'title' }, color: { value: canvas.colours.ink } },
  };
}

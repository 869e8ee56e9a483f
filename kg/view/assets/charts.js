// Timelines by Vega-Lite: careers, who sat when, campaigns by month. Interpreted expressions (no eval), our own tooltip (text only).
const ROWS = 14;
const NAME_PX = 11.5; // a Chinese character of a name on a bar

function showOnChart(id) {
  const chart = { person: 'careers', post: 'seats', campaign: 'months' }[data.nodes[id].kind];
  change({ view: 'time', chart, picks: [id], selected: id, edge: null, path: null });
}

function pickForChart(id) {
  if (data.nodes[id].kind !== CHART_KINDS[state.chart]) return false;
  change({ picks: [...new Set([...chartPicks(), id])], selected: id });
  return true;
}

function defaultPicks(chart) {
  const heavy = (a, b) => b.weight - a.weight || a.id - b.id;
  if (chart === 'careers')
    return data.nodes
      .filter((n) => n.kind === 'person' && edgesOf(n.id, 'holds').some(drawable))
      .sort(heavy)
      .slice(0, ROWS)
      .map((n) => n.id);
  if (chart === 'months')
    return data.nodes
      .filter((n) => n.kind === 'campaign' && (n.months || []).length)
      .sort((a, b) => b.months.length - a.months.length || heavy(a, b))
      .slice(0, 20)
      .map((n) => n.id);
  const holders = (id) =>
    new Set(
      edgesOf(id, 'holds')
        .filter(drawable)
        .map((e) => e.from),
    ).size;
  return data.nodes
    .filter((n) => n.kind === 'post' && n.single_seat && holders(n.id) > 0)
    .sort((a, b) => holders(b.id) - holders(a.id) || heavy(a, b))
    .slice(0, ROWS)
    .map((n) => n.id);
}

function drawable(edge) {
  return edge.tenure.from !== null && SEATS.has(edge.post_class);
}

// Bars and names of one row that would cover each other go on lanes of their own.
function lanes(bars) {
  const ends = [];
  for (const bar of [...bars].sort((a, b) => a.taken[0] - b.taken[0] || a.edge - b.edge)) {
    let lane = ends.findIndex((end) => end <= bar.taken[0]);
    if (lane < 0) lane = ends.length;
    ends[lane] = bar.taken[1];
    bar.lane = lane;
  }
  return bars;
}

// A name starts inside its bar, or ends before it where the right edge is near; `taken` is the stretch of days that both need.
function nameSide(bar, span, width) {
  const days = ((bar.name.length * NAME_PX + 16) / width) * Math.max(1, span.until - span.from);
  const flipped = bar.start + days > span.until + (span.until - span.from) * 0.02 && bar.start - days > span.from;
  return { flipped, taken: flipped ? [bar.start - days, bar.end] : [bar.start, Math.max(bar.end, bar.start + days)] };
}

function barsOf(picks, chart, width) {
  const span = windowOf(state);
  const within = (day) => Math.min(Math.max(day, span.from), span.until);
  const bar = (id, edge) => ({
    row: chart === 'careers' ? data.nodes[id].label : postName(id),
    key: id,
    edge: edge.id,
    person: edge.from,
    post: edge.to,
    name: chart === 'careers' ? postName(edge.to) : data.nodes[edge.from].label,
    group: chart === 'careers' ? systemOf(edge.to) : say(edge.status),
    start: within(edge.tenure.from),
    end: Math.max(within(edge.tenure.until), within(edge.tenure.from) + 1),
    startStated: edge.tenure.startStated,
    endStated: edge.tenure.endStated,
    open: !edge.tenure.endStated && edge.status !== 'former' && !edge.former_since,
  });
  const inside = (edge) => drawable(edge) && edge.tenure.from <= span.until && edge.tenure.until >= span.from;
  return picks.flatMap((id) =>
    lanes(
      edgesOf(id, 'holds')
        .filter(inside)
        .map((edge) => bar(id, edge))
        .map((one) => ({ ...one, ...nameSide(one, span, width) })),
    ),
  );
}

function systemOf(post) {
  const body = data.nodes[post].body;
  return body === null || body === undefined ? '' : data.nodes[body].system || '';
}

const stamp = (day) => day * DAY_MS;

function tenureSpec(picks, chart, width) {
  const span = windowOf(state);
  const rows = barsOf(picks, chart, width).map((bar) => ({
    ...bar,
    slot: `${String(picks.indexOf(bar.key)).padStart(3, '0')}.${String(bar.lane).padStart(2, '0')}`,
    start: stamp(bar.start),
    end: stamp(bar.end),
    horizon: stamp(span.until),
    tip: [bar.name, bar.row, spanWords(data.edges[bar.edge])].join('\n'),
  }));
  const order = [...new Set(rows.map((row) => row.slot))].sort();
  const y = {
    field: 'slot',
    type: 'nominal',
    sort: order,
    axis: null,
    scale: { domain: order, paddingInner: 0.2, paddingOuter: 0.3 },
  };
  const time = { type: 'temporal' };
  const ends = rows.flatMap((row) => [
    { ...row, at: row.start, stated: row.startStated },
    { ...row, at: row.end, stated: row.endStated },
  ]);
  const titles = order
    .filter((slot) => slot.endsWith('.00'))
    .map((slot) => ({ slot, title: rows.find((row) => row.slot === slot).row }));
  const groups = [...new Set(rows.map((row) => row.group))].sort();
  const colour = {
    field: 'group',
    type: 'nominal',
    scale: { domain: groups, range: groups.map((group, i) => canvas.colours.kinds[groupKind(group, i)]) },
    legend: groups.length > 1 ? { title: null, orient: 'top', symbolType: 'square' } : null,
  };
  const ink = { value: canvas.colours.ink };
  // A name is drawn twice, first as a rim in the colour of the ground, so that no line runs through it.
  const names = (flipped, rim) => ({
    data: { values: rows.filter((row) => row.flipped === flipped) },
    mark: {
      type: 'text',
      align: flipped ? 'right' : 'left',
      dx: flipped ? -8 : 8,
      fontSize: 11,
      baseline: 'middle',
      cursor: 'pointer',
      ...(rim ? { strokeWidth: 3, strokeJoin: 'round', opacity: 0.8 } : {}),
    },
    encoding: {
      y,
      x: { field: 'start', ...time },
      text: { field: 'name' },
      ...(rim ? { stroke: { value: canvas.colours.ground } } : { color: ink }),
    },
  });
  const steps = chart === 'seats' ? stepsOf(picks, rows) : [];
  const rule = (basis) => ({
    data: { values: steps.filter((step) => step.basis === basis) },
    mark: { type: 'rule', strokeWidth: 1.4, strokeDash: basis === 'stated' ? [1, 0] : [4, 4] },
    encoding: { y, y2: { field: 'next' }, x: { field: 'start', ...time }, x2: { field: 'end' }, color: ink },
  });
  const layers = [
    // Two unseen points hold the time scale to the window: a stated domain would conflict with the ends of the bars.
    {
      data: { values: [{ at: stamp(span.from) }, { at: stamp(span.until) }] },
      mark: { type: 'point', opacity: 0 },
      encoding: {
        x: {
          field: 'at',
          ...time,
          scale: { nice: false },
          axis: { title: null, orient: 'top', format: '%Y', tickCount: 'year', grid: true },
        },
      },
    },
    rule('stated'),
    rule('next_seen'),
    {
      data: { values: rows.filter((row) => row.open) },
      mark: { type: 'rule', strokeDash: [2, 4], opacity: 0.55 },
      encoding: { y, x: { field: 'end', ...time }, x2: { field: 'horizon' }, color: { value: canvas.colours.faint } },
    },
    {
      data: { values: rows },
      mark: { type: 'bar', height: 15, cornerRadius: 2, opacity: 0.5, cursor: 'pointer' },
      encoding: { y, x: { field: 'start', ...time }, x2: { field: 'end' }, color: colour },
    },
    {
      data: { values: ends },
      mark: { type: 'point', filled: true, size: 44, strokeWidth: 1.4, cursor: 'pointer' },
      encoding: {
        y,
        x: { field: 'at', ...time },
        fill: { condition: { test: 'datum.stated', value: canvas.colours.ink }, value: canvas.colours.ground },
        stroke: ink,
        opacity: { value: 1 },
      },
    },
    names(false, true),
    names(true, true),
    names(false, false),
    names(true, false),
    {
      data: { values: titles },
      mark: { type: 'text', align: 'right', x: -10, fontSize: 12, fontWeight: 600, baseline: 'middle' },
      encoding: { y, text: { field: 'title' }, color: ink },
    },
  ].filter((layer) => layer.data.values.length);
  return { ...frame(width, order.length * 24), layer: layers };
}

// A system keeps its colour in every chart; what is no system (a status) goes by its place.
const GROUP_KINDS = ['body', 'person', 'event', 'post', 'campaign', 'place', 'article'];
const SYSTEMS = ['党委', '政府', '人大', '政协', '纪委监委', '街道乡镇'];

function groupKind(group, i) {
  const known = SYSTEMS.indexOf(group);
  return known < 0 && data.nodes.some((node) => node.system === group)
    ? 'article'
    : GROUP_KINDS[(known < 0 ? i : known) % GROUP_KINDS.length];
}

function spanWords(edge) {
  const one = (stated, seen, word, seenWord) =>
    stated ? `${say(word)} ${readable(stated)} (${say('statedBound')})` : seen ? `${say(seenWord)} ${readable(seen)}` : '';
  return [
    one(edge.start, edge.first_seen, 'start', 'firstSeen'),
    one(edge.end, edge.last_seen, 'end', 'lastSeen'),
    say(edge.status),
  ]
    .filter(Boolean)
    .join('\n');
}

function stepsOf(picks, rows) {
  return data.successions
    .filter((step) => picks.includes(step.post))
    .flatMap((step) => {
      const left = rows.find((row) => row.post === step.post && row.person === step.from);
      const right = rows.find((row) => row.post === step.post && row.person === step.to);
      return left && right && right.start >= left.end - DAY_MS
        ? [{ slot: left.slot, next: right.slot, start: left.end, end: right.start, basis: step.basis }]
        : [];
    });
}

function monthsSpec(picks, width) {
  const found = picks.flatMap((id) =>
    data.nodes[id].months
      .filter(([month]) => inWindow(month))
      .map(([month, articles, events, all]) => ({
        row: data.nodes[id].label,
        key: id,
        month,
        articles,
        tip: `${data.nodes[id].label}\n${month}\n${say('articles')}: ${articles} / ${all} · ${say('events')}: ${events}`,
      })),
  );
  const totals = new Map();
  for (const [, date, , articles] of data.coverage)
    if (date && inWindow(date.slice(0, 7))) totals.set(date.slice(0, 7), (totals.get(date.slice(0, 7)) || 0) + articles);
  const base = [...totals].map(([month, articles]) => ({
    row: say('allArticles'),
    month,
    articles,
    tip: `${month}\n${say('allArticles')}: ${articles}`,
  }));
  const months = [...new Set([...totals.keys(), ...found.map((one) => one.month)])].sort();
  const x = {
    field: 'month',
    type: 'ordinal',
    sort: months,
    scale: { domain: months },
    axis: { title: null, labelAngle: -50, labelOverlap: true },
  };
  const rows = picks.map((id) => data.nodes[id].label);
  const cells = (values, row, tone) => [
    {
      data: { values },
      mark: { type: 'rect', cornerRadius: 2, cursor: 'pointer', stroke: canvas.colours.ground },
      encoding: {
        x,
        y: row,
        color: { value: tone },
        opacity: {
          field: 'articles',
          type: 'quantitative',
          scale: { domain: [0, Math.max(1, ...values.map((v) => v.articles))], range: [0.18, 1] },
          legend: null,
        },
      },
    },
    {
      data: { values },
      mark: { type: 'text', fontSize: 10 },
      encoding: { x, y: row, text: { field: 'articles' }, color: { value: canvas.colours.ink } },
    },
  ];
  const y = (domain) => ({
    field: 'row',
    type: 'nominal',
    sort: domain,
    scale: { domain },
    axis: { title: null, labelLimit: 170, domain: false, ticks: false },
  });
  return {
    ...bare(frame(width, 0)),
    spacing: 6,
    resolve: { scale: { opacity: 'independent' } },
    vconcat: [
      {
        width,
        height: 22,
        layer: cells(base, y([say('allArticles')]), canvas.colours.faint).map((layer) => ({
          ...layer,
          encoding: { ...layer.encoding, x: { ...x, axis: null } },
        })),
      },
      { width, height: Math.max(24, rows.length * 22), layer: cells(found, y(rows), canvas.colours.kinds.campaign) },
    ],
  };
}

function bare(spec) {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => key !== 'width'));
}

function inWindow(month) {
  const span = windowOf(state);
  return boundOf(month, 1) >= span.from && boundOf(month, 0) <= span.until;
}

function frame(width, height) {
  const { ink, faint, line } = canvas.colours;
  const font = getComputedStyle(document.body).fontFamily;
  return {
    width,
    ...(height ? { height } : {}),
    background: 'transparent',
    padding: 6,
    config: {
      font,
      view: { stroke: null },
      axis: { labelColor: ink, gridColor: line, gridOpacity: 0.5, domainColor: line, tickColor: line, labelFontSize: 11 },
      legend: { labelColor: ink, titleColor: faint },
      text: { color: ink },
    },
  };
}

const drawnCharts = { big: null };

async function embedChart(node, spec) {
  const result = await window.vegaEmbed(node, spec, {
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: 'svg',
    mode: 'vega-lite',
    tooltip: chartTip,
    loader: { target: '_blank', http: false },
  });
  result.view.addEventListener('click', (event, item) => {
    if (item && item.datum) chartClicked(item.datum);
  });
  result.view.addEventListener('mousemove', (event, item) => chartTip(null, event, item));
  result.view.addEventListener('mouseout', (event) => chartTip(null, event, null));
  return result;
}

function chartTip(handler, event, item) {
  const tip = byId('tip');
  const text = item && item.datum && item.datum.tip;
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const box = byId('stage').getBoundingClientRect();
  tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth - 8)}px`;
  tip.style.top = `${event.clientY - box.top + 14}px`;
}

function chartClicked(datum) {
  if (datum.edge !== undefined) change({ edge: [datum.person, datum.post], selected: null });
  else if (datum.key !== undefined) change({ selected: datum.key, edge: null });
}

const CHART_KINDS = { careers: 'person', seats: 'post', months: 'campaign' };

// What the chart shows: what was picked and fits it, else the heaviest.
function chartPicks() {
  const fitting = (state.picks || []).filter(
    (id) => data.nodes[id].kind === CHART_KINDS[state.chart] && (state.chart !== 'months' || data.nodes[id].months),
  );
  return fitting.length ? fitting : defaultPicks(state.chart);
}

let chartTurn = 0;

async function renderCharts() {
  const turn = ++chartTurn;
  const used = chartPicks();
  renderPicks(used);
  byId('chart-note').textContent = say({ careers: 'chartCareers', seats: 'chartSeats', months: 'chartMonths' }[state.chart]);
  const holder = byId('chart');
  const empty = !used.length;
  if (empty) {
    holder.replaceChildren(el('p', { class: 'hint' }, say('chartEmpty')));
    return;
  }
  const gutter =
    state.chart === 'months' ? 190 : longest(used.map((id) => (state.chart === 'careers' ? data.nodes[id].label : postName(id))));
  const width = Math.max(200, holder.clientWidth - gutter - 24);
  const fresh = el('div', {});
  const result = await embedChart(
    fresh,
    state.chart === 'months' ? monthsSpec(used, width) : tenureSpec(used, state.chart, width),
  );
  if (turn !== chartTurn) {
    result.finalize();
    return;
  }
  if (drawnCharts.big) drawnCharts.big.finalize();
  drawnCharts.big = result;
  holder.replaceChildren(fresh);
}

function longest(labels) {
  return Math.min(220, 20 + 12.5 * Math.max(...labels.map((label) => [...label].length)));
}

function renderPicks(picks) {
  const remove = (id) => change({ picks: picks.filter((other) => other !== id) });
  const chip = (id) =>
    el(
      'span',
      { class: 'pick' },
      nodeLink(id, state.chart === 'seats' ? postName(id) : null),
      el('button', { type: 'button', 'aria-label': say('remove_'), onclick: () => remove(id) }, '×'),
    );
  byId('chart-picks').replaceChildren(
    ...picks.map(chip),
    el('button', { type: 'button', class: 'more', onclick: () => byId('query').focus() }, `+ ${say('addBySearch')}`),
  );
}

function drawSmallCareer(node, id) {
  const spec = tenureSpec([id], 'careers', 290);
  spec.layer = spec.layer.slice(0, -1); // one person needs no row title
  embedChart(node, spec);
}

// A count of two has no tick at one and a half.
function wholeTicks(values) {
  const most = Math.max(...values.map((value) => value.articles));
  return most <= 4 ? { values: Array.from({ length: most + 1 }, (_, i) => i) } : { tickCount: 3 };
}

function drawSmallMonths(node, id) {
  const values = data.nodes[id].months.map(([month, articles, , all]) => ({
    month,
    articles,
    tip: `${month}\n${articles} / ${all}`,
  }));
  embedChart(node, {
    ...frame(270, 70),
    data: { values },
    mark: { type: 'bar', color: canvas.colours.kinds.campaign },
    encoding: {
      x: { field: 'month', type: 'ordinal', axis: { title: null, labelAngle: -50, labelOverlap: true } },
      y: { field: 'articles', type: 'quantitative', axis: { title: null, format: 'd', ...wholeTicks(values) } },
    },
  });
}

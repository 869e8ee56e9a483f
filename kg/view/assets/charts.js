// Timelines by Vega-Lite: careers, who sat when, campaigns by month. Interpreted expressions (no eval), our own tooltip (text only).
const ROWS = 14;
const CELL_PX = 15; // a month narrower than this has no room for its number

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
  const cells = (values, row, tone) =>
    [
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
        data: { values: width / months.length > CELL_PX ? values : [] },
        mark: { type: 'text', fontSize: 10 },
        encoding: { x, y: row, text: { field: 'articles' }, color: { value: canvas.colours.ink } },
      },
    ].filter((layer) => layer.data.values.length);
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
  if (fitting.length) return fitting;
  const chosen = state.selected !== null && data.nodes[state.selected].kind === CHART_KINDS[state.chart] ? [state.selected] : [];
  return [
    ...new Set([...chosen.filter((id) => state.chart !== 'months' || data.nodes[id].months), ...defaultPicks(state.chart)]),
  ];
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
    holder.replaceChildren(el('p', { class: 'hint' }, say(data.days ? 'chartEmpty' : 'chartUndated')));
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

// A campaign's months where they lie in the whole time; a bar each, and two unseen points that hold the axis to that time.
function drawSmallMonths(node, id) {
  const values = data.nodes[id].months.map(([month, articles, , all]) => ({
    at: stamp(boundOf(month, 0)),
    articles,
    tip: `${month}\n${articles} / ${all}`,
  }));
  const ends = [data.days.first, data.days.last].map((day) => ({ at: stamp(day) }));
  const format = ends[1].at - ends[0].at > 2 * 366 * DAY_MS ? '%Y' : '%Y-%m';
  const x = { field: 'at', ...TIME, axis: { title: null, format, labelOverlap: true, grid: false, tickCount: 6 } };
  embedChart(node, {
    ...frame(270, 70),
    layer: [
      { data: { values: ends }, mark: { type: 'point', opacity: 0 }, encoding: { x } },
      {
        data: { values },
        mark: { type: 'bar', color: canvas.colours.kinds.campaign, width: 5 },
        encoding: {
          x,
          y: { field: 'articles', type: 'quantitative', axis: { title: null, format: 'd', ...wholeTicks(values) } },
        },
      },
    ],
  });
}

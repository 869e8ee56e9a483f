// Wiring: controls change the state, the state redraws what depends on it.
if (window.trustedTypes) {
  // vega-embed empties its element by innerHTML = ''; that one string is allowed, nothing else ever becomes markup.
  window.trustedTypes.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
}

function openPage() {
  state = location.hash.length > 1 ? fromFragment(location.hash) : openingState();
  setLanguage(state.lang || ((navigator.language || 'zh').toLowerCase().startsWith('zh') ? 'zh' : 'en'));
  applyTheme();
  fillFilters();
  openTime();
  openWeight();
  openNetwork();
  openSearch();
  openControls();
  listeners.push(refresh);
  refresh(state, { opening: true });
  if (state.selected !== null && state.view !== 'time') focusOn(state.selected);
}

const DRAWING = [
  'view',
  'level',
  'hidden',
  'role',
  'body',
  'campaign',
  'least',
  'offices',
  'mode',
  'from',
  'until',
  'selected',
  'edge',
  'opened',
  'added',
  'path',
  'theme',
  'everything',
];

function refresh(now, part) {
  const changed = (names) => part.opening || names.some((name) => name in part);
  keepFragment(now);
  if (changed(['lang', 'everything'])) applyLanguage();
  if (changed(['theme', 'everything'])) applyTheme();
  const charting = now.view === 'time';
  byId('network').classList.toggle('away', charting);
  byId('zoom').hidden = charting;
  byId('chart-stage').hidden = !charting;
  byId('filters').classList.toggle('away', charting);
  document.querySelector('main').classList.toggle('charting', charting);
  if (charting) canvas.passing = passingNow(now);
  else if (part.opening) markChosen();
  else if (changed(DRAWING)) redraw(changed(['view', 'level', 'everything']));
  if (charting && changed(['view', 'chart', 'picks', 'lang', 'theme', 'mode', 'from', 'until', 'everything'])) renderCharts();
  renderControls();
  renderStatus();
  if (
    changed([
      'selected',
      'edge',
      'path',
      'choosing',
      'about',
      'opened',
      'lang',
      'theme',
      'role',
      'body',
      'campaign',
      'offices',
      'mode',
      'from',
      'until',
      'view',
      'everything',
    ])
  )
    renderPanel();
}

function applyLanguage() {
  if (state.lang) setLanguage(state.lang);
  widths.clear(); // each language has its fonts
  const papers = [...new Set(data.coverage.map((issue) => issue[0]).filter(Boolean))];
  byId('subtitle').textContent = papers.slice(0, 3).join(' · ') + (papers.length > 3 ? ' …' : '');
  fillFilters();
}

function applyTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  const colours = readColours();
  if (JSON.stringify(colours) === JSON.stringify(canvas.colours)) return;
  canvas.colours = colours;
  canvas.paint = paint();
}

function toggleTheme() {
  const dark = state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  change({ theme: dark ? 'light' : 'dark' });
}

const LISTED_FILTERS = 400; // bodies and campaigns in a list; any other is taken from its own panel

function fillFilters() {
  const option = (value, text) => el('option', { value }, text);
  byId('filter-role').replaceChildren(option('', say('anyOf')), ...ROLES.map((role) => option(role, say(role))));
  const heavy = (kind) => {
    const all = data.nodes.filter((node) => node.kind === kind).sort((a, b) => b.weight - a.weight || a.id - b.id);
    const listed = all.slice(0, LISTED_FILTERS);
    return state[kind] === null || listed.some((node) => node.id === state[kind]) ? listed : [...listed, data.nodes[state[kind]]];
  };
  byId('filter-body').replaceChildren(
    option('', say('anyOf')),
    ...heavy('body').map((node) => option(String(node.id), node.label)),
  );
  byId('filter-campaign').replaceChildren(
    option('', say('anyOf')),
    ...heavy('campaign').map((node) => option(String(node.id), node.label)),
  );
}

function openControls() {
  const on = (id, event, act) => byId(id).addEventListener(event, act);
  for (const button of document.querySelectorAll('[data-view]'))
    button.addEventListener('click', () => change({ view: button.dataset.view, path: null }));
  for (const button of document.querySelectorAll('[data-level]'))
    button.addEventListener('click', () => change({ level: button.dataset.level }));
  for (const button of document.querySelectorAll('[data-chart]'))
    button.addEventListener('click', () => change({ chart: button.dataset.chart, picks: null }));
  for (const button of document.querySelectorAll('[data-time]'))
    button.addEventListener('click', () =>
      change({
        mode: button.dataset.time,
        from: null,
        until: button.dataset.time === 'asof' ? (state.until ?? (data.days && data.days.last)) : state.until,
      }),
    );
  for (const button of document.querySelectorAll('[data-zoom]'))
    button.addEventListener('click', () => zoom(button.dataset.zoom));
  on('filter-role', 'change', (event) => change({ role: event.target.value }));
  on('filter-body', 'change', (event) => change({ body: event.target.value === '' ? null : Number(event.target.value) }));
  on('filter-campaign', 'change', (event) => change({ campaign: event.target.value === '' ? null : Number(event.target.value) }));
  on('filter-weight', 'input', (event) => change({ least: Number(event.target.value) }));
  on('filter-offices', 'change', (event) => change({ offices: event.target.checked }));
  on('reset', 'click', () =>
    change({ ...startState(), view: state.view, lang: state.lang, theme: state.theme, everything: true }),
  );
  on('theme-button', 'click', toggleTheme);
  on('language-button', 'click', () => change({ lang: language === 'zh' ? 'en' : 'zh' }));
  on('link-button', 'click', copyLink);
  on('export-png', 'click', exportPng);
  on('export-svg', 'click', exportSvg);
  on('export-csv', 'click', exportCsv);
  on('filters-button', 'click', () => {
    const open = byId('filters').classList.toggle('open');
    byId('filters-button').setAttribute('aria-expanded', String(open));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => change({ theme: state.theme }));
  window.addEventListener('hashchange', () => change({ ...fromFragment(location.hash), everything: true }));
  window.addEventListener('resize', resized);
  document.addEventListener('click', (event) => {
    if (event.isTrusted && !byId('export').contains(event.target)) byId('export').open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !byId('query').matches(':focus'))
      change({ ...NOTHING_CHOSEN });
  });
}

let resizing = 0;

function resized() {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    const narrow = isNarrow();
    if (narrow !== canvas.narrow) {
      canvas.narrow = narrow;
      redraw(true);
    }
    if (state.view === 'time') renderCharts();
  }, 150);
}

function zoom(how) {
  if (how === 'about') change({ ...NOTHING_CHOSEN, about: !state.about });
  else if (how === 'fit') fit();
  else canvas.network.moveTo({ scale: canvas.network.getScale() * (how === 'in' ? 1.35 : 1 / 1.35) });
}

function renderControls() {
  const press = (selector, name, value) => {
    for (const button of document.querySelectorAll(selector)) {
      const on = button.dataset[name] === value;
      button.setAttribute(button.getAttribute('role') === 'tab' ? 'aria-selected' : 'aria-checked', String(on));
    }
  };
  press('[data-view]', 'view', state.view);
  press('[data-level]', 'level', state.level);
  press('[data-chart]', 'chart', state.chart);
  press('[data-time]', 'time', state.mode);
  if (state.body !== null || state.campaign !== null) fillFilters();
  byId('filter-role').value = state.role;
  byId('filter-body').value = state.body === null ? '' : String(state.body);
  byId('filter-campaign').value = state.campaign === null ? '' : String(state.campaign);
  byId('filter-weight').value = String(state.least);
  byId('filter-weight-name').textContent = `${say(state.view === 'met' ? 'weightEdges' : 'weightNodes')}: ${state.least}`;
  byId('filter-offices').checked = state.offices;
  renderLegend();
  renderTime();
}

function renderLegend() {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const id of canvas.shown) counts[data.nodes[id].kind] += 1;
  const total = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const node of data.nodes) total[node.kind] += 1;
  const toggle = (kind) => {
    const hidden = new Set(state.hidden);
    if (!hidden.delete(kind)) hidden.add(kind);
    change({ hidden });
  };
  const rows = KINDS.filter((kind) => total[kind] && (state.view === 'time' || fitsView(state.view, { kind }))).map((kind) =>
    el(
      'button',
      {
        type: 'button',
        class: `legend kind-${kind}`,
        'aria-pressed': String(!state.hidden.has(kind)),
        dataset: { kind },
        onclick: () => toggle(kind),
      },
      icon(kind),
      el('span', {}, say(KIND_WORDS[kind])),
      el('small', {}, `${counts[kind]} / ${total[kind]}`),
    ),
  );
  const line = (dashed, key) =>
    el(
      'span',
      { class: 'legend-line' },
      svgElement(
        'svg',
        { viewBox: '0 0 28 8', 'aria-hidden': 'true' },
        svgElement('path', { d: 'M0 4H28', ...(dashed ? { 'stroke-dasharray': '5 4' } : {}) }),
      ),
      say(key),
    );
  byId('legend').replaceChildren(
    ...rows,
    ...(state.view === 'met' ? [] : [line(false, 'solid'), line(true, 'dashed')]),
    el('p', { class: 'hint' }, say(state.view === 'met' ? 'sizeHintMet' : 'sizeHint')),
  );
}

function renderStatus() {
  const parts = [];
  if (state.view !== 'time') {
    parts.push(
      canvas.shown.size ? say('shownOf', { n: canvas.shown.size, m: canvas.lines.size, total: data.nodes.length }) : say('noHit'),
    );
    if (canvas.weak) parts.push(say('hiddenWeak', { n: canvas.weak }));
    if (sceneOf(state, canvas.narrow).size >= DRAWN_NODES) parts.push(say('tooMany', { n: DRAWN_NODES }));
    if (state.selected !== null && state.opened.has(state.selected)) {
      const near = neighboursOf(state.selected, canvas.passing).length;
      if (near > NEIGHBOURS) parts.push(say('foldedNeighbours', { n: near, m: NEIGHBOURS }));
    }
    const undated = canvas.passing.span.narrowed ? data.nodes.filter((node) => node.kind === 'event' && !node.days).length : 0;
    if (undated) parts.push(say('undatedHidden', { n: undated }));
  }
  if (data.asked.focus) parts.push(say('focused', { name: data.asked.focus, hops: data.asked.hops }));
  const cuts = {
    window: 'droppedWindow',
    focus: 'droppedFocus',
    kind: 'droppedKind',
    weight: 'droppedWeight',
    limit: 'droppedLimit',
  };
  for (const [reason, n] of data.dropped) parts.push(say(cuts[reason], { n }));
  byId('status').textContent = parts.join(language === 'zh' ? '；' : '; ');
}

function openWeight() {
  const heaviest = data.nodes.reduce((most, node) => (WEIGHED.has(node.kind) ? Math.max(most, node.weight) : most), 1);
  byId('filter-weight').max = String(Math.min(60, heaviest));
}

function openTime() {
  if (!data.days) {
    byId('time').hidden = true;
    return;
  }
  for (const id of ['from', 'until']) {
    const slider = byId(id);
    [slider.min, slider.max, slider.step] = [data.days.first, data.days.last, 1];
    slider.addEventListener('input', () => setTime(id, Number(slider.value)));
    const box = byId(`${id}-date`);
    [box.min, box.max] = [dateOf(data.days.first), dateOf(data.days.last)];
    box.addEventListener('change', () => {
      const day = dayOf(box.value);
      if (day !== null) setTime(id, day);
    });
  }
  byId('time-reset').addEventListener('click', () => change({ from: null, until: null, mode: 'range' }));
  drawHistogram();
}

let timeQueued = 0;

// Many slider steps in one frame make one redraw.
function setTime(id, day) {
  const within = Math.min(Math.max(day, data.days.first), data.days.last);
  const span = windowOf(state);
  const part =
    id === 'from'
      ? { from: Math.min(within, span.until) }
      : { until: state.mode === 'asof' ? within : Math.max(within, span.from) };
  if (part.from === data.days.first) part.from = null;
  if (part.until === data.days.last && state.mode === 'range') part.until = null;
  state = { ...state, ...part };
  renderTime();
  cancelAnimationFrame(timeQueued);
  timeQueued = requestAnimationFrame(() => change({ from: state.from, until: state.until }));
}

function drawHistogram() {
  const bins = 60;
  const counts = new Array(bins).fill(0);
  const size = Math.max(1, data.days.last - data.days.first);
  for (const node of data.nodes) {
    if (node.kind === 'event' && node.days)
      counts[Math.min(bins - 1, Math.max(0, Math.floor(((node.days[0] - data.days.first) / size) * bins)))] += 1;
  }
  const most = Math.max(1, ...counts);
  const bars = counts
    .map((n, i) =>
      n ? svgElement('rect', { x: i, y: round(20 - (19 * n) / most), width: 0.85, height: round((19 * n) / most + 1) }) : null,
    )
    .filter(Boolean);
  byId('histogram').replaceChildren(svgElement('svg', { viewBox: `0 0 ${bins} 20`, preserveAspectRatio: 'none' }, ...bars));
}

function renderTime() {
  if (!data.days) return;
  const span = windowOf(state);
  const asof = state.mode === 'asof';
  byId('time').classList.toggle('asof', asof);
  byId('from').hidden = asof;
  byId('from-date').hidden = asof;
  for (const [id, day] of [
    ['from', span.from],
    ['until', span.until],
  ]) {
    byId(id).value = String(day);
    byId(id).setAttribute('aria-valuetext', dateOf(day));
    if (document.activeElement !== byId(`${id}-date`)) byId(`${id}-date`).value = dateOf(day);
  }
  const size = Math.max(1, data.days.last - data.days.first);
  byId('span').style.left = `${((span.from - data.days.first) / size) * 100}%`;
  byId('span').style.width = `${((span.until - span.from) / size) * 100}%`;
  byId('time-reset').disabled = state.from === null && state.until === null && !asof;
}

// For tests and for readers who look into the page from the console: what is shown, by label.
window.guanpu = Object.freeze({
  shown: () => [...canvas.shown].map((id) => data.nodes[id].label),
  lines: () =>
    [...canvas.lines.values()].map((line) => ({
      from: data.nodes[line.from].label,
      to: data.nodes[line.to].label,
      kind: line.kind,
      weight: line.weight,
      events: (line.events || []).length,
      dashed: line.dashed,
    })),
  labels: () => canvas.labels.map((box) => ({ ...box })),
  marks: () =>
    [...canvas.shown].map((id) => {
      const at = canvas.network.canvasToDOM(canvas.network.getPositions([id])[id]);
      return { id, label: data.nodes[id].label, ...at, radius: sizeOf(data.nodes[id]) * canvas.network.getScale() };
    }),
  fragment: () => toFragment(state),
  at: (label) => {
    const node = data.nodes.find((one) => one.label === label && canvas.shown.has(one.id));
    return node ? canvas.network.canvasToDOM(canvas.network.getPositions([node.id])[node.id]) : null;
  },
  bars: () => barsOf(chartPicks(), state.chart, 600, windowOf(state)),
  csv: csvText,
  svg: () => new XMLSerializer().serializeToString(graphSvg()),
});

openPage();

// Saving what is shown: a picture, a drawing, a table. Files are made in the page; nothing leaves it.
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function fileName(extension) {
  return `guanpu-${state.view}.${extension}`;
}

async function exportPng() {
  if (state.view === 'time') {
    const picture = await chartOnGround((view) => view.toCanvas(2));
    if (picture) picture.toBlob((blob) => save(fileName('png'), blob));
    return;
  }
  const drawn = byId('network').querySelector('canvas');
  const out = document.createElement('canvas');
  const width = byId('network').clientWidth;
  const ratio = drawn.width / width;
  const lines = captionLines(width);
  [out.width, out.height] = [drawn.width, drawn.height + captionHeight(lines) * ratio];
  const context = out.getContext('2d');
  context.fillStyle = canvas.colours.ground;
  context.fillRect(0, 0, out.width, out.height);
  context.drawImage(drawn, 0, 0);
  context.fillStyle = canvas.colours.faint;
  context.font = `${CAPTION_PX * ratio}px ${getComputedStyle(document.body).fontFamily}`;
  lines.forEach((line, i) => context.fillText(line, 8 * ratio, drawn.height + (i + 1) * LINE_PX * ratio));
  out.toBlob((blob) => save(fileName('png'), blob));
}
const CAPTION_PX = 11;
const LINE_PX = 16;

// What the picture shows, under it, in lines as wide as it; a line ends between words or Chinese characters.
function captionLines(width) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = `${CAPTION_PX}px ${getComputedStyle(document.body).fontFamily}`;
  const lines = [''];
  for (const piece of caption().match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g) || []) {
    if (context.measureText(lines[lines.length - 1] + piece).width > width - 16) lines.push('');
    lines[lines.length - 1] += piece;
  }
  return lines;
}

function captionHeight(lines) {
  return lines.length * LINE_PX + 6;
}

// The page's charts have no ground of their own; a picture of one needs it, or pale text ends up on white paper.
async function chartOnGround(draw) {
  if (!drawnCharts.big) return null;
  const { view } = drawnCharts.big;
  await view.background(canvas.colours.ground).runAsync();
  const picture = await draw(view);
  await view.background('transparent').runAsync();
  return picture;
}

function caption() {
  const span = windowOf(state);
  const when = data.days
    ? span.asof
      ? `${say('timeAsOf')} ${dateOf(span.until)}`
      : `${dateOf(span.from)} – ${dateOf(span.until)}`
    : '';
  return ['官谱 Guanpu', byId('subtitle').textContent, when, byId('status').textContent].filter(Boolean).join(' · ');
}

async function exportSvg() {
  const text =
    state.view === 'time'
      ? await chartOnGround((view) => view.toSVG())
      : new XMLSerializer().serializeToString(graphSvg());
  if (text) save(fileName('svg'), new Blob([text], { type: 'image/svg+xml' }));
}

function graphSvg() {
  const places = canvas.network.getPositions();
  const all = Object.values(places);
  const [left, right] = [Math.min(...all.map((p) => p.x)) - 80, Math.max(...all.map((p) => p.x)) + 80];
  const [top, bottom] = [Math.min(...all.map((p) => p.y)) - 40, Math.max(...all.map((p) => p.y)) + 60];
  const lines = [...canvas.lines.values()].map((line) =>
    svgElement('line', {
      x1: places[line.from].x,
      y1: places[line.from].y,
      x2: places[line.to].x,
      y2: places[line.to].y,
      stroke: canvas.colours.line,
      'stroke-width': round(lineWidth(line)),
      ...(line.dashed ? { 'stroke-dasharray': '5 4' } : {}),
    }),
  );
  const marks = [...canvas.shown].map((id) => {
    const node = data.nodes[id];
    const label = svgElement('text', {
      y: round(sizeOf(node) + 14),
      'text-anchor': 'middle',
      'font-size': LABEL_PX,
      fill: canvas.colours.ink,
    });
    label.textContent = labelOf(node);
    const path = svgElement('path', { d: outline(node.kind, sizeOf(node)), fill: canvas.colours.kinds[node.kind] });
    return svgElement('g', { transform: `translate(${places[id].x} ${places[id].y})` }, path, label);
  });
  const said = captionLines(right - left);
  const foot = said.map((line, i) => {
    const text = svgElement('text', {
      x: left + 8,
      y: bottom + (i + 1) * LINE_PX,
      'font-size': CAPTION_PX,
      fill: canvas.colours.faint,
    });
    text.textContent = line;
    return text;
  });
  const [width, height] = [right - left, bottom - top + captionHeight(said)];
  return svgElement(
    'svg',
    { viewBox: `${left} ${top} ${width} ${height}`, width, height, lang: 'zh-CN', 'font-family': getComputedStyle(document.body).fontFamily },
    svgElement('rect', { x: left, y: top, width, height, fill: canvas.colours.ground }),
    ...lines,
    ...marks,
    ...foot,
  );
}

// A cell that a spreadsheet would take for a formula is quoted by an apostrophe, as Excel itself shows text.
function csvCell(value) {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvText() {
  const rows = [['record', 'id', 'kind', 'label', 'from', 'to', 'relation', 'weight', 'first', 'last', 'events', 'evidence']];
  for (const id of [...canvas.shown].sort((a, b) => a - b)) {
    const node = data.nodes[id];
    rows.push(['node', node.ref, node.kind, node.label, '', '', '', node.weight, ...(node.when || ['', '']), '', '']);
  }
  for (const line of canvas.lines.values()) {
    const edges = [...line.edges, ...line.via.map((id) => data.edges[id])];
    const met = (line.events || []).map((id) => data.nodes[id]);
    const days = [...edges, ...met].filter((one) => one.days).flatMap((one) => one.days);
    const evidence = edges.flatMap((edge) => edge.evidence);
    const quotes = [...new Set(evidence)].slice(0, 5).map((number) => data.sentences[data.evidence[number][0]][2]);
    rows.push([
      'edge',
      line.id,
      '',
      '',
      data.nodes[line.from].ref,
      data.nodes[line.to].ref,
      line.kind,
      round(line.weight),
      days.length ? dateOf(Math.min(...days)) : '',
      days.length ? dateOf(Math.max(...days)) : '',
      met.map((event) => event.label).join(' | '),
      quotes.join(' | '),
    ]);
  }
  return toCsv(rows);
}

// The rows behind a timeline, as the chart draws them.
function chartCsvText() {
  const heads = say(state.chart === 'months' ? 'columnsMonths' : 'columns').split(',');
  const months = (id) =>
    data.nodes[id].months
      .filter(([month]) => inWindow(month))
      .map(([month, articles, events, all]) => [data.nodes[id].label, month, articles, events, all]);
  const tenures = (id) =>
    edgesOf(id, 'holds')
      .filter(drawable)
      .map((edge) => [
        data.nodes[edge.from].label,
        postName(edge.to),
        say(edge.status),
        edge.first_seen,
        edge.last_seen,
        edge.start,
        edge.end,
        edge.evidence.length ? data.sentences[data.evidence[edge.evidence[0]][0]][2] : '',
      ]);
  const rows = chartPicks().flatMap(state.chart === 'months' ? months : tenures);
  return toCsv([heads, ...rows]);
}

function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function exportCsv() {
  save(fileName('csv'), new Blob([state.view === 'time' ? chartCsvText() : csvText()], { type: 'text/csv;charset=utf-8' }));
}

async function copyLink() {
  const address = `${location.href.split('#')[0]}#${toFragment(state)}`;
  const button = byId('link-button');
  try {
    await navigator.clipboard.writeText(address);
    button.textContent = say('copied');
  } catch {
    button.textContent = say('copyFailed');
  }
  setTimeout(() => {
    button.textContent = say('copyLink');
  }, 1600);
}

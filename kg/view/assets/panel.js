// The facts of what is selected, each with its sentence; built from elements and text only.
const LISTED = 8;

function renderPanel() {
  const panel = byId('panel');
  const passing = canvas.passing;
  let parts;
  if (state.path) parts = pathPanel();
  else if (state.selected !== null) parts = nodePanel(data.nodes[state.selected], passing);
  else if (state.edge) parts = edgePanel(state.edge, passing);
  else if (state.mode === 'asof') parts = rosterPanel(passing);
  else parts = welcomePanel();
  const chosen = Boolean(state.path || state.selected !== null || state.edge);
  panel.classList.toggle('open', chosen || state.about);
  panel.replaceChildren(...(chosen || state.about ? [closeButton()] : []), ...parts);
  panel.scrollTop = 0;
}

function closeButton() {
  return el(
    'button',
    {
      class: 'close',
      type: 'button',
      'aria-label': say('close'),
      onclick: () => change({ ...NOTHING_CHOSEN }),
    },
    '×',
  );
}

function heading(node) {
  return el(
    'header',
    { class: `head kind-${node.kind}` },
    icon(node.kind),
    el('h2', {}, node.label),
    el('p', { class: 'sub' }, subtitleOf(node)),
  );
}

function section(title, ...children) {
  const filled = children.flat().filter(Boolean);
  return filled.length ? el('section', {}, el('h3', {}, title), ...filled) : null;
}

function factList(items, row, listed = LISTED) {
  if (!items.length) return null;
  const out = el('ul', { class: 'facts' }, items.slice(0, listed).map(row));
  if (items.length <= listed) return out;
  const more = el('button', { class: 'more', type: 'button' }, say('more', { n: items.length - listed }));
  more.addEventListener('click', () => {
    out.append(...items.slice(listed).map(row));
    more.remove();
  });
  return el('div', {}, out, more);
}

function nodeLink(id, text) {
  const node = data.nodes[id];
  return el(
    'button',
    { class: `to kind-${node.kind}`, type: 'button', dataset: { node: id }, onclick: () => goTo(id) },
    icon(node.kind),
    text || node.label,
  );
}

function goTo(id) {
  const view = state.view !== 'time' && !fitsView(state.view, data.nodes[id]) ? 'graph' : state.view;
  change({ view, selected: id, edge: null, path: null, choosing: false, added: new Set([...state.added, id]) });
  if (state.view !== 'time') focusOn(id);
}

// One fact: what it says, and the sentences it rests on behind a button.
function fact(content, evidence, names = [], open = false) {
  const row = el('li', { class: 'fact' }, el('div', { class: 'said' }, content));
  if (!evidence || !evidence.length) return row;
  const quotes = el('div', { class: 'quotes', hidden: !open });
  const sentences = bySentence(evidence);
  const fill = () => {
    if (!quotes.childElementCount) quotes.append(...sentences.map((one) => quote(one, names)));
  };
  if (open) fill();
  const button = el(
    'button',
    { class: 'quote-button', type: 'button', 'aria-expanded': String(open) },
    sentences.length > 1 ? say('evidenceN', { n: sentences.length }) : say('evidence'),
  );
  button.addEventListener('click', () => {
    fill();
    quotes.hidden = !quotes.hidden;
    button.setAttribute('aria-expanded', String(!quotes.hidden));
  });
  (row.querySelector('.said > .span') || row.firstChild).append(' ', button);
  row.append(quotes);
  return row;
}

// Each sentence once, [number, its marked stretches], by the day of its issue; those of unknown date last.
function bySentence(evidence) {
  const found = new Map();
  for (const number of evidence) {
    const [place, from, to] = data.evidence[number];
    found.set(place, [...(found.get(place) || []), [from, to]]);
  }
  const day = ([place]) => data.articles[data.sentences[place][0]].date || '9999';
  const order = (a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a[0] - b[0]);
  return [...found].sort(order).map(([place, marks]) => [place, joinedMarks(marks)]);
}

// Marks in order, those that touch or overlap as one.
function joinedMarks(marks) {
  const out = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

function quote([place, marks], names) {
  const [articleNumber, offset, text] = data.sentences[place];
  const article = data.articles[articleNumber];
  return el(
    'figure',
    { class: 'quote' },
    el('blockquote', {}, marked([...text], marks, names)),
    el('figcaption', {}, citation(article)),
    article.text ? wholeText(article, marks.map(([from, to]) => [offset + from, offset + to])) : null,
  );
}

function marked(letters, marks, names) {
  const starts = [0, ...marks.map(([, to]) => to)];
  const between = (i) => letters.slice(starts[i], marks[i] ? marks[i][0] : letters.length).join('');
  return starts.flatMap((_, i) => [
    between(i),
    marks[i] ? el('mark', {}, emphasised(letters.slice(...marks[i]).join(''), names)) : null,
  ]);
}

function emphasised(text, names) {
  const known = [...new Set(names.filter(Boolean))].filter((name) => text.includes(name)).sort((a, b) => b.length - a.length);
  if (!known.length) return [text];
  const [name] = known;
  return text
    .split(name)
    .flatMap((part, i) => [...(i ? [el('b', {}, name)] : []), ...(part ? emphasised(part, known.slice(1)) : [])]);
}

function isWebAddress(text) {
  return /^https?:\/\//i.test(text || '');
}

function citation(article) {
  const where = [el('span', {}, article.paper ? `《${article.paper}》` : article.source), article.date, article.page]
    .filter(Boolean)
    .flatMap((part, i) => (i ? [' ', part] : [part]));
  const title = isWebAddress(article.url)
    ? el('a', { href: article.url, target: '_blank', rel: 'noopener noreferrer' }, article.headline)
    : el('span', {}, article.headline);
  const open =
    article.node === undefined
      ? title
      : el(
          'span',
          {},
          title,
          ' ',
          el(
            'button',
            { class: 'to-article', type: 'button', 'aria-label': say('article'), onclick: () => goTo(article.node) },
            '↗',
          ),
        );
  return [...where, ' · ', open];
}

function wholeText(article, marks) {
  const text = el('div', {}, marked([...article.text], marks, []));
  return el('details', { class: 'whole' }, el('summary', {}, say('wholeArticle')), text);
}

function nodePanel(node, passing) {
  const parts = {
    person: personFacts,
    post: postFacts,
    body: bodyFacts,
    place: placeFacts,
    event: eventFacts,
    campaign: campaignFacts,
    article: articleFacts,
  };
  return [heading(node), chips(node), actions(node), ...parts[node.kind](node, passing), why(node)].filter(Boolean);
}

const TYPE_WORDS = {
  person: (node) => say(node.person_kind || 'other'),
  post: (node) => say(node.post_class),
  event: (node) => say(node.event_kind),
};

function chips(node) {
  const texts = [
    TYPE_WORDS[node.kind] ? TYPE_WORDS[node.kind](node) : '',
    Array.isArray(node.place) ? node.place.join(' ') : '',
    node.system,
    node.level,
  ];
  if (node.code) texts.push(`${say('code')} ${node.code}`);
  if (node.days && ['person', 'post', 'body'].includes(node.kind)) texts.push(`${node.when[0]} – ${node.when[1]}`);
  for (const alias of node.aliases || []) texts.push(`${say('alias')} ${alias}`);
  return el(
    'p',
    { class: 'chips' },
    texts.filter(Boolean).map((text) => el('span', {}, text)),
  );
}

function actions(node) {
  const buttons = [];
  if (state.view !== 'time')
    buttons.push(
      el(
        'button',
        { type: 'button', id: 'expand', onclick: () => toggleOpen(node.id) },
        say(state.opened.has(node.id) ? 'collapse' : 'expand'),
      ),
    );
  if (node.kind === 'person')
    buttons.push(
      el(
        'button',
        {
          type: 'button',
          onclick: () => {
            change({ choosing: true });
            byId('query').focus();
          },
        },
        say('pathTo'),
      ),
    );
  if (['body', 'campaign'].includes(node.kind) && state.view !== 'time') {
    const on = state[node.kind] === node.id;
    const narrow = () => change({ [node.kind]: on ? null : node.id });
    buttons.push(el('button', { type: 'button', id: 'only', onclick: narrow }, say(on ? 'onlyOff' : 'onlyThis')));
  }
  if (['person', 'post', 'campaign'].includes(node.kind))
    buttons.push(el('button', { type: 'button', onclick: () => showOnChart(node.id) }, say('onTimeline')));
  const note = state.choosing ? el('p', { class: 'hint' }, say('pathHint')) : null;
  return el('div', { class: 'actions' }, buttons, note);
}

function why(node) {
  return node.reasons && node.reasons.length
    ? el(
        'details',
        { class: 'why' },
        el('summary', {}, say('why')),
        el(
          'ul',
          {},
          node.reasons.map((reason) => el('li', {}, reason)),
        ),
      )
    : null;
}

function tenureSpan(edge) {
  const seenOn = (seen, basis, word) => `${say(word)} ${readable(seen)}${basis === 'printed' ? ` (${say('printed')})` : ''}`;
  const parts = [];
  if (edge.start) parts.push(el('b', {}, `${say('start')} ${readable(edge.start)}`));
  else if (edge.first_seen) parts.push(seenOn(edge.first_seen, edge.first_basis, 'firstSeen'));
  if (edge.end) parts.push(el('b', {}, `${say('end')} ${readable(edge.end)}`));
  else if (edge.last_seen) parts.push(seenOn(edge.last_seen, edge.last_basis, 'lastSeen'));
  if (edge.former_since && !edge.end) parts.push(say('formerBy', { d: readable(edge.former_since) }));
  if (!parts.length) parts.push(say('unknownDate'));
  return el(
    'small',
    { class: 'span' },
    parts.flatMap((part, i) => (i ? [' · ', part] : [part])),
  );
}

function tenureRow(edge, end) {
  const other = edge[end];
  const status =
    edge.status && edge.status !== 'held' ? el('i', { class: `status status-${edge.status}` }, say(edge.status)) : null;
  const kind = edge.post_class && edge.post_class !== 'office' ? el('i', { class: 'status' }, say(edge.post_class)) : null;
  const name = end === 'to' ? postName(other) : data.nodes[other].label;
  return fact([nodeLink(other, name), ' ', status, kind, tenureSpan(edge)], edge.evidence, [data.nodes[edge.from].label]);
}

function byTenure(a, b) {
  return (
    (a.tenure.from ?? Infinity) - (b.tenure.from ?? Infinity) || (a.tenure.until ?? 0) - (b.tenure.until ?? 0) || a.id - b.id
  );
}

function asOfBlock(held, end, passing) {
  if (!passing.span.asof) return null;
  const day = passing.span.until;
  const rows = held.map((edge) => [edge, tenureOn(edge, day)]).filter(([, how]) => how);
  const row = ([edge, how]) =>
    el(
      'li',
      { class: how },
      nodeLink(edge[end], end === 'to' ? postName(edge.to) : data.nodes[edge.from].label),
      how === 'attested' ? null : el('small', { class: 'span' }, say('lastSeenBefore', { d: dateOf(edge.tenure.until) })),
    );
  return section(
    say('provenOn', { d: dateOf(day) }),
    rows.length ? el('ul', { class: 'facts' }, rows.map(row)) : el('p', { class: 'hint' }, '—'),
  );
}

function personFacts(node, passing) {
  const held = edgesOf(node.id, 'holds').sort(byTenure);
  const seen = edgesOf(node.id, 'appears')
    .filter((edge) => passing.active.has(edge.id))
    .sort(byDayDown);
  const ties = metOf(node.id, passing);
  const chart = el('div', { class: 'small-chart' });
  if (held.some((edge) => edge.tenure.from !== null)) drawSmallCareer(chart, node.id);
  return [
    asOfBlock(held, 'to', passing),
    section(
      say('career'),
      chart,
      factList(held, (edge) => tenureRow(edge, 'to')),
    ),
    section(
      say('changes'),
      factList(
        data.changes.filter((one) => one.person === node.id),
        (one) => changeRow(one, [nodeLink(one.post, postName(one.post))]),
      ),
    ),
    section(
      `${say('coappearances')} · ${say('peopleN', { n: ties.length })}`,
      ties.length ? el('p', { class: 'hint' }, say('coappearancesHint')) : null,
      factList(ties, (tie) => tieRow(node.id, tie)),
    ),
    section(
      `${say('events')} · ${seen.length}`,
      factList(seen, (edge) => appearanceRow(edge, edge.to)),
    ),
    section(
      say('campaigns'),
      factList(linkedTo(node.id, 'campaign', passing), ([id, via]) =>
        fact([nodeLink(id), ' ', el('small', {}, say('eventsN', { n: via.length }))], []),
      ),
    ),
    section(
      say('articles'),
      factList(edgesOf(node.id, 'wrote'), (edge) =>
        fact([nodeLink(edge.to), ' ', el('small', {}, say(edge.role))], edge.evidence, [node.label]),
      ),
    ),
  ];
}

function byDayDown(a, b) {
  return (b.days ? b.days[0] : -Infinity) - (a.days ? a.days[0] : -Infinity) || a.id - b.id;
}

function linkedTo(id, kind, passing) {
  return data.linksOf[id]
    .map((link) => [link.a === id ? link.b : link.a, link.via.filter((edge) => passing.active.has(edge))])
    .filter(([other, via]) => data.nodes[other].kind === kind && via.length)
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
}

function tieRow(id, tie) {
  const open = () => change({ edge: [id, tie.other], selected: null });
  const counts = [
    say('sharedEvents', { n: tie.events.length }),
    tie.small ? say('smallEvents', { n: tie.small }) : null,
    tie.weight.toFixed(2),
  ]
    .filter(Boolean)
    .join(' · ');
  return el(
    'li',
    { class: 'fact' },
    el(
      'div',
      { class: 'said' },
      nodeLink(tie.other),
      ' ',
      el('button', { class: 'count', type: 'button', onclick: open }, counts),
    ),
  );
}

function roleWords(edge) {
  return (edge.roles || []).map((role) => el('i', { class: `role role-${role}` }, say(role)));
}

function appearanceRow(edge, other) {
  const event = data.nodes[edge.to];
  const verbs = (edge.verbs || []).filter((verb) => verb !== say((edge.roles || [])[0]));
  const details = [
    other === edge.to ? readable(event.date) : edge.title,
    verbs.length ? `“${verbs.join('、')}”` : null,
    edge.venue ? say(edge.venue) : null,
    edge.list_label === edge.title ? null : edge.list_label,
  ]
    .filter(Boolean)
    .join(' · ');
  return fact([nodeLink(other), ' ', roleWords(edge), el('small', { class: 'span' }, details)], edge.evidence, [
    data.nodes[edge.from].label,
  ]);
}

function changeRow(one, links) {
  const text = [say(one.act), readable(one.date), one.by].filter(Boolean).join(' · ');
  return fact([...links, ' ', el('small', { class: 'span' }, text)], one.evidence, [data.nodes[one.person].label]);
}

function postFacts(node, passing) {
  const held = edgesOf(node.id, 'holds').sort(byTenure);
  const steps = data.successions.filter((step) => step.post === node.id);
  return [
    section(say('body'), node.body === null || node.body === undefined ? null : el('p', {}, nodeLink(node.body))),
    asOfBlock(held, 'from', passing),
    section(
      say('holders'),
      factList(held, (edge) => tenureRow(edge, 'from'), 20),
    ),
    section(say('successions'), factList(steps, successionRow)),
    section(
      say('changes'),
      factList(
        data.changes.filter((one) => one.post === node.id),
        (one) => changeRow(one, [nodeLink(one.person)]),
      ),
    ),
  ];
}

function successionRow(step) {
  const details = [
    say(step.basis),
    step.acting ? say('acting') : null,
    Number.isInteger(step.gap) ? say('gapDays', { n: step.gap }) : null,
    Number.isInteger(step.issues) ? say('gapIssues', { n: step.issues }) : null,
  ]
    .filter(Boolean)
    .join(' · ');
  return fact([nodeLink(step.from), ' → ', nodeLink(step.to), el('small', { class: 'span' }, details)], step.evidence, [
    data.nodes[step.to].label,
  ]);
}

function bodyFacts(node, passing) {
  const posts = edgesOf(node.id, 'of').map((edge) => edge.from);
  const held = posts
    .flatMap((post) => edgesOf(post, 'holds'))
    .filter((edge) => passing.active.has(edge.id))
    .sort(byTenure);
  const above = edgesOf(node.id, 'part_of')
    .filter((edge) => edge.from === node.id)
    .map((edge) => edge.to);
  const below = edgesOf(node.id, 'part_of')
    .filter((edge) => edge.to === node.id)
    .map((edge) => edge.from);
  const next = edgesOf(node.id, 'renamed_to');
  const seat = (edge) =>
    fact([nodeLink(edge.from), ' ', nodeLink(edge.to, data.nodes[edge.to].label), tenureSpan(edge)], edge.evidence, [
      data.nodes[edge.from].label,
    ]);
  const took = edgesOf(node.id, 'takes_part')
    .filter((edge) => passing.active.has(edge.id))
    .sort(byDayDown);
  return [
    section(
      say('partOf'),
      above.map((id) => nodeLink(id)),
    ),
    section(
      say('renamedTo'),
      next.filter((e) => e.from === node.id).map((e) => nodeLink(e.to)),
    ),
    section(
      say('formerly'),
      next.filter((e) => e.to === node.id).map((e) => nodeLink(e.from)),
    ),
    section(`${say('holders')} · ${held.length}`, factList(held, seat, 12)),
    section(
      `${say('events')} · ${took.length}`,
      factList(took, (edge) =>
        fact(
          [
            nodeLink(edge.to),
            ' ',
            el('i', { class: 'role' }, say(edge.role)),
            el('small', { class: 'span' }, readable(data.nodes[edge.to].date)),
          ],
          edge.evidence,
          [node.label],
        ),
      ),
    ),
    section(
      say('campaigns'),
      factList(linkedTo(node.id, 'campaign', passing), ([id, via]) =>
        fact([nodeLink(id), ' ', el('small', {}, say('eventsN', { n: via.length }))], []),
      ),
    ),
    section(
      say('subordinate'),
      factList(below, (id) => fact([nodeLink(id)], [])),
    ),
  ];
}

function placeFacts(node, passing) {
  const inside = edgesOf(node.id, 'in')
    .filter((edge) => edge.to === node.id)
    .map((edge) => edge.from);
  const here = edgesOf(node.id, 'at')
    .filter((edge) => passing.active.has(edge.id))
    .map((edge) => edge.from);
  const heavy = (a, b) => data.nodes[b].weight - data.nodes[a].weight || a - b;
  return [
    section(
      say('bodies'),
      factList(inside.sort(heavy), (id) => fact([nodeLink(id)], []), 20),
    ),
    section(
      say('events'),
      factList(here, (id) => fact([nodeLink(id)], [])),
    ),
  ];
}

function eventFacts(node) {
  const present = edgesOf(node.id, 'appears').sort(
    (a, b) =>
      ROLES.indexOf((a.roles || [])[0]) - ROLES.indexOf((b.roles || [])[0]) ||
      (a.list || 0) - (b.list || 0) ||
      (a.rank || 0) - (b.rank || 0) ||
      a.id - b.id,
  );
  const told = edgesOf(node.id, 'reported_in');
  const served = edgesOf(node.id, 'serves');
  const where = typeof node.place === 'string' ? node.place : '';
  return [
    section(
      say('place'),
      where ? el('p', {}, where) : null,
      node.sites && node.sites.length ? el('p', {}, `${say('sites')}: ${node.sites.join('、')}`) : null,
    ),
    section(
      `${say('people_present')} · ${present.length}`,
      factList(present, (edge) => appearanceRow(edge, edge.from), 30),
    ),
    section(
      say('bodies'),
      factList(edgesOf(node.id, 'takes_part'), (edge) =>
        fact([nodeLink(edge.from), ' ', el('i', { class: 'role' }, say(edge.role))], edge.evidence, [
          data.nodes[edge.from].label,
        ]),
      ),
    ),
    section(
      say('campaigns'),
      factList(served, (edge) => fact([nodeLink(edge.to)], [])),
    ),
    section(
      say('source'),
      factList(told, (edge) =>
        fact(
          [nodeLink(edge.to), el('small', { class: 'span' }, subtitleOf(data.nodes[edge.to]))],
          edge.evidence,
          [node.label],
          told.length === 1,
        ),
      ),
    ),
  ];
}

function campaignFacts(node, passing) {
  const served = edgesOf(node.id, 'serves')
    .filter((edge) => passing.active.has(edge.id))
    .sort(byDayDown);
  const chart = el('div', { class: 'small-chart' });
  if (node.months && node.months.length) drawSmallMonths(chart, node.id);
  return [
    section(say('campaignMonths'), chart.childElementCount || (node.months && node.months.length) ? chart : null),
    section(
      say('bodies'),
      factList(node.convening || [], (id) => fact([nodeLink(id), ' ', el('i', { class: 'role' }, say('convene'))], [])),
    ),
    section(
      say('people'),
      factList(linkedTo(node.id, 'person', passing), ([id, via]) =>
        fact([nodeLink(id), ' ', el('small', {}, say('eventsN', { n: via.length }))], []),
      ),
    ),
    section(
      `${say('events')} · ${served.length}`,
      factList(served, (edge) =>
        fact([nodeLink(edge.from), el('small', { class: 'span' }, readable(data.nodes[edge.from].date))], []),
      ),
    ),
    section(
      say('source'),
      factList(
        bySentence(node.evidence),
        (one) => el('li', { class: 'fact' }, quote(one, [node.label, ...(node.aliases || [])])),
        3,
      ),
    ),
  ];
}

function articleFacts(node) {
  const told = edgesOf(node.id, 'reported_in');
  const text = data.articles.find((article) => article.node === node.id);
  const address = text && isWebAddress(text.url) ? text.url : null;
  return [
    address ? el('p', {}, el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, say('openAddress'))) : null,
    section(
      say('events'),
      factList(told, (edge) => fact([nodeLink(edge.from)], edge.evidence, [], told.length === 1)),
    ),
    section(
      say('byline'),
      factList(edgesOf(node.id, 'wrote'), (edge) =>
        fact([nodeLink(edge.from), ' ', el('i', { class: 'role' }, say(edge.role))], edge.evidence, [
          data.nodes[edge.from].label,
        ]),
      ),
    ),
    text && text.text
      ? el('details', { class: 'whole' }, el('summary', {}, say('wholeArticle')), el('div', {}, text.text))
      : null,
  ];
}

function edgePanel([a, b], passing) {
  const line = canvas.lines.get(lineId([a, b]));
  const title = el('header', { class: 'head' }, el('h2', {}, nodeLink(a), ' — ', nodeLink(b)));
  const both = data.nodes[a].kind === 'person' && data.nodes[b].kind === 'person';
  const parts = [title];
  if (both) parts.push(sharedEvents(a, b, passing));
  const direct = data.touching[a].filter((edge) => otherEnd(edge, a) === b && passing.active.has(edge.id));
  parts.push(...direct.map((edge) => edgeFact(edge)));
  if (line && line.steps) parts.push(section(say('successions'), el('ul', { class: 'facts' }, line.steps.map(successionRow))));
  const link = data.linksOf[a].find((one) => (one.a === a ? one.b : one.a) === b);
  if (link) parts.push(linkFacts(link, passing));
  return parts;
}

function edgeFact(edge) {
  const names = [data.nodes[edge.from].label];
  if (edge.kind === 'holds')
    return el('ul', { class: 'facts' }, fact([say('holds'), ' ', tenureSpan(edge)], edge.evidence, names, true));
  if (edge.kind === 'appears')
    return el(
      'ul',
      { class: 'facts' },
      fact(
        [
          roleWords(edge),
          ' ',
          el('small', { class: 'span' }, [(edge.verbs || []).join('、'), edge.title].filter(Boolean).join(' · ')),
        ],
        edge.evidence,
        names,
        true,
      ),
    );
  return el(
    'ul',
    { class: 'facts' },
    fact([say(edge.kind), edge.role ? ` · ${say(edge.role)}` : ''], edge.evidence, names, true),
  );
}

function sharedEvents(a, b, passing) {
  const tie = metOf(a, passing).find((one) => one.other === b);
  if (!tie) return null;
  const events = tie.events.sort((x, y) => (data.nodes[y].days || [0])[0] - (data.nodes[x].days || [0])[0]);
  const row = (id) => {
    const edges = [a, b].map((person) => edgesOf(person, 'appears').find((edge) => edge.to === id));
    const said = edges.flatMap((edge) => [el('small', { class: 'span' }, data.nodes[edge.from].label, ' ', roleWords(edge))]);
    return fact(
      [nodeLink(id), el('small', { class: 'span' }, readable(data.nodes[id].date)), ...said],
      [...new Set(edges.flatMap((edge) => edge.evidence))],
      [data.nodes[a].label, data.nodes[b].label],
      events.length <= 2,
    );
  };
  return section(
    `${say('sharedEvents', { n: events.length })} · ${tie.weight.toFixed(2)}`,
    el('p', { class: 'hint' }, say('coappearancesHint')),
    factList(events, row, 20),
  );
}

function linkFacts(link, passing) {
  const via = link.via
    .map((id) => data.edges[id])
    .filter((edge) => passing.active.has(edge.id))
    .sort((x, y) => byDayDown(x, y));
  const row = (edge) =>
    edge.kind === 'holds'
      ? tenureRow(edge, 'to')
      : edge.kind === 'appears'
        ? appearanceRow(edge, edge.to)
        : fact(
            [
              nodeLink(edge.to),
              ' ',
              el('i', { class: 'role' }, say(edge.role)),
              el('small', { class: 'span' }, readable(data.nodes[edge.to].date)),
            ],
            edge.evidence,
            [data.nodes[edge.from].label],
          );
  return section(say(via[0] && via[0].kind === 'holds' ? 'posts' : 'events'), factList(via, row, 20));
}

function pathPanel() {
  const [from, to] = state.path;
  const title = el(
    'header',
    { class: 'head' },
    el('h2', {}, `${say('path')}: ${data.nodes[from].label} → ${data.nodes[to].label}`),
  );
  if (!canvas.steps) return [title, el('p', { class: 'hint' }, say('pathNone'))];
  const rows = canvas.steps.flatMap((id, i) => [
    ...(i ? [stepEdge(canvas.steps[i - 1], id)] : []),
    el(
      'li',
      { class: 'fact step' },
      nodeLink(id, data.nodes[id].kind === 'post' ? postName(id) : null),
      ' ',
      el('small', {}, subtitleOf(data.nodes[id])),
    ),
  ]);
  return [title, el('p', { class: 'hint' }, say('pathNote')), el('ul', { class: 'facts steps' }, rows)];
}

function stepEdge(a, b) {
  const edge = data.touching[a].find((one) => otherEnd(one, a) === b && canvas.passing.active.has(one.id));
  const row = fact([el('small', {}, edge.kind === 'appears' ? roleWords(edge) : say(edge.kind))], edge.evidence, [
    data.nodes[edge.from].label,
  ]);
  row.classList.add('between');
  return row;
}

// Who sat where on the day of the slider, body by body: what the reader asks first of "as of".
function rosterPanel(passing) {
  const day = passing.span.until;
  const seats = data.edges.filter(
    (edge) => edge.kind === 'holds' && edge.post_class === 'office' && passing.active.has(edge.id) && tenureOn(edge, day),
  );
  const bodies = new Map();
  for (const edge of seats) {
    const body = data.nodes[edge.to].body ?? -1;
    bodies.set(body, [...(bodies.get(body) || []), edge]);
  }
  const weight = (id) => (id < 0 ? -1 : data.nodes[id].weight);
  const groups = [...bodies].sort(([a], [b]) => weight(b) - weight(a) || a - b);
  const row = (edge) =>
    el(
      'li',
      { class: `fact ${tenureOn(edge, day)}` },
      el(
        'div',
        { class: 'said' },
        nodeLink(edge.to, data.nodes[edge.to].label),
        ' ',
        nodeLink(edge.from),
        tenureOn(edge, day) === 'attested'
          ? null
          : el('small', { class: 'span' }, say('lastSeenBefore', { d: dateOf(edge.tenure.until) })),
      ),
    );
  const block = ([body, held]) =>
    el(
      'section',
      {},
      el('h3', {}, body < 0 ? '—' : data.nodes[body].label),
      el('ul', { class: 'facts' }, held.sort(byRank).map(row)),
    );
  return [
    el('header', { class: 'head' }, el('h2', {}, say('roster', { d: dateOf(day) }))),
    el('p', { class: 'hint' }, say(groups.length ? 'rosterHint' : 'rosterEmpty')),
    ...groups.slice(0, 40).map(block),
  ];
}

// The head of a body, then deputies, then members and heads of its departments, as the words of the post tell.
function byRank(a, b) {
  const rank = (edge) =>
    /常委|委员|部长|政法委|办公室/.test(data.nodes[edge.to].label) ? 2 : /副/.test(data.nodes[edge.to].label) ? 1 : 0;
  return rank(a) - rank(b) || data.nodes[b.from].weight - data.nodes[a.from].weight || a.id - b.id;
}

function welcomePanel() {
  const dates = data.coverage
    .map((issue) => issue[1])
    .filter(Boolean)
    .sort();
  const papers = [...new Set(data.coverage.map((issue) => issue[0]).filter(Boolean))];
  const articles = data.coverage.reduce((sum, issue) => sum + issue[3], 0);
  const joined =
    papers
      .slice(0, 3)
      .map((paper) => `《${paper}》`)
      .join('') +
    (papers.length > 3 ? (language === 'zh' ? `等 ${papers.length} 种报纸` : ` and ${papers.length - 3} more papers`) : '');
  const top = (kind, test = () => true) =>
    data.nodes
      .filter((node) => node.kind === kind && test(node))
      .sort((a, b) => b.weight - a.weight || a.id - b.id)
      .slice(0, 8);
  const rowOf = (node) =>
    el('li', { class: 'fact' }, el('div', { class: 'said' }, nodeLink(node.id), ' ', el('small', {}, subtitleOf(node))));
  const selection = say(
    { complete: 'selectionComplete', keyword: 'selectionKeyword', unknown: 'selectionUnknown' }[data.selection],
  );
  const read = { papers: joined, articles };
  return [
    el('header', { class: 'head' }, el('h2', {}, say('welcome'))),
    el('p', {}, dates.length ? say('welcomeText', { ...read, from: dates[0], until: dates[dates.length - 1] }) : say('welcomeUndated', read)),
    section(
      say('howTo'),
      el(
        'ul',
        { class: 'plain' },
        ['howTo1', ...(data.days ? ['howTo2'] : []), 'howTo3'].map((key) => el('li', {}, say(key))),
      ),
    ),
    section(say('mostSeen'), factList(top('person', (node) => node.person_kind === 'official'), rowOf)),
    section(say('mainCampaigns'), factList(top('campaign'), rowOf)),
    section(
      say('caution'),
      el(
        'ul',
        { class: 'plain' },
        ['caution1', 'caution2', 'caution3'].map((key) => el('li', {}, say(key, { s: selection }))),
      ),
    ),
    el(
      'details',
      { class: 'why' },
      el('summary', {}, say('licences')),
      el('div', { class: 'licences' }, embedded('kg-licences')),
    ),
  ];
}

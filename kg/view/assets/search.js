// The search box: characters, aliases, full pinyin and initials; a combobox by the ARIA pattern.
const SUGGESTED = 12;
let suggestions = [];
let pointed = -1;

const searchIndex = data.nodes.map((node) => ({
  id: node.id,
  texts: [node.label, ...(node.aliases || []), ...(node.kind === 'post' ? [postName(node.id)] : [])].map(plain),
  titled: node.kind === 'person' ? titlesOf(node) : [],
  spelled: (node.pinyin || [])
    .map((reading) => reading.split(' '))
    .map((syllables) => ({
      full: syllables.join(''),
      initials: syllables.map((s) => s[0] || '').join(''),
      starts: syllables.reduce((all, s) => [...all, all[all.length - 1] + s.length], [0]),
    })),
}));

function plain(text) {
  return text.toLowerCase().replace(/[\s'’“”"·•・]/g, '');
}

// A person's posts: what a paper prints before the name (丹阜区委书记高建设), and what it says after the surname (高书记).
function titlesOf(node) {
  const posts = edgesOf(node.id, 'holds').map((edge) => edge.to);
  return [...new Set(posts)].map((id) => ({ whole: plain(postName(id) + node.label), post: plain(data.nodes[id].label) }));
}

// 高书记 for 高建设, a 区委书记: the beginning of the name, then the end of the post.
function saysTitle(name, post, query) {
  return [1, 2].some((size) => {
    const rest = query.slice(size);
    return name.length > size && rest.length > 1 && name.startsWith(query.slice(0, size)) && post.endsWith(rest);
  });
}

// How well one entry answers: 0 not at all, else higher is better.
function answer(entry, query) {
  let best = 0;
  entry.texts.forEach((text, i) => {
    const at = text.indexOf(query);
    if (at < 0) return;
    best = Math.max(best, (text === query ? 100 : at === 0 ? 80 : 60) - (i ? 5 : 0));
  });
  for (const { whole, post } of best ? [] : entry.titled) {
    if (saysTitle(entry.texts[0], post, query)) best = Math.max(best, 70);
    else if (query.length > 1 && whole.includes(query)) best = Math.max(best, whole.endsWith(query) ? 70 : 45);
  }
  if (best || !/^[a-z]+$/.test(query)) return best;
  for (const { full, initials, starts } of entry.spelled) {
    if (full === query) best = Math.max(best, 95);
    else if (full.startsWith(query)) best = Math.max(best, 75);
    else if (initials === query) best = Math.max(best, 74);
    else if (initials.startsWith(query) && query.length > 1) best = Math.max(best, 55);
    else if (query.length > 2 && starts.some((start) => full.startsWith(query, start))) best = Math.max(best, 50);
    else if (query.length > 2 && initials.includes(query)) best = Math.max(best, 40);
  }
  return best;
}

function find(text) {
  const query = plain(text);
  if (!query) return [];
  const order = (id) => KINDS.indexOf(data.nodes[id].kind);
  return searchIndex
    .map((entry) => ({ id: entry.id, score: answer(entry, query) }))
    .filter((hit) => hit.score > 0)
    .sort(
      (a, b) =>
        b.score - a.score || order(a.id) - order(b.id) || data.nodes[b.id].weight - data.nodes[a.id].weight || a.id - b.id,
    )
    .slice(0, SUGGESTED)
    .map((hit) => hit.id);
}

function showSuggestions() {
  const query = byId('query').value;
  suggestions = find(query);
  pointed = suggestions.length ? 0 : -1;
  const list = byId('suggestions');
  const rows = suggestions.map((id, i) => suggestion(id, i));
  list.replaceChildren(...(rows.length ? rows : [el('li', { class: 'none' }, say('nothingFound'))]));
  openSuggestions(Boolean(plain(query)));
  point();
}

function suggestion(id, i) {
  const node = data.nodes[id];
  const row = el(
    'li',
    { id: `suggestion-${i}`, role: 'option' },
    icon(node.kind),
    el('b', {}, node.label),
    el('small', {}, subtitleOf(node)),
  );
  row.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    take(id);
  });
  return row;
}

function openSuggestions(open) {
  byId('suggestions').hidden = !open;
  byId('query').setAttribute('aria-expanded', String(open));
}

function point() {
  [...byId('suggestions').children].forEach((row, i) => row.setAttribute('aria-selected', String(i === pointed)));
  if (pointed >= 0) {
    byId('query').setAttribute('aria-activedescendant', `suggestion-${pointed}`);
    byId('suggestions').children[pointed].scrollIntoView({ block: 'nearest' });
  } else byId('query').removeAttribute('aria-activedescendant');
}

function take(id) {
  byId('query').value = '';
  openSuggestions(false);
  byId('panel').focus({ preventScroll: true });
  if (state.view === 'time' && pickForChart(id)) return;
  if (state.choosing && state.selected !== null && data.nodes[id].kind === 'person') {
    choose(id);
    return;
  }
  const view = state.view === 'time' || !fitsView(state.view, data.nodes[id]) ? 'graph' : state.view;
  change({
    view,
    selected: id,
    edge: null,
    choosing: false,
    added: new Set([...state.added, id]),
    hidden: new Set([...state.hidden].filter((kind) => kind !== data.nodes[id].kind)),
  });
  focusOn(id);
}

function searchKey(event) {
  const last = suggestions.length - 1;
  if (event.key === 'ArrowDown' && last >= 0) pointed = pointed >= last ? 0 : pointed + 1;
  else if (event.key === 'ArrowUp' && last >= 0) pointed = pointed <= 0 ? last : pointed - 1;
  else if (event.key === 'Enter' && pointed >= 0 && !event.isComposing) take(suggestions[pointed]);
  else if (event.key === 'Escape') openSuggestions(false);
  else return;
  event.preventDefault();
  point();
}

function openSearch() {
  const box = byId('query');
  box.addEventListener('input', showSuggestions);
  box.addEventListener('keydown', searchKey);
  box.addEventListener('focus', () => {
    if (plain(box.value)) showSuggestions();
  });
  box.addEventListener('blur', () => openSuggestions(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
}

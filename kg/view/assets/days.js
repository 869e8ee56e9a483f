// Days as whole numbers since 1970, so that a slider can hold them; null where a date is open or unknown.
const DAY_MS = 86400000;

function dayOf(text) {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / DAY_MS);
}

function dateOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

// The first (side 0) or last (side 1) day that an EDTF date can mean: 2021-04-25, 2021-04, 2021, an interval; null if its year is unknown.
function boundOf(edtf, side) {
  if (!edtf) return null;
  const parts = edtf.split('/');
  const part = parts[Math.min(side, parts.length - 1)].replace(/[?~%]$/, '').replace(/-XX/g, '');
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(part);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] || 0), Number(match[3] || 0)];
  if (day) return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
  if (side === 0) return Math.round(Date.UTC(year, month ? month - 1 : 0, 1) / DAY_MS);
  return Math.round(Date.UTC(month ? year : year + 1, month, 1) / DAY_MS) - 1;
}

// An EDTF date for a reader: an interval with a dash, the unknown as it stands.
function readable(edtf) {
  return edtf ? edtf.replace('/', ' – ') : say('unknownDate');
}

// One outline a kind, shared by the legend and the exported SVG; vis-network draws the same shapes on its canvas.
const VIS_SHAPES = {
  person: 'dot',
  body: 'square',
  post: 'triangle',
  campaign: 'hexagon',
  event: 'diamond',
  place: 'triangleDown',
  article: 'star',
};

function outline(kind, r) {
  const polygon = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;
  const around = (count, turn, radius = () => r) =>
    Array.from({ length: count }, (_, i) => {
      const angle = turn + (i * 2 * Math.PI) / count;
      return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
    });
  switch (kind) {
    case 'body':
      return polygon([
        [-r, -r],
        [r, -r],
        [r, r],
        [-r, r],
      ]);
    case 'event':
      return polygon([
        [0, -r],
        [r, 0],
        [0, r],
        [-r, 0],
      ]);
    case 'campaign':
      return polygon(around(6, 0));
    case 'post':
      return polygon(around(3, -Math.PI / 2, () => r * 1.15));
    case 'place':
      return polygon(around(3, Math.PI / 2, () => r * 1.15));
    case 'article':
      return polygon(around(10, -Math.PI / 2, (i) => (i % 2 ? r * 0.55 : r * 1.2)));
    default:
      return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  }
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function svgElement(tag, properties = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function icon(kind) {
  return svgElement(
    'svg',
    { class: `icon kind-${kind}`, viewBox: '-8 -8 16 16', 'aria-hidden': 'true' },
    svgElement('path', { d: outline(kind, 6) }),
  );
}

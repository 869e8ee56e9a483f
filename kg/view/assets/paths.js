// The shortest way between two people: through events, posts and bodies, a crowded one being farther than a small one.
const THROUGH = new Set(['person', 'event', 'post', 'body', 'campaign']);
const WALKED = new Set(['appears', 'holds', 'of', 'takes_part', 'serves', 'part_of']);

function findPath(start, goal, passing) {
  const far = new Map([[start, 0]]);
  const before = new Map();
  const queue = [[0, start]];
  const done = new Set();
  while (queue.length) {
    const [cost, here] = popLeast(queue);
    if (done.has(here)) continue;
    if (here === goal) return walkBack(before, start, goal);
    done.add(here);
    for (const edge of data.touching[here]) {
      const next = otherEnd(edge, here);
      if (!WALKED.has(edge.kind) || !passing.active.has(edge.id) || done.has(next) || !THROUGH.has(data.nodes[next].kind))
        continue;
      if (!passing.allowed.has(next) && next !== goal) continue;
      const total = cost + stepCost(next);
      if (total < (far.get(next) ?? Infinity)) {
        far.set(next, total);
        before.set(next, here);
        pushLeast(queue, [total, next]);
      }
    }
  }
  return null;
}

function stepCost(id) {
  return data.nodes[id].kind === 'person' ? 1 : Math.log2(2 + data.touching[id].length);
}

function walkBack(before, start, goal) {
  const steps = [goal];
  while (steps[0] !== start) steps.unshift(before.get(steps[0]));
  return steps;
}

// A binary heap on [cost, node]; equal costs go by node number, so that the path is always the same one.
function lessThan(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function pushLeast(heap, item) {
  heap.push(item);
  for (let i = heap.length - 1; i > 0;) {
    const up = (i - 1) >> 1;
    if (!lessThan(heap[i], heap[up])) break;
    [heap[i], heap[up]] = [heap[up], heap[i]];
    i = up;
  }
}

function popLeast(heap) {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length) {
    heap[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && lessThan(heap[child], heap[least])) least = child;
      if (least === i) break;
      [heap[i], heap[least]] = [heap[least], heap[i]];
      i = least;
    }
  }
  return top;
}

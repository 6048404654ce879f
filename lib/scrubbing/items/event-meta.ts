import type { RecordedRemoval } from '../walk/remarks.js';

interface MetaNode {
  [key: string]: MetaNode | { rem: unknown[]; len?: number };
}

/** Annotations that the event already had and that are kept. */
const MAX_RECEIVED = 2000;

/** Builds Relay's annotation tree: `{ request: { data: { password: { '': { rem: [['@password', 's', 0, 10]], len: 12 } } } } }`. */
export function buildMeta(removals: readonly RecordedRemoval[], received: unknown): object {
  const root = cloneOf(received, 0);
  const nodes = [root]; // along the path of the last removal: the next one is often close
  let last: readonly (string | number)[] = [];
  for (const { path, remarks, length } of removals) {
    let same = 0;
    while (same < path.length && same < last.length && path[same] === last[same]) same++;
    let node = nodes[same] as MetaNode;
    for (let at = same; at < path.length; at++) nodes[at + 1] = node = childOf(node, path[at] as string | number);
    last = path;
    const earlier = (Object.hasOwn(node, '') ? node[''] : undefined) as { len?: number } | undefined;
    const len = earlier?.len ?? length;
    node[''] = len === undefined ? { rem: remarks } : { rem: remarks, len };
  }
  return root;
}

function childOf(node: MetaNode, key: string | number): MetaNode {
  if (Object.hasOwn(node, key)) return node[key] as MetaNode;
  const child: MetaNode = {};
  define(node, key, child);
  return child;
}

/** Copies the annotations that the event already had: input is never changed. */
function cloneOf(value: unknown, depth: number, seen = { count: 0 }): MetaNode {
  const copy: MetaNode = {};
  if (typeof value !== 'object' || value === null || depth > 64) return copy;
  for (const key in value) {
    if (++seen.count > MAX_RECEIVED) break;
    const entry = (value as MetaNode)[key];
    define(copy, key, key === '' ? (entry as MetaNode) : cloneOf(entry, depth + 1, seen));
  }
  return copy;
}

/** Sets an entry, even if its key is `__proto__`. */
function define(target: MetaNode, key: string | number, value: MetaNode): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

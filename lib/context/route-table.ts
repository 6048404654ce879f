interface Entry {
  pattern: string;
  methods: Set<string>;
  matches: RegExp;
  /** Parts that stand for anything: routes with fewer of them are more exact. */
  open: number;
}

/** `:name`, `:name(expression)`, `:name?`, and `*`. */
const OPEN_PART = /:\w+(?:\([^)]*\))?\??|\*/g;

/**
 * The routes of a Fastify application by path, for a request that failed before Fastify has shown which one it took:
 * middleware runs before every hook that a module can add.
 */
export class RouteTable {
  private readonly entries: Entry[] = [];

  add(methods: string | readonly string[], pattern: string): void {
    const parts = pattern.match(OPEN_PART) ?? [];
    const source = pattern
      .split(OPEN_PART)
      .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .reduce((before, text, index) => `${before}${parts[index - 1] === '*' ? '.*' : '[^/]+'}${text}`);
    const upper = [methods].flat().map((method) => method.toUpperCase());
    this.entries.push({ pattern, methods: new Set(upper), matches: new RegExp(`^${source}/?$`), open: parts.length });
  }

  /** @param path - without its query */
  find(method: string, path: string): string | undefined {
    let best: Entry | undefined;
    for (const entry of this.entries) {
      if (!entry.methods.has(method.toUpperCase()) || !entry.matches.test(path)) continue;
      if (!best || entry.open < best.open) best = entry;
    }
    return best?.pattern;
  }
}

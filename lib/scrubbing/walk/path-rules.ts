/** The rules for paths, as a tree of segments; `*` matches any one segment. */
export class PathRules {
  private readonly next = new Map<string, PathRules>();
  private action: 'remove' | 'keep' | undefined;

  static compile(paths: Readonly<Record<string, 'remove' | 'keep'>> | undefined): PathRules | undefined {
    const entries = Object.entries(paths ?? {});
    if (entries.length === 0) return undefined;
    const root = new PathRules();
    for (const [path, action] of entries) {
      let node = root;
      for (const segment of path.split('.')) {
        let child = node.next.get(segment);
        if (!child) node.next.set(segment, (child = new PathRules()));
        node = child;
      }
      node.action = action;
    }
    return root;
  }

  /** The action for the value at this path; the rule with fewer wildcards wins. */
  actionAt(path: readonly string[], length: number): 'remove' | 'keep' | undefined {
    return this.find(path, length, 0);
  }

  private find(path: readonly string[], length: number, at: number): 'remove' | 'keep' | undefined {
    if (at === length) return this.action;
    return this.next.get(path[at] ?? '')?.find(path, length, at + 1) ?? this.next.get('*')?.find(path, length, at + 1);
  }
}

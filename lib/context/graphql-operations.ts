/** The endpoints and the critical operations of a GraphQL application, known before any operation runs. */
export class GraphqlOperations {
  private readonly paths: string[] = [];
  private readonly critical = new Set<string>();

  /** @param path - of the endpoint; paths below it match too */
  serveAt(path: string): void {
    const normalized = normalize(path);
    if (!this.paths.includes(normalized)) this.paths.push(normalized);
  }

  isServedAt(path: string): boolean {
    const requested = normalize(path);
    return this.paths.some((served) => requested === served || requested.startsWith(`${served}/`));
  }

  /** @param name - of an operation whose resolver is marked critical: `query cats` */
  markCritical(name: string): void {
    this.critical.add(name);
  }

  get hasCritical(): boolean {
    return this.critical.size > 0;
  }

  isCritical(name: string): boolean {
    return this.critical.has(name);
  }
}

/** Express matches paths case-insensitively. */
function normalize(path: string): string {
  const lower = path.toLowerCase().replace(/\/+$/, '');
  return lower.startsWith('/') || lower === '' ? lower : `/${lower}`;
}

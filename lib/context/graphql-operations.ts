/** What an application has told of its GraphQL operations before any of them runs. */
export class GraphqlOperations {
  private readonly paths: string[] = [];
  private readonly critical = new Set<string>();

  /** @param path - where requests with operations come to, those below it among them */
  serveAt(path: string): void {
    const clean = trimmed(path);
    if (!this.paths.includes(clean)) this.paths.push(clean);
  }

  isServedAt(path: string): boolean {
    const asked = trimmed(path);
    return this.paths.some((served) => asked === served || asked.startsWith(`${served}/`));
  }

  /** @param name - of an operation whose resolver is marked: `query cats` */
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

/** Express asks for a path in any case. */
function trimmed(path: string): string {
  const lower = path.toLowerCase().replace(/\/+$/, '');
  return lower.startsWith('/') || lower === '' ? lower : `/${lower}`;
}

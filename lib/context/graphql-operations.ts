/** The endpoints and the critical operations of a GraphQL application, known before any operation runs. */
export class GraphqlOperations {
  /** As the application spells them. */
  private readonly paths: string[] = [];
  private readonly critical = new Set<string>();

  /** @param path - of the endpoint; paths below it match too */
  serveAt(path: string): void {
    const trimmed = trim(path);
    if (!this.paths.includes(trimmed)) this.paths.push(trimmed);
  }

  isServedAt(path: string): boolean {
    return this.paths.some((served) => isBelow(path, served));
  }

  /**
   * The endpoint that a request reaches on Express, which mounts it: requests below it reach it too, in any case. An
   * endpoint at `/` does not count as the route of other paths.
   */
  endpointOf(path: string): string | undefined {
    const endpoint = this.paths.find((served) => (served === '' ? path === '/' : isBelow(path, served)));
    return endpoint === '' ? '/' : endpoint;
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
function isBelow(path: string, served: string): boolean {
  return `${trim(path)}/`.toLowerCase().startsWith(`${served}/`.toLowerCase());
}

/** With a slash at the start and without one at the end. */
function trim(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.startsWith('/') || trimmed === '' ? trimmed : `/${trimmed}`;
}

import { isMarkedCritical } from './critical.js';
import { expressRoutes } from './express-routes.js';

/** The routes of one application whose handlers are marked as critical, by method and pattern. */
export class CriticalRoutes {
  private readonly routes = new Set<string>();

  get isEmpty(): boolean {
    return this.routes.size === 0;
  }

  /** @param handler - the function that the platform calls for this route; Nest gives it the metadata of the handler */
  add(methods: string | readonly string[], pattern: string, handler: unknown): void {
    if (!isMarkedCritical(handler)) return;
    for (const method of [methods].flat()) this.routes.add(`${method.toUpperCase()} ${pattern}`);
  }

  /** @param instance - the Express application, with its routes */
  readExpress(instance: unknown): void {
    for (const { methods, pattern, handlers } of expressRoutes(instance)) {
      for (const handler of handlers) this.add(methods, pattern, handler);
    }
  }

  has(method: string, pattern: string | undefined): boolean {
    if (pattern === undefined) return false;
    const verb = method.toUpperCase();
    const holds = (name: string) => this.routes.has(`${name} ${pattern}`);
    return holds(verb) || holds('_ALL') || (verb === 'HEAD' && holds('GET'));
  }
}

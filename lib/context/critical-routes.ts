import { guarded } from '../stats/stats.js';
import { isMarkedCritical } from './critical.js';

/** The methods of Nest's HTTP adapters that register a route. */
const VERBS = ['all', 'get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'search', 'propfind', 'proppatch'];

type Register = (...args: unknown[]) => unknown;

/** The routes of one application whose handlers are marked critical, by method and pattern. */
export class CriticalRoutes {
  private readonly routes = new Set<string>();
  /** All routes, critical or not: `GET /orders/:id`. */
  readonly registered: string[] = [];

  get isEmpty(): boolean {
    return this.routes.size === 0;
  }

  /**
   * Observes every route that Nest registers with its platform, with the pattern that the platform matches: including
   * the global prefix, the version and the module path.
   */
  watch(adapter: object): void {
    const target = adapter as Record<string, Register | undefined>;
    for (const verb of VERBS) {
      const register = target[verb];
      if (typeof register !== 'function') continue;
      target[verb] = (...args) => {
        guarded('wiring', () => {
          if (typeof args[0] !== 'string') return;
          const name = `${verb.toUpperCase()} ${args[0]}`;
          this.registered.push(name);
          if (isMarkedCritical(args.at(-1))) this.routes.add(name);
        });
        return register.apply(adapter, args);
      };
    }
  }

  /** @param pattern - of the route that matches the request */
  has(method: string, pattern: string | undefined): boolean {
    if (pattern === undefined) return false;
    const verb = method.toUpperCase();
    const isRegistered = (name: string) => this.routes.has(`${name} ${pattern}`);
    return isRegistered(verb) || isRegistered('ALL') || (verb === 'HEAD' && isRegistered('GET'));
  }
}

import findMyWay from 'find-my-way';

/** How a Fastify instance matches routes, as in its `initialConfig`. Fastify 5 moves these into `routerOptions`. */
interface RouterOptions {
  caseSensitive?: boolean;
  ignoreTrailingSlash?: boolean;
  ignoreDuplicateSlashes?: boolean;
  useSemicolonDelimiter?: boolean;
  maxParamLength?: number;
}

/** The router options of a Fastify instance: those in `routerOptions`, or the same ones at the top level. */
export interface FastifyConfig extends RouterOptions {
  routerOptions?: RouterOptions;
}

const DEFAULT_PARAM_LENGTH = 100;
const noHandler = (): void => undefined;

/**
 * Finds the route of a request that failed before Fastify matched it: middleware runs before any hook that a module can
 * add. Uses `find-my-way`, Fastify's own router.
 *
 * Constraints (version, host) are ignored, because only the path is known: routes that differ only in their constraints
 * count as one, with the pattern of the first.
 */
export class RouteTable {
  private readonly router: findMyWay.Instance<findMyWay.HTTPVersion.V1>;

  constructor(config: FastifyConfig = {}) {
    this.router = findMyWay(routerConfig(config));
  }

  add(methods: string | readonly string[], pattern: string): void {
    for (const method of [methods].flat()) {
      try {
        this.router.on(method.toUpperCase() as findMyWay.HTTPMethod, pattern, noHandler, { pattern });
      } catch {
        // The same route with other constraints, or a route that Fastify rejects too.
      }
    }
  }

  /** @param path - without the query string */
  find(method: string, path: string): string | undefined {
    const found = this.router.find(method.toUpperCase() as findMyWay.HTTPMethod, path);
    return (found?.store as { pattern: string } | undefined)?.pattern;
  }
}

/** Fastify fills `routerOptions` with defaults, so a value there that is a default does not override the top level. */
function routerConfig({ routerOptions = {}, ...config }: FastifyConfig) {
  const isSet = (name: Exclude<keyof RouterOptions, 'maxParamLength'>) =>
    routerOptions[name] === true || config[name] === true;
  const longest = routerOptions.maxParamLength ?? DEFAULT_PARAM_LENGTH;
  return {
    caseSensitive: routerOptions.caseSensitive !== false && config.caseSensitive !== false,
    ignoreTrailingSlash: isSet('ignoreTrailingSlash'),
    ignoreDuplicateSlashes: isSet('ignoreDuplicateSlashes'),
    useSemicolonDelimiter: isSet('useSemicolonDelimiter'),
    maxParamLength: longest === DEFAULT_PARAM_LENGTH ? config.maxParamLength : longest,
    allowUnsafeRegex: true, // Fastify has checked them
  };
}

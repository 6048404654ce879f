/** The parts of Express 5's router that are used here. */
interface Layer {
  route?: { path?: unknown; methods?: Record<string, boolean | undefined> };
  matchers?: unknown;
}

/**
 * The pattern of the route that Express would have matched, for a request that failed before routing.
 *
 * @param instance - the Express application
 * @param path - without the query string
 */
export function expressRouteOf(instance: unknown, method: string, path: string): string | undefined {
  const { router } = instance as { router?: { stack?: unknown } };
  if (!Array.isArray(router?.stack)) return undefined;
  const verb = method.toLowerCase();
  for (const { route, matchers } of router.stack as Layer[]) {
    if (!route || typeof route.path !== 'string' || !Array.isArray(matchers)) continue;
    const { methods } = route;
    if (!methods?._all && !methods?.[verb] && !(verb === 'head' && methods?.get)) continue;
    if ((matchers as ((path: string) => unknown)[]).some((matches) => matches(path))) return route.path;
  }
  return undefined;
}

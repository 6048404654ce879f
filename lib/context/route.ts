/**
 * The pattern of the route that matched a request: `/cats/:id`. Express stores it on `request.route`, Fastify on
 * `request.routeOptions`; undefined if no route matched.
 */
export function routeOf(request: unknown): string | undefined {
  if (typeof request !== 'object' || request === null) return undefined;
  const { baseUrl, route, routeOptions } = request as {
    baseUrl?: unknown;
    route?: { path?: unknown };
    routeOptions?: { url?: unknown };
  };
  if (typeof routeOptions?.url === 'string') return routeOptions.url;
  const path = Array.isArray(route?.path) ? (route.path as unknown[])[0] : route?.path;
  if (typeof path !== 'string' && !(path instanceof RegExp)) return undefined;
  return `${typeof baseUrl === 'string' ? baseUrl : ''}${String(path)}`;
}

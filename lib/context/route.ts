/**
 * The pattern of the route that matched a request: `/cats/:id`. Express stores it on `request.route`, Fastify on
 * `request.routeOptions`; undefined if no route matched.
 */
export function routeOf(request: unknown): string | undefined {
  if (typeof request !== 'object' || request === null) return undefined;
  const { route, routeOptions } = request as {
    route?: { path?: unknown };
    routeOptions?: { url?: unknown };
  };
  if (typeof routeOptions?.url === 'string') return routeOptions.url;
  const path = Array.isArray(route?.path) ? (route.path as unknown[])[0] : route?.path;
  if (typeof path !== 'string' && !(path instanceof RegExp)) return undefined;
  return `${mountPath(request, path)}${String(path)}`;
}

/** Where the application is mounted in another one. Test doubles of requests have the whole URL there. */
function mountPath(request: object, path: string | RegExp): string {
  const { baseUrl, originalUrl } = request as { baseUrl?: unknown; originalUrl?: unknown };
  if (typeof baseUrl !== 'string' || (baseUrl === originalUrl && (path !== '/' || baseUrl === '/'))) return '';
  return baseUrl;
}

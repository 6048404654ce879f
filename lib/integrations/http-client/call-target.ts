import { pathPattern } from '../../grouping/index.js';

/** What a call asks for, without query string, user and ids. */
export interface CallTarget {
  readonly method: string;
  /** In lower case, with the port unless it is the default of the scheme. */
  readonly host: string;
  /** `/charges/:id` */
  readonly path: string;
}

/** What is read of a request of `node:http`. */
export interface ClientRequest {
  readonly method?: string;
  readonly protocol?: string;
  readonly host?: string;
  readonly path?: string;
  getHeader(name: string): unknown;
}
/** What is read of a request of undici. */
export interface FetchRequest {
  readonly method?: string;
  readonly origin?: string | URL;
  readonly path?: string;
  /** Names and values in turn, or lines. */
  readonly headers?: unknown;
}

const MAX_METHOD = 16;
const MAX_HOST = 255;
/** Longer paths are cut before ids are replaced, and patterns after. */
const MAX_PATH = 2_000;
const MAX_PATTERN = 200;
const DEFAULT_PORT: Record<string, RegExp | undefined> = { http: /:80$/, https: /:443$/ };

export function targetOfClientRequest(request: ClientRequest): CallTarget {
  const { method, protocol = 'http:', path = '/' } = request;
  // Through a proxy, the path is the URL.
  if (!path.startsWith('/')) return targetOf(method, path);
  const header = request.getHeader('host');
  const host = typeof header === 'string' ? header : (request.host ?? '');
  return targetOf(method, `${protocol}//${host}`, path);
}

export function targetOfFetch({ method, origin = '', path = '/' }: FetchRequest): CallTarget {
  return targetOf(method, String(origin), path);
}

/** @param path - default: that of the URL */
function targetOf(method = 'GET', url: string, path?: string): CallTarget {
  const [, scheme = 'http', authority = '', rest = ''] =
    /^(\w+):\/\/([^/?#]*)([^]*)$/.exec(url.slice(0, MAX_PATH)) ?? [];
  const port = DEFAULT_PORT[scheme.toLowerCase()];
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return {
    method: method.slice(0, MAX_METHOD).toUpperCase(),
    host: (port ? host.replace(port, '') : host).slice(0, MAX_HOST) || 'unknown',
    path: pathPattern((path ?? rest).slice(0, MAX_PATH)).slice(0, MAX_PATTERN),
  };
}

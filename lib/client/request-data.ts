import type { IncomingMessage } from 'node:http';

type Headers = Record<string, string>;

/** The data of a request, in the form that the SDK's integrations read. */
export interface RequestData {
  method?: string;
  /** Absolute; undefined if the client has sent no host. */
  url?: string;
  query_string?: string;
  headers: Headers;
  /** Its body, once it has been read. */
  data?: string;
}

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { socket?: object };

/** As the SDK reads them. Pseudo-headers of HTTP/2 are omitted. */
export function requestDataOf({ method, url = '', headers, socket }: Request): RequestData {
  const host = textOf(headers['x-forwarded-host']) ?? textOf(headers.host);
  const protocol =
    textOf(headers['x-forwarded-proto']) ??
    ((socket as { encrypted?: boolean } | undefined)?.encrypted ? 'https' : 'http');
  return {
    method,
    url: url.startsWith('http') ? url : url && host ? `${protocol}://${host}${url}` : undefined,
    query_string: queryOf(url),
    headers: Object.fromEntries(
      Object.entries(headers).filter((entry): entry is [string, string] => {
        const [name, value] = entry;
        return typeof value === 'string' && !name.startsWith(':');
      }),
    ),
  };
}

function queryOf(url: string): string | undefined {
  const start = url.indexOf('?');
  if (start < 0) return undefined;
  const end = url.indexOf('#', start);
  return url.slice(start + 1, end < 0 ? undefined : end) || undefined;
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && header !== '' ? header : undefined;
}

import { messageOf, nameOf, read, readCode, readNumber, readText } from './error-shape.js';
import { outboundCallOf } from './outbound-calls.js';
import { pathPattern } from './path-pattern.js';

/** A failed call to another service; without query string, headers and body. */
export interface OutboundFacts {
  /** Host, with the port unless it is the scheme's default; of an observed call, as the application names it. */
  service: string;
  /** `GET /charges/:id`; undefined if the error does not contain it, as with `fetch failed`. */
  endpoint?: string;
  /** Status of the response; undefined if there was none. */
  status?: number;
  /** `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `timeout`. */
  code?: string;
}

const CONNECTION = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT ESOCKETTIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EPIPE EPROTO'.split(
    ' ',
  ),
);
const TLS = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
const URL_IN_MESSAGE = /\bhttps?:\/\/[^\s'"<>]+/;
const SLASH = 47;
const ATTEMPTED = /\(attempted address(?:es)?: ([^\s,)]+)/;

/**
 * Reads errors of axios, got, undici and global fetch, node-fetch, ky, ofetch, gaxios, superagent and plain node:http,
 * recognized by shape, and those of calls that were observed; undefined for any other error.
 */
export function outboundFacts(error: unknown): OutboundFacts | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const facts = ofRequest(error) ?? ofFetch(error) ?? ofConnection(error);
  const call = outboundCallOf(error);
  if (!call) return facts;
  const { service, endpoint } = call;
  // The code of a DOMException, such as a timeout, is a number without meaning.
  const code = facts?.code ?? readText(error, 'code') ?? nameOf(error);
  const status = facts?.status ?? readNumber(undiciResponse(error), 'statusCode');
  return { ...facts, status, code, service, endpoint };
}

/**
 * The response in an error of undici about its status: the error itself has `statusCode`, `headers` and `body`, but neither
 * host nor path.
 */
export function undiciResponse(error: unknown): object | undefined {
  const isOne = /^UND_ERR_RESPONSE(?:_STATUS_CODE)?$/.test(readText(error, 'code') ?? '');
  return isOne && typeof error === 'object' && error !== null ? error : undefined;
}

/** Clients whose errors carry the request: axios and gaxios `config`, got `options`, ky and ofetch `request`. */
function ofRequest(error: object): OutboundFacts | undefined {
  const name = nameOf(error) ?? '';
  const config = read(error, 'config');
  const options = read(error, 'options');
  const response = read(error, 'response');
  if (read(error, 'isAxiosError') === true || (config !== undefined && name === 'GaxiosError')) {
    return facts(
      urlOf(read(config, 'url'), read(config, 'baseURL') ?? read(config, 'baseUrl')),
      readText(config, 'method') ?? 'get',
      error,
    );
  }
  const isGot = /^(?:HTTPError|RequestError|TimeoutError|ReadError|MaxRedirectsError|ParseError|UploadError)$/.test(
    name,
  );
  const target = isGot ? read(options, 'url') : undefined; // ky has the same names, and its URL in the request
  if (target !== undefined) return facts(urlOf(target), readText(options, 'method') ?? 'get', error);
  const request = read(error, 'request');
  if (request !== undefined && /^(?:HTTPError|TimeoutError|FetchError)$/.test(name)) {
    const url = typeof request === 'string' ? request : (read(request, 'url') ?? read(response, 'url'));
    return facts(urlOf(url), readText(request, 'method') ?? readText(options, 'method') ?? 'get', error);
  }
  const sent = read(response, 'req') ?? read(response, 'request'); // superagent
  if (sent !== undefined && readNumber(error, 'status') !== undefined && readText(sent, 'method') !== undefined) {
    return facts(urlOf(read(sent, 'url')), readText(sent, 'method') ?? 'get', error);
  }
  return undefined;
}

/** Global fetch throws only `fetch failed`; its cause contains the host. node-fetch puts the URL into its message. */
function ofFetch(error: object): OutboundFacts | undefined {
  const name = nameOf(error);
  const message = messageOf(error);
  if (name === 'FetchError') {
    const url = urlOf(URL_IN_MESSAGE.exec(message)?.[0]);
    return url && { service: url.host, code: codeOf(error), endpoint: pathPattern(url.pathname) };
  }
  if (name === 'TypeError' && message === 'fetch failed') {
    const cause = read(error, 'cause');
    const code = codeOf(cause) ?? codeOf(firstOf(cause)) ?? nameOf(cause);
    const service = serviceOf(cause);
    return service === undefined ? undefined : { service, endpoint: 'fetch', code };
  }
  if (!codeOf(error)?.startsWith('UND_ERR_')) return undefined;
  const status = readNumber(error, 'statusCode') ?? readNumber(error, 'status');
  const service = serviceOf(error);
  return service === undefined ? undefined : { service, endpoint: 'request', code: codeOf(error), status };
}

/** node:http and node:net: a failed connection. Databases have been recognized by their port before. */
function ofConnection(error: object): OutboundFacts | undefined {
  const code = codeOf(error);
  if (code === undefined || (!CONNECTION.has(code) && !TLS.test(code))) return undefined;
  const service = serviceOf(error);
  return service === undefined ? undefined : { service, endpoint: 'connect', code };
}

function facts(url: URL | undefined, method: string, error: object): OutboundFacts {
  const response = read(error, 'response');
  return {
    service: url?.host || 'unknown',
    endpoint: url && `${method.toUpperCase()} ${pathPattern(url.pathname)}`,
    status: readNumber(response, 'status') ?? readNumber(response, 'statusCode'),
    code: codeOf(error) ?? nameOf(error),
  };
}

function urlOf(url: unknown, base?: unknown): URL | undefined {
  if (url instanceof URL) return url;
  const text = typeof url === 'string' ? url : readText(url, 'href');
  if (typeof base !== 'string' || base === '') return parse(text ?? '');
  if (text === undefined || text === '') return parse(base);
  // Clients concatenate base and path, so that the path of the base is kept.
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? parse(text)
    : parse(`${withoutSlashes(base)}/${text.replace(/^\/+/, '')}`);
}

/** Read from the end: a regular expression would start again at each of many slashes. */
function withoutSlashes(base: string): string {
  let end = base.length;
  while (base.charCodeAt(end - 1) === SLASH) end--;
  return base.slice(0, end);
}

function parse(url: string): URL | undefined {
  const [bare = ''] = url.split(/[?#]/, 1);
  return URL.canParse(bare) ? new URL(bare) : undefined;
}

function codeOf(error: unknown): string | undefined {
  return readCode(error);
}

function firstOf(error: unknown): unknown {
  const errors = read(error, 'errors');
  return Array.isArray(errors) ? (errors[0] as unknown) : undefined;
}

/** The remote host and port in the error; host name before address. */
function serviceOf(error: unknown): string | undefined {
  const attempted = ATTEMPTED.exec(messageOf(error))?.[1];
  if (attempted !== undefined) return attempted.replace(/:(?:80|443)$/, '');
  const socket = read(error, 'socket');
  const first = firstOf(error);
  for (const source of [error, first, socket]) {
    const host =
      readText(source, 'hostname') ??
      readText(source, 'host') ??
      readText(source, 'address') ??
      readText(source, 'remoteAddress');
    if (host === undefined) continue;
    const port = readNumber(source, 'port') ?? readNumber(source, 'remotePort');
    return port === undefined || port === 80 || port === 443 || host.includes(`:${port}`) ? host : `${host}:${port}`;
  }
  return undefined;
}

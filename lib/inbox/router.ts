import { type IncomingMessage, type ServerResponse } from 'node:http';
import { crossOriginHeaders, rejectCrossOrigin } from './access.js';
import { HttpProblem } from '../envelopes/http-problem.js';
import { readItemQuery } from './item-query.js';
import { type ItemStore } from './item-store.js';
import { type LiveStream } from './live-stream.js';
import { missedOf } from './monitors/missed-query.js';
import { type PageAsset } from './page/page.js';
import { receiveEnvelope, receiveStore, type Received } from './receiver.js';
import { type EventSources } from './sources/event-sources.js';
import { type BodyReader } from '../envelopes/request-body.js';

/** The parts of an inbox that the routes use. */
export interface InboxParts {
  store: ItemStore;
  stream: LiveStream;
  bodies: BodyReader;
  sources: EventSources;
  /** The page's files by path, `/` among them. */
  assets: ReadonlyMap<string, PageAsset>;
  add(items: Received['items']): void;
  clear(): void;
}

const DELIVERY = /^\/api\/[^/]+\/(envelope|store)\/?$/;
const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers one request. Never throws: a rejected request is answered with `{ detail }`. */
export async function route(request: IncomingMessage, response: ServerResponse, parts: InboxParts): Promise<void> {
  try {
    await answer(request, response, parts);
  } catch (error) {
    const problem =
      error instanceof HttpProblem ? error : new HttpProblem(500, 'the inbox failed to handle this request');
    if (response.headersSent) return void response.destroy();
    sendJson(response, problem.status, JSON.stringify({ detail: problem.message }), problem.headers);
  }
  request.resume(); // an unread body would keep the client from reading the response
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: InboxParts): Promise<void> {
  const url = parseTarget(request.url ?? '/');
  const delivery = DELIVERY.exec(url.pathname);
  rejectCrossOrigin(request, delivery !== null);

  if (delivery !== null) {
    allow(request, ['POST', 'OPTIONS']);
    for (const [name, value] of Object.entries(crossOriginHeaders(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, SAFE_HEADERS).end();
    await parts.bodies.read(request, (body) => {
      const received = delivery[1] === 'store' ? receiveStore(body) : receiveEnvelope(body);
      parts.add(received.items);
      sendJson(response, 200, JSON.stringify({ id: received.id }));
    });
  } else if (url.pathname === '/api/items') {
    allow(request, ['GET', 'HEAD', 'DELETE']);
    if (request.method === 'DELETE') {
      parts.clear();
      response.writeHead(204, SAFE_HEADERS).end();
    } else {
      const items = parts.store.newest(readItemQuery(url.searchParams));
      sendJson(response, 200, `[${items.map((item) => item.json).join(',')}]`);
    }
  } else if (url.pathname.startsWith('/api/sources/')) {
    allow(request, ['GET', 'HEAD']);
    const item = parts.store.find(url.pathname.slice('/api/sources/'.length));
    if (item === undefined) throw new HttpProblem(404, 'there is no such item');
    sendJson(response, 200, await parts.sources.of(item));
  } else if (url.pathname === '/api/missed-runs') {
    allow(request, ['GET', 'HEAD']);
    sendJson(response, 200, JSON.stringify(missedOf(url.searchParams, Date.now())));
  } else if (url.pathname === '/api/stream') {
    allow(request, ['GET']);
    parts.stream.add(response);
  } else if (url.pathname === '/health') {
    allow(request, ['GET', 'HEAD']);
    sendJson(response, 200, JSON.stringify({ status: 'ok', items: parts.store.size }));
  } else {
    const asset = parts.assets.get(url.pathname);
    if (asset === undefined) throw new HttpProblem(404, `${url.pathname} not found`);
    allow(request, ['GET', 'HEAD']);
    response.writeHead(200, { ...SAFE_HEADERS, ...asset.headers }).end(asset.body);
  }
}

function parseTarget(target: string): URL {
  try {
    return new URL(target, 'http://inbox');
  } catch {
    throw new HttpProblem(400, 'malformed request URL');
  }
}

function allow(request: IncomingMessage, methods: string[]): void {
  if (methods.includes(request.method ?? '')) return;
  const allowed = methods.join(', ');
  throw new HttpProblem(405, `method: received ${request.method ?? ''}; expected ${allowed}`, { allow: allowed });
}

function sendJson(response: ServerResponse, status: number, json: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { ...SAFE_HEADERS, 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(json);
}

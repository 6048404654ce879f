import type { User } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clearTimeout, setTimeout } from 'node:timers';
import { clientState, isActive } from '../client/state.js';
import { categoryOf } from '../delivery/categories.js';
import { activeTransport, type Delivery } from '../delivery/status.js';
import { BoundedJson } from '../envelopes/bounded-json.js';
import { parseEnvelope, type Envelope, type EnvelopeItem } from '../envelopes/envelope.js';
import { HttpProblem } from '../envelopes/http-problem.js';
import { BodyReader } from '../envelopes/request-body.js';
import { DEFAULT_TUNNEL_TYPES, TUNNEL_TYPES, type TunnelOptions } from '../options/tunnel-options.js';
import { countFault, guarded } from '../stats/stats.js';
import { KnownDsns, type Project } from './known-dsns.js';
import { Origins } from './origins.js';
import { decoded, relayed } from './relayed-envelope.js';
import { TunnelRates } from './token-buckets.js';
import { countRefused, tunnelCounts } from './tunnel-status.js';
import type { Visitor } from './visitor.js';

const DEFAULT_MAX_BYTES = 1024 * 1024;
const DEFAULT_PER_CLIENT = 60;
const DEFAULT_TOTAL = 6_000;
/** Until a body is complete, in milliseconds. */
const BODY_TIMEOUT = 5_000;
/** Bytes of all bodies that are held at the same time, as a multiple of the largest. */
const BODIES = 16;
const USER_TIMEOUT = 2_000;
/** Seconds after which a client may try again while too much waits. */
const FULL_DELAY = 60;
/** Counts of what the SDK of the client has dropped: no data of users. */
const ALWAYS_TAKEN = 'client_report';
/** Of one envelope, which counts once: no client sends so many, but those that want to get around the rates. */
const MAX_ITEMS = 100;
/** Characters of the id of a user. */
const MAX_ID = 200;

/** Finds the address of the client of a request: the platform knows which proxies to trust. */
export type AddressOf = (request: IncomingMessage) => string;

/** A request that is refused, with the reason that is counted. */
class Refusal extends HttpProblem {
  constructor(
    readonly reason: string,
    status: number,
    detail: string,
    headers: Record<string, string> = {},
  ) {
    super(status, detail, headers);
  }
}

const REASONS: Readonly<Record<number, string | undefined>> = {
  408: 'timeout',
  413: 'too_large',
  415: 'encoding',
  500: 'fault',
  503: 'queue_full',
};

/** Takes envelopes of Sentry's browser and mobile SDKs, and passes them to the scrubbing transport. */
export class Tunnel {
  private readonly dsns: KnownDsns;
  private readonly origins: Origins;
  private readonly rates: TunnelRates;
  private readonly bodies: BodyReader;
  private readonly types: ReadonlySet<string>;

  /** @param path - with the global prefix */
  constructor(
    private readonly options: TunnelOptions,
    private readonly path: string,
    private readonly addressOf: AddressOf,
  ) {
    const { dsns, origins, types = DEFAULT_TUNNEL_TYPES, perMinute, maxBytes = DEFAULT_MAX_BYTES } = options;
    const decompressed = options.maxDecompressedBytes ?? maxBytes;
    this.dsns = new KnownDsns(dsns);
    this.origins = new Origins(origins);
    this.rates = new TunnelRates(
      perMinute?.client ?? DEFAULT_PER_CLIENT,
      perMinute?.total ?? DEFAULT_TOTAL,
      Date.now(),
    );
    const limits = { received: maxBytes, decompressed, duration: BODY_TIMEOUT };
    this.bodies = new BodyReader(limits, BODIES * Math.max(maxBytes, decompressed));
    this.types = new Set([ALWAYS_TAKEN, ...types.flatMap((type): readonly string[] => TUNNEL_TYPES[type])]);
    tunnelCounts();
  }

  /** Whether a request is for the tunnel. */
  takes({ url = '' }: IncomingMessage): boolean {
    if (!url.startsWith(this.path)) return false;
    const rest = url.charCodeAt(this.path.length);
    return Number.isNaN(rest) || url[this.path.length] === '?' || /^\/(?:\?|$)/.test(url.slice(this.path.length));
  }

  /** Answers a request. Never throws. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      if (!(error instanceof HttpProblem)) countFault('tunnel');
      const problem =
        error instanceof HttpProblem ? error : new HttpProblem(500, 'the tunnel failed to take this envelope');
      countRefused(problem instanceof Refusal ? problem.reason : (REASONS[problem.status] ?? 'malformed'));
      this.reply(request, response, problem.status, { detail: problem.message }, problem.headers);
    }
    request.resume(); // an unread body would keep the client from reading the response
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method } = request;
    if (!this.origins.allows(headers))
      throw new Refusal('origin', 403, 'pages of this origin may not send to this tunnel');
    if (method === 'OPTIONS') {
      this.reply(request, response, 204, undefined, PREFLIGHT);
      return;
    }
    if (method !== 'POST')
      throw new Refusal('method', 405, `${method ?? ''}: expected POST`, { allow: 'POST, OPTIONS' });
    const address = this.addressOf(request);
    const exceeded = this.rates.exceeded(address, Date.now());
    if (exceeded) {
      const seconds = { 'retry-after': String(Math.ceil(exceeded.delay / 1_000)) };
      throw new Refusal(exceeded.rate, 429, 'too many envelopes', seconds);
    }
    let accepted: Promise<void> | undefined;
    await this.bodies.read(request, (body) => {
      const json = new BoundedJson();
      const envelope = parseEnvelope(body, json);
      if (envelope.items.length > MAX_ITEMS) throw new HttpProblem(413, `more than ${MAX_ITEMS} items`);
      const project = this.dsns.find(envelope.header.dsn, clientState.client?.getOptions().dsn);
      if (!project) throw new Refusal('dsn', 403, 'envelopes for this DSN are not forwarded');
      accepted = this.accept({ envelope, json, size: body.length, project, request, response, address });
    });
    await accepted;
  }

  private async accept({ envelope, json, size, project, request, response, address }: Received): Promise<void> {
    const { event_id: id } = envelope.header;
    const body = typeof id === 'string' ? { id: id.slice(0, 100) } : {};
    const delivery = isActive() ? activeTransport.deliveryTo?.(project.url) : undefined;
    if (!delivery) {
      countRefused('disabled');
      this.reply(request, response, 200, body);
      return;
    }
    const taken = envelope.items.filter(({ header }) => this.types.has(header.type));
    if (taken.length < envelope.items.length) countRefused('type', envelope.items.length - taken.length);
    if (taken.length === 0) {
      this.reply(request, response, 200, body);
      return;
    }
    const limits = this.admit(delivery, taken, size);
    const items = taken.map((item) => decoded(item, json));
    const visitor: Visitor = {
      address: sendsAddresses() ? address : undefined,
      userAgent: request.headers['user-agent'],
      user: this.options.user && (await this.userOf(request)),
    };
    tunnelCounts().accepted++;
    void delivery.send(relayed(envelope, items, visitor), () => {
      tunnelCounts().forwarded++;
    });
    this.reply(request, response, 200, body, limits);
  }

  /**
   * @returns the headers of the answer
   * @throws Refusal - if Sentry takes none of the items now, or too much waits
   */
  private admit(delivery: Delivery, items: readonly EnvelopeItem[], size: number): Record<string, string> {
    const now = Date.now();
    const { rateLimits } = delivery.outbox;
    const limits = rateLimits.header(now);
    const headers: Record<string, string> = limits === undefined ? {} : { 'x-sentry-rate-limits': limits };
    const until = Math.min(...items.map(({ header }) => rateLimits.until(categoryOf(header.type))));
    if (until > now) {
      headers['retry-after'] = String(Math.ceil((until - now) / 1_000));
      throw new Refusal('rate_limited', 429, 'Sentry takes no more of these for now', headers);
    }
    // What the application itself reports must find room.
    if (delivery.outbox.isHalfFull(size)) {
      throw new Refusal('queue_full', 429, 'too much waits to be delivered', { 'retry-after': String(FULL_DELAY) });
    }
    return headers;
  }

  private async userOf(request: IncomingMessage): Promise<User | undefined> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error('tunnel.user takes too long'));
        }, USER_TIMEOUT);
      });
      const user = await Promise.race([this.options.user?.(request), late]);
      if (typeof user !== 'object' || user === null) return undefined;
      return user.id === undefined ? user : { ...user, id: String(user.id).slice(0, MAX_ID) };
    } catch {
      countFault('tunnel-user');
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private reply(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    body?: object,
    headers: Record<string, string> = {},
  ): void {
    guarded('tunnel', () => {
      if (response.headersSent || response.destroyed) return;
      const cors = status === 403 ? {} : this.origins.headersFor(request.headers);
      const all = { 'cache-control': 'no-store', ...cors, ...headers };
      if (request.httpVersionMajor >= 2) Reflect.deleteProperty(all, 'connection'); // HTTP/2 has none
      if (body === undefined) response.writeHead(status, all).end();
      else {
        const text = JSON.stringify(body);
        const type = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
        response.writeHead(status, { ...type, ...all }).end(text);
      }
    });
  }
}

interface Received {
  envelope: Envelope;
  json: BoundedJson;
  /** Bytes. */
  size: number;
  project: Project;
  request: IncomingMessage;
  response: ServerResponse;
  address: string;
}

const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type, content-encoding, sentry-trace, baggage, x-sentry-auth',
  'access-control-max-age': '86400',
};

/** Only if the application has said what becomes of addresses: plain Sentry would send none of its own requests either. */
function sendsAddresses(): boolean {
  const scrubbing = clientState.options?.scrubbing;
  const pii = scrubbing ? scrubbing.pii : undefined;
  const ip = typeof pii === 'object' ? pii.ip : pii;
  return ip === 'keep' || ip === 'pseudonym';
}

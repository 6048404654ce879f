import { getClient, type NodeClient, type Span } from '@sentry/nestjs';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processWide, processWideKey } from '../process-state/process-wide.js';
import { guarded, stats } from '../stats/stats.js';
import { listenerCount } from './hook-listeners.js';
import { decideRequest, type RequestDecision } from './request-decisions.js';
import { isDirectCall, markIsolated, REQUEST_START } from './request-isolation.js';
import { RequestSessions } from './request-sessions.js';
import { requestStoresOf, unsampledClassOf, type UnsampledSpan } from './request-store.js';
import { UntracedRequest, type UntracedRequestContext, type UntracedRequestHooks } from './untraced-request.js';

export interface RequestDecisions {
  /** Undefined if the SDK decides: the rate depends on the operation of the request, or every request is traced. */
  decide(request: IncomingMessage): RequestDecision | undefined;
  /** Called with the span that the SDK has started for a request that is not traced. */
  onUnsampledSpan?: (span: Span) => void;
}

type Emit = (this: EmittingServer, ...args: unknown[]) => boolean;
/** A server, as far as it hands requests to the application. */
interface EmittingServer {
  emit: Emit;
}
/** Published by Node. */
interface RequestStart {
  server: EmittingServer;
  request: IncomingMessage;
  response: ServerResponse;
}
/** Where the requests of a server enter the application. */
interface Entrance {
  /** The method through which a request came to ours. Others may replace it without calling ours. */
  confirmed?: Emit;
}

const entrances = processWide('request-entrances', () => new WeakMap<EmittingServer, Entrance>());
const PASSING = Symbol.for(processWideKey('untraced-request'));
interface PassingRequest {
  [PASSING]?: UntracedRequest;
}

/** Of the hook `httpServerRequest`: the SDK's integration and this library. */
const OWN_LISTENERS = 2;
/** A path that is the same once it has been parsed as a URL. */
const PLAIN_URL = /^\/(?!.*\/(?:\.|%2e))[\w\-.~%!$&'()*+,;=:@/]*(?:\?|$)/i;

/**
 * Lets requests that are not traced pass by the SDK's instrumentation of servers, which costs more than everything else
 * that it does for a request. They get the same scopes, session, body and decision for the services that they call.
 *
 * @param hooks - called within the scopes of each such request
 */
export function passUntracedRequests(
  client: NodeClient,
  decisions: RequestDecisions,
  hooks: UntracedRequestHooks,
): void {
  const stores = requestStoresOf(client);
  stats.hooks.untracedRequests = stores !== undefined;
  if (stores) new UntracedRequests({ client, hooks, stores, sessions: new RequestSessions(client) }, decisions).open();
}

class UntracedRequests {
  /** The SDK's class of spans, known once it has started the first one that is not sampled. */
  private spanClass: UnsampledSpan | undefined;

  constructor(
    private readonly context: UntracedRequestContext,
    private readonly decisions: RequestDecisions,
  ) {}

  open(): void {
    subscribe(REQUEST_START, this.onRequestStart);
    this.context.client.on('close', () => {
      this.close();
    });
    this.decisions.onUnsampledSpan = (span) => {
      this.spanClass ??= guarded('untraced-request', () => unsampledClassOf(span));
      if (this.spanClass) return;
      stats.hooks.untracedRequests = false;
      this.close();
    };
  }

  private close(): void {
    unsubscribe(REQUEST_START, this.onRequestStart);
    this.decisions.onUnsampledSpan = undefined;
  }

  private readonly onRequestStart = (message: unknown): void => {
    guarded('untraced-request', () => {
      const { server, request, response } = message as RequestStart;
      if (isDirectCall(server)) return;
      const entrance = entrances.get(server) ?? watch(server);
      if (server.emit !== entrance.confirmed || !this.isPlain(request)) return;
      const decision = this.decisions.decide(request);
      if (!decision) return;
      decideRequest(request, decision);
      if (decision.isTraced || !this.spanClass) return;
      const untraced = new UntracedRequest(this.context, this.spanClass, request, response, decision);
      (request as PassingRequest)[PASSING] = untraced;
      markIsolated(request);
    });
  };

  /** Whether nothing about a request needs the SDK: it continues no trace, and nobody else observes it. */
  private isPlain({ headers, url = '' }: IncomingMessage): boolean {
    const { client, stores } = this.context;
    return (
      headers['sentry-trace'] === undefined &&
      headers.traceparent === undefined &&
      headers.baggage === undefined &&
      headers.expect === undefined &&
      PLAIN_URL.test(url) &&
      getClient() === client &&
      !stores.isInside() &&
      listenerCount(client, 'httpServerRequest') === OWN_LISTENERS
    );
  }
}

function watch(server: EmittingServer): Entrance {
  const entrance: Entrance = {};
  entrances.set(server, entrance);
  const { emit } = server;
  server.emit = function (...args) {
    if (args[0] !== 'request') return emit.apply(this, args);
    entrance.confirmed = server.emit;
    const request = args[1] as PassingRequest;
    const untraced = request[PASSING];
    if (!untraced) return emit.apply(this, args);
    request[PASSING] = undefined; // another server may get it too
    return untraced.run(() => emit.apply(this, args));
  };
  return entrance;
}

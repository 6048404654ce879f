import {
  getCurrentScope,
  getIsolationScope,
  SDK_VERSION,
  type NodeClient,
  type Scope,
  type Span,
} from '@sentry/nestjs';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { emitInside, type ContextRunner } from '../process-state/context-runner.js';
import { guarded } from '../stats/stats.js';
import { hasBody, RequestBody } from './request-body.js';
import { requestDataOf } from './request-data.js';
import { followDecision, type RequestDecision } from './request-decisions.js';
import type { RequestSession, RequestSessions } from './request-sessions.js';
import { setLazily, type RequestStores, type UnsampledSpan } from './request-store.js';

/** Called within the scopes of a request. */
export interface UntracedRequestHooks {
  begin(request: IncomingMessage, response: ServerResponse): void;
  onSpan(span: Span, request: IncomingMessage): void;
}

/** What all of these requests share. */
export interface UntracedRequestContext {
  readonly client: NodeClient;
  readonly hooks: UntracedRequestHooks;
  readonly stores: RequestStores;
  readonly sessions: RequestSessions;
}

/** A request that is not traced, with its own scopes and a span that is not recorded. */
export class UntracedRequest {
  private readonly isolationScope: Scope;
  private readonly span: Span;
  private readonly inside: ContextRunner;

  constructor(
    private readonly context: UntracedRequestContext,
    SpanClass: UnsampledSpan,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    decision: RequestDecision,
  ) {
    const { client, stores } = context;
    const { method = 'GET', url = '/' } = request;
    const [path = '/'] = url.split('?', 1);
    const name = `${method} ${path}`;
    const traceId = randomUUID().replaceAll('-', '');
    this.span = new SpanClass({ name, traceId, sampled: false, attributes: SPAN_ATTRIBUTES });
    followDecision(this.span, decision);

    const scope = getCurrentScope().clone();
    const { spanId } = this.span.spanContext();
    scope.setPropagationContext({ traceId, sampleRand: decision.sampleRand, propagationSpanId: spanId });
    this.isolationScope = getIsolationScope().clone();
    this.isolationScope.setClient(client);
    this.isolationScope.setTransactionName(name);
    const store = stores.create({ scope, isolationScope: this.isolationScope }, this.span);
    this.inside = (run) => stores.run(store, run);
  }

  /** Runs `next` within the scopes of the request. */
  run<T>(next: () => T): T {
    return this.inside(() => {
      guarded('untraced-request', () => {
        this.begin();
      });
      return next();
    });
  }

  private begin(): void {
    const { context, request, response, isolationScope, span } = this;
    context.client.recordDroppedEvent('sample_rate', isStreaming(context.client) ? 'span' : 'transaction');
    const requestSession: RequestSession = { status: 'ok' };
    isolationScope.setSDKProcessingMetadata({ requestSession, ipAddress: request.socket.remoteAddress });
    response.once('close', () => {
      guarded('untraced-request', () => {
        this.end();
      });
    });
    context.hooks.begin(request, response);
    context.hooks.onSpan(span, request);
    this.describe();
    emitInside(request, this.inside);
    emitInside(response, this.inside);
  }

  /** Describes the request for its events, if there are any. */
  private describe(): void {
    const { request, isolationScope } = this;
    const { method, url, headers, socket } = request;
    const before = { method, url, headers: { ...headers }, socket }; // the application may change them
    const body = hasBody(request) && keepsBodies(this.context.client) ? new RequestBody(request) : undefined;
    const isComputed = setLazily(isolationScope, 'normalizedRequest', () => ({
      ...requestDataOf(before),
      data: body?.text,
    }));
    if (!body) return;
    body.onEnd = () => {
      if (isComputed()) isolationScope.setSDKProcessingMetadata({ normalizedRequest: { data: body.text } });
    };
  }

  private end(): void {
    const { context, response, isolationScope } = this;
    isolationScope.setContext('response', { status_code: response.statusCode });
    const { requestSession } = isolationScope.getScopeData().sdkProcessingMetadata as {
      requestSession?: RequestSession;
    };
    if (requestSession) context.sessions.count(requestSession);
  }
}

/** The name is a URL, which services that continue the trace are not told. Names of Sentry 10 and 11. */
const SPAN_ATTRIBUTES = {
  'sentry.op': 'http.server',
  'sentry.source': 'url',
  'sentry.segment.name.source': 'url',
} as const;

function isStreaming(client: NodeClient): boolean {
  return (client.getOptions() as { traceLifecycle?: string }).traceLifecycle === 'stream';
}

/** Sentry 10 keeps bodies whatever its options say, Sentry 11 if `dataCollection.httpBodies` says so. */
function keepsBodies(client: NodeClient): boolean {
  return SDK_VERSION.startsWith('10.') || client.getDataCollectionOptions().httpBodies.includes('incomingRequest');
}

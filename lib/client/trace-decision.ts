import { getCurrentScope, getIsolationScope, type NodeClient, type NodeOptions, type Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import type { ResolvedInit } from '../options/resolve-init.js';
import {
  hasOperationPatterns,
  compileNameMatcher,
  compileTraceSampler,
  type NamedExecution,
} from '../sampling/index.js';
import { isCriticalSpan, markCriticalSpan } from './critical-span.js';
import { deferDecision, type DeferredSampling } from './deferred-sampling.js';
import { noteDecision, type RequestDecision, type RequestDecisions } from './untraced-requests.js';

/** What higher layers know about a request before its span starts. */
export interface RequestHooks {
  /** Whether its handler is marked critical. */
  isCriticalRequest: () => boolean;
  /** Set if it contains GraphQL operations, with whether any resolver of its application is marked critical. */
  operationsRequest: () => { hasCritical: boolean } | undefined;
}

export interface TraceDecision extends RequestDecisions {
  tracesSampler: NonNullable<NodeOptions['tracesSampler']>;
  onRequestSpan(span: Span, request: IncomingMessage): void;
  client?: NodeClient;
}

/**
 * Decides which traces are sampled. The operation of a GraphQL request is only known once its body has been parsed: if
 * it can change the decision, the decision is deferred.
 */
export function compileTraceDecision(options: ResolvedInit, hooks: RequestHooks, path: string): TraceDecision {
  const { sampling, tracesSampleRate } = options;
  const sample = compileTraceSampler(sampling, tracesSampleRate, `${path}sampling`);
  const isCritical = compileNameMatcher(sampling?.critical ?? [], `${path}sampling.critical`);
  const tellsOperations = hasOperationPatterns(sampling);
  let deferred: DeferredSampling | undefined;
  let confirmed: RequestDecision | undefined;

  const awaitsOperation = () => {
    const request = hooks.operationsRequest();
    return request !== undefined && (tellsOperations || request.hasCritical);
  };
  const defer = (request: NamedExecution): DeferredSampling => ({
    sampleRateOf: ({ names, critical } = { names: [], critical: false }) =>
      sample({ ...request, operations: names, critical }),
    onSampled: (span, { names, critical }) => {
      if (critical || isCritical({ ...request, operations: names })) markCriticalSpan(span);
    },
    sampleRand: getCurrentScope().getPropagationContext().sampleRand,
    isolationScope: getIsolationScope(),
  });

  const decision: TraceDecision = {
    decide: ({ method = 'GET', url = '/', headers }) => {
      if (WITHOUT_SPAN.has(method) || TRACE_HEADERS.some((name) => headers[name] !== undefined)) return undefined;
      if (hooks.isCriticalRequest() || awaitsOperation()) return undefined;
      const [path = '/'] = url.split('?', 1);
      const sampleRate = sample({ name: `${method} ${path}`, path, method });
      const { sampleRand } = getCurrentScope().getPropagationContext();
      return { isTraced: sampleRand < sampleRate, sampleRate, sampleRand };
    },
    confirm: (made) => {
      confirmed = made;
    },
    tracesSampler: ({ name, attributes, parentSampled, inheritOrSampleWith }) => {
      // Sentry 10 draws another random number.
      if (confirmed) return confirmed.isTraced ? 1 : 0;
      deferred = undefined;
      const isRoot = parentSampled === undefined;
      // Also with a remote parent: the execution that continues it has ended.
      if (isDriverSpan(attributes)) return 0;
      const critical = isRoot && (isCriticalSpan(attributes) || hooks.isCriticalRequest());
      // Sentry 11 names a request after its method alone until its route is known.
      const request: NamedExecution = {
        name,
        operations: operationIn(attributes),
        path: stringOrUndefined(attributes?.['url.path']),
        method: stringOrUndefined(attributes?.['http.request.method'] ?? attributes?.['http.method']),
      };
      const rate = inheritOrSampleWith(sample({ ...request, parentSampled, critical }));
      const inherits = inheritOrSampleWith(-1) !== -1;
      if (critical || inherits || !awaitsOperation()) return rate;
      deferred = defer(request);
      return 1;
    },
    onRequestSpan: (span, request) => {
      if (confirmed) noteDecision(span, confirmed);
      const name = `${request.method ?? 'GET'} ${request.url ?? '/'}`;
      if (isCritical({ name }) || hooks.isCriticalRequest()) markCriticalSpan(span);
      if (deferred && decision.client) deferDecision(span, deferred, decision.client);
      deferred = undefined;
    },
  };
  return decision;
}

/** Requests that the SDK never traces. */
const WITHOUT_SPAN: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

/** A request with one of them may continue a trace, whose decision applies. */
const TRACE_HEADERS = ['sentry-trace', 'baggage', 'traceparent'];

/** A WebSocket operation is named after its field, unless it has its own name. */
function operationIn(attributes: Readonly<Record<string, unknown>> | undefined): string[] | undefined {
  const type = stringOrUndefined(attributes?.['graphql.type']);
  const own = stringOrUndefined(attributes?.['graphql.operation']);
  return type && own ? [`${type} ${own}`] : undefined;
}

/** Driver spans at startup or in a timer are not transactions: they are only useful within an execution. */
function isDriverSpan(attributes: Readonly<Record<string, unknown>> | undefined): boolean {
  const origin = stringOrUndefined(attributes?.['sentry.origin']);
  if (origin?.startsWith('auto.db')) return true;
  const system = attributes?.['db.system'] ?? attributes?.['db.system.name'];
  // Spans of the application have an operation; spans of OpenTelemetry instrumentations have none yet.
  return system !== undefined && attributes?.['sentry.op'] === undefined;
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

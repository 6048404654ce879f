import { getCurrentScope, getIsolationScope, type NodeClient, type NodeOptions, type Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import type { ResolvedInit } from '../options/resolve-init.js';
import { hasOperationPatterns, compileNameMatcher, compileTraceSampler, type NamedExecution } from '../sampling/index.js';
import { isCriticalSpan, markCriticalSpan } from './critical-span.js';
import { beginProvisionalTrace, type Draw } from './provisional-trace.js';

/** What rooms above this one know of a request whose span is about to start. */
export interface RequestHooks {
  /** Whether it comes to a handler that is marked as critical. */
  isCriticalRequest: () => boolean;
  /** Whether it brings GraphQL operations, and whether a resolver of its application is marked as critical. */
  operationsRequest: () => { hasCritical: boolean } | undefined;
}

export interface TraceDecision {
  tracesSampler: NonNullable<NodeOptions['tracesSampler']>;
  onRequestSpan(span: Span, request: IncomingMessage): void;
  client?: NodeClient;
}

/**
 * Which traces begin. What a GraphQL request asks for is known when its body has been read: where that may matter, its
 * trace begins provisionally.
 */
export function compileTraceDecision(options: ResolvedInit, hooks: RequestHooks, path: string): TraceDecision {
  const { sampling, tracesSampleRate } = options;
  const sample = compileTraceSampler(sampling, tracesSampleRate, `${path}sampling`);
  const isCritical = compileNameMatcher(sampling?.critical ?? [], `${path}sampling.critical`);
  const tellsOperations = hasOperationPatterns(sampling);
  let provisional: Draw | undefined;

  const awaitsOperation = () => {
    const request = hooks.operationsRequest();
    return request !== undefined && (tellsOperations || request.hasCritical);
  };
  const drawLater = (request: NamedExecution): Draw => ({
    rateOf: ({ names, critical } = { names: [], critical: false }) =>
      sample({ ...request, operations: names, critical }),
    onKept: (span, { names, critical }) => {
      if (critical || isCritical({ ...request, operations: names })) markCriticalSpan(span);
    },
    rand: getCurrentScope().getPropagationContext().sampleRand,
    scope: getIsolationScope(),
  });

  const decision: TraceDecision = {
    tracesSampler: ({ name, attributes, parentSampled, inheritOrSampleWith }) => {
      provisional = undefined;
      const begins = parentSampled === undefined;
      const critical = begins && (isCriticalSpan(attributes) || hooks.isCriticalRequest());
      // Sentry 11 names a request by its method alone until its route is known.
      const request: NamedExecution = {
        name,
        operations: operationIn(attributes),
        path: text(attributes?.['url.path']),
        method: text(attributes?.['http.request.method'] ?? attributes?.['http.method']),
      };
      const rate = inheritOrSampleWith(sample({ ...request, parentSampled, critical }));
      const inherits = inheritOrSampleWith(-1) !== -1;
      if (critical || inherits || !awaitsOperation()) return rate;
      provisional = drawLater(request);
      return 1;
    },
    onRequestSpan: (span, request) => {
      const name = `${request.method ?? 'GET'} ${request.url ?? '/'}`;
      if (isCritical({ name }) || hooks.isCriticalRequest()) markCriticalSpan(span);
      if (provisional && decision.client) beginProvisionalTrace(span, provisional, decision.client);
      provisional = undefined;
    },
  };
  return decision;
}

/** An operation of a web socket is called after its field; it may have a name of its own. */
function operationIn(attributes: Readonly<Record<string, unknown>> | undefined): string[] | undefined {
  const type = text(attributes?.['graphql.type']);
  const own = text(attributes?.['graphql.operation']);
  return type && own ? [`${type} ${own}`] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

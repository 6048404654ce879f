import type { NodeClient, Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { beginDriverQuery } from './driver-queries.js';
import type { RunningQuery } from './running-query.js';

type Tracer = NodeClient['tracer'];
type Start = (name: string, options?: { attributes?: Attributes }, ...rest: unknown[]) => Span;
type Attributes = Record<string, unknown>;

/** The spans of Sentry 10 for statements. */
const STATEMENT_SPAN = /^auto\.db\.otel\.(?:postgres|mysql2?|tedious)$/;
const STATEMENT = 'db.statement';

/**
 * Follows the SDK's spans of database queries in Sentry 10. Its instrumentation runs for each query inside a request, even
 * if the request is not sampled: the tracer then returns a span that records nothing, but is ended all the same. Without
 * a tracer (Sentry 11), {@link followDriverChannels} sees the queries; where neither is there, as after a late start,
 * queries without a tracked ORM leave no breadcrumbs.
 */
export function followDriverSpans(client: NodeClient): void {
  const owner = Object.getPrototypeOf(client) as object;
  const own = Object.getOwnPropertyDescriptor(client, 'tracer');
  const tracer = () =>
    own?.get ? (own.get.call(client) as unknown) : (Reflect.get(owner, 'tracer', client) as unknown);
  if (own && !own.configurable) return;
  let following: Tracer | undefined;
  Object.defineProperty(client, 'tracer', {
    configurable: true,
    get: () => (following ??= followingTracer(tracer() as Tracer | undefined)),
  });
}

function followingTracer(tracer: Tracer | undefined): Tracer | undefined {
  if (!tracer) return undefined;
  const original = tracer as unknown as { startSpan: Start; startActiveSpan: (...args: unknown[]) => unknown };
  const startSpan: Start = (name, options, ...rest) => {
    const span = original.startSpan(name, options, ...rest);
    const attributes = options?.attributes;
    if (STATEMENT_SPAN.test(String(attributes?.['sentry.origin'])))
      guarded('query', () => {
        followSpan(span, attributes ?? {});
      });
    return span;
  };
  const startActiveSpan = (...args: unknown[]) => original.startActiveSpan(...args);
  return { startSpan, startActiveSpan };
}

/** The statement is an attribute from the start, or is set right after. */
function followSpan(span: Span, attributes: Attributes): void {
  let query: RunningQuery | undefined;
  let failure: string | undefined;
  const begin = (statement: unknown) => {
    if (query || typeof statement !== 'string') return;
    const system = attributes['db.system'];
    const database = attributes['db.name'];
    query = beginDriverQuery({
      sql: statement,
      system: typeof system === 'string' ? system : 'other_sql',
      ...(typeof database === 'string' && { database }),
    });
  };
  begin(attributes[STATEMENT]);
  override(span, 'setAttribute', (key: unknown, value: unknown) => {
    if (key === STATEMENT) begin(value);
  });
  override(span, 'setStatus', (status: { code?: number; message?: string }) => {
    if (status.code === 2) failure = status.message ?? '';
  });
  override(span, 'end', () => {
    if (failure === undefined) query?.finish();
    else query?.failWith(failure);
  });
}

function override<K extends 'setAttribute' | 'setStatus' | 'end'>(
  span: Span,
  method: K,
  before: (...args: never[]) => void,
): void {
  const original = span[method];
  Object.defineProperty(span, method, {
    value: function (this: Span, ...args: never[]) {
      guarded('query', () => {
        before(...args);
      });
      return original.apply(this, args);
    },
    configurable: true,
    writable: true,
  });
}

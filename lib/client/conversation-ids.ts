import { spanToJSON, type NodeClient, type Span } from '@sentry/nestjs';
import type { Integration } from './integration.js';

/**
 * Runs the SDK's ConversationId integration for spans of AI calls only. It ignores all others too, but after it has read
 * all data of two scopes, for every span.
 */
export function limitToAiCalls(integration: Integration): Integration {
  const setup = integration.setup?.bind(integration);
  if (!setup) return integration;
  return {
    ...integration,
    setup: (client) => {
      const listening: unknown = Object.create(client, { on: { value: listenToAiCalls(client) } });
      setup(listening as never);
    },
  };
}

type Listener = (span: Span, ...rest: unknown[]) => unknown;
type Listen = (hook: string, listener: Listener) => unknown;

function listenToAiCalls(client: Pick<NodeClient, 'on'>): Listen {
  const listen = client.on.bind(client) as Listen;
  return (hook, listener) =>
    hook === 'spanStart'
      ? listen(hook, (span, ...rest) => {
          if (isAiCall(span)) listener(span, ...rest);
        })
      : listen(hook, listener);
}

/** A span as JSON; Sentry 10 and 11 name its properties differently. */
interface SpanJson {
  description?: string;
  name?: string;
  data?: Record<string, unknown>;
  attributes?: Record<string, unknown>;
}

function isAiCall(span: Span): boolean {
  const json = spanToJSON(span) as SpanJson;
  const attributes = json.data ?? json.attributes ?? {};
  const op = attributes['sentry.op'];
  const name = json.description ?? json.name;
  return (
    (typeof op === 'string' && op.startsWith('gen_ai.')) ||
    Boolean(attributes['ai.operationId']) ||
    name?.startsWith('ai.') === true
  );
}

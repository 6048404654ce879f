import type { Integration } from './integration.js';
import { getDefaultIntegrations, httpIntegration, type Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { rememberingSourceLines } from './source-lines.js';

/**
 * Framework integrations of the SDK. That of GraphQL renames requests, and makes transactions of the parsing and the
 * validation of what comes over a web socket. The others make a span for every guard, pipe, interceptor and middleware, and in
 * Sentry 11 report errors by themselves that this library reports already.
 */
const FRAMEWORKS = new Set(['Nest', 'Express', 'Fastify', 'Connect', 'Hapi', 'Hono', 'Koa', 'Graphql']);
/** Of those, the ones that would report errors a second time; left out even where component spans are wanted. */
const REPORTING = new Set(['Express', 'Fastify', 'Connect', 'Hapi', 'Hono', 'Koa']);

export interface IntegrationChoice {
  tracesSampleRate: number;
  components: boolean;
  console: boolean;
  onRequestSpan: (span: Span, request: IncomingMessage) => void;
}

/** The SDK's own integrations, less what this library does itself at less cost. */
export function chooseIntegrations(choice: IntegrationChoice): Integration[] {
  const left = choice.components ? REPORTING : FRAMEWORKS;
  const defaults = getDefaultIntegrations({ tracesSampleRate: choice.tracesSampleRate }) ?? [];
  return defaults
    .filter(({ name }) => !left.has(name) && (choice.console || name !== 'Console'))
    .map((integration) => better(integration, choice));
}

function better(integration: Integration, { onRequestSpan }: IntegrationChoice): Integration {
  if (integration.name === 'Http') return requests(onRequestSpan);
  return integration.name === 'ContextLines' ? rememberingSourceLines(integration) : integration;
}

/**
 * Which requests are traced is for `sampling` and `critical-span.ts` to say, critical ones among them. Options have
 * other names in each major version of the SDK.
 */
function requests(onRequestSpan: IntegrationChoice['onRequestSpan']): Integration {
  const options = {
    incomingRequestSpanHook: onRequestSpan,
    onSpanCreated: onRequestSpan,
    ignoreStaticAssets: false,
    dropSpansForIncomingRequestStatusCodes: [],
    ignoreStatusCodes: [],
  };
  return httpIntegration(options as unknown as Parameters<typeof httpIntegration>[0]);
}

import type { Integration } from './integration.js';
import { getDefaultIntegrations, httpIntegration, type NodeClient, type Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { processWide } from '../process-state/process-wide.js';
import { cacheContexts } from './context-cache.js';
import { limitToAiCalls } from './conversation-ids.js';
import { cacheContextLines } from './context-lines-cache.js';
import { localVariablesBesideErrors } from './local-variables.js';

/**
 * Framework integrations of the SDK. The GraphQL integration renames requests, and creates transactions for parsing and
 * validating WebSocket operations. The others create a span for every guard, pipe, interceptor and middleware, and in
 * Sentry 11 report errors that this library already reports.
 */
const FRAMEWORKS = new Set(['Nest', 'Express', 'Fastify', 'Connect', 'Hapi', 'Hono', 'Koa', 'Graphql']);
/** The framework integrations that would report errors twice; excluded even if component spans are enabled. */
const REPORTING = new Set(['Express', 'Fastify', 'Connect', 'Hapi', 'Hono', 'Koa']);

/** Integrations that subscribe to events of the process in `setup`: once more at every start, and forever. */
const SET_UP_ONCE = new Set(['ChildProcess', 'WorkerThreads']);

const ownHttp = new WeakSet<Integration>();
const alreadySetUp = processWide('integrations-set-up', () => new Set<string>());

export interface IntegrationChoice {
  tracesSampleRate: number;
  components: boolean;
  console: boolean;
  requestBodies: boolean;
  onRequestSpan: (span: Span, request: IncomingMessage) => void;
}

/** The SDK's default integrations, without those that this library replaces at a lower cost. */
export function chooseIntegrations(choice: IntegrationChoice): Integration[] {
  const excluded = choice.components ? REPORTING : FRAMEWORKS;
  const defaults = getDefaultIntegrations({ tracesSampleRate: choice.tracesSampleRate }) ?? [];
  return defaults
    .filter(({ name }) => !excluded.has(name) && (choice.console || name !== 'Console'))
    .map((integration) => customize(integration, choice));
}

function customize(integration: Integration, choice: IntegrationChoice): Integration {
  if (SET_UP_ONCE.has(integration.name)) return setUpOnce(integration);
  if (integration.name === 'Http') return unfilteredHttp(choice);
  if (integration.name === 'Context') return cacheContexts(integration);
  if (integration.name === 'ConversationId') return limitToAiCalls(integration);
  return integration.name === 'ContextLines' ? cacheContextLines(integration) : replaceLocalVariables(integration);
}

/** Replaces the SDK's integration for local variables, which changes the objects that are thrown. */
export function replaceLocalVariables(integration: Integration): Integration {
  return integration.name === 'LocalVariablesAsync' ? localVariablesBesideErrors(integration) : integration;
}

/** What it captures goes to the current client, whichever client it was set up for. */
function setUpOnce(integration: Integration): Integration {
  return {
    ...integration,
    setup: (client) => {
      if (alreadySetUp.has(integration.name)) return;
      alreadySetUp.add(integration.name);
      integration.setup?.(client);
    },
  };
}

/**
 * Disables the SDK's own request filters: `sampling` and `critical-span.ts` decide which requests are traced. The option
 * names differ between Sentry 10 and 11.
 */
function unfilteredHttp({ onRequestSpan, requestBodies }: IntegrationChoice): Integration {
  const options = {
    incomingRequestSpanHook: onRequestSpan,
    onSpanCreated: onRequestSpan,
    ignoreStaticAssets: false,
    dropSpansForIncomingRequestStatusCodes: [],
    ignoreStatusCodes: [],
    ...(!requestBodies && { maxIncomingRequestBodySize: 'none', maxRequestBodySize: 'none' }),
  };
  const integration = httpIntegration(options as unknown as Parameters<typeof httpIntegration>[0]);
  ownHttp.add(integration);
  return integration;
}

/** Whether the integration created here traces requests, not one of the application. */
export function hasOwnHttp(client: NodeClient): boolean {
  const integration = client.getIntegrationByName('Http');
  return integration !== undefined && ownHttp.has(integration);
}

import { getClient, getIsolationScope, type NodeClient, type Scope, type Span } from '@sentry/nestjs';
import { setTimeout } from 'node:timers';
import { isDeepStrictEqual } from 'node:util';
import { clientState } from '../client/state.js';
import { hasApplications, ownerOf } from '../context/applications.js';
import { snapshotOf } from '../context/capture-snapshot.js';
import { currentExecution, executionOf } from '../context/execution.js';
import { startSentry } from '../init.js';
import type { InitOptions } from '../options/init-options.js';
import { initShape, type ResolvedInit } from '../options/resolve-init.js';
import { testKit } from '../process-state/test-kit.js';
import { arrivals } from './arrivals.js';
import { hasModulesPerFile, protectGlobals } from './runner.js';
import { runningWork } from './running-work.js';
import { followSubscriptions } from './subscriptions.js';

/** The SDK needs one to send anything; nothing resolves this name. */
const DSN = 'https://test@sentry.invalid/1';

/** Everything is reported, and nothing depends on chance, on the machine or on its variables. */
const DEFAULTS: InitOptions = {
  enabled: true,
  environment: 'test',
  release: 'test',
  serverName: 'test',
  debug: false,
  sampleRate: 1,
  tracesSampleRate: 1,
  profilesSampleRate: 0,
  includeLocalVariables: false,
  throttle: false,
};

const SDK_DEFAULTS = {
  sendClientReports: false,
  // Of Sentry 11: the module hooks that it needs do not see the modules of Jest, so it would warn in each test file.
  ...(hasModulesPerFile() && { enableRuntimeChannelInjection: false }),
};

/** Options of the application that shape what is sent. Those that decide whether something is sent are the test's own. */
const KEPT = ['scrubbing', 'grouping', 'breadcrumbs', 'tracing', 'maxBreadcrumbs', 'attachStacktrace'] as const;
const NOT_KEPT_OF_SDK = new Set(['transport', 'transportOptions', 'tracesSampler', 'integrations', 'tunnel']);

const state = {
  /** What the test has asked for. */
  ofTest: {} as InitOptions,
  /** What the application starts Sentry with. */
  ofApplication: {} as InitOptions,
  current: undefined as InitOptions | undefined,
  endSubscriptions: undefined as (() => void) | undefined,
};

/**
 * Starts Sentry for tests, or lets it run on if it was started with the same options.
 *
 * @param path - prefix of the paths in a ConfigurationError
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function startForTests(options: InitOptions | undefined, path: string): void {
  if (options !== undefined) initShape(options, path);
  if (!testKit.adapt) takeOver();
  state.ofTest = definedOnly(options ?? {});
  start(path);
}

/** Whoever has started Sentry before did so for production. */
function takeOver(): void {
  if (clientState.options) state.ofApplication = kept(clientState.options);
  testKit.receive = (envelope) => {
    arrivals.receive(envelope);
  };
  testKit.adapt = (options, path) => {
    if (options !== undefined) initShape(options, path);
    if (options && options !== state.current) state.ofApplication = { ...state.ofApplication, ...kept(options) };
    const merged = mergedOptions();
    if (!isDeepStrictEqual(merged, state.current)) retire(getClient<NodeClient>());
    state.current = merged;
    return merged;
  };
  testKit.onClient = (client) => {
    connect(client as NodeClient);
  };
}

function start(path: string): void {
  const end = followSubscriptions(() => {
    startSentry(undefined, path);
  });
  const { endSubscriptions } = state;
  state.endSubscriptions = () => {
    endSubscriptions?.();
    end();
  };
  protectGlobals();
}

function mergedOptions(): InitOptions {
  const { ofTest, ofApplication } = state;
  const sdk = { ...SDK_DEFAULTS, ...ofApplication.sdk, ...ofTest.sdk } as InitOptions['sdk'];
  return { ...DEFAULTS, ...ofApplication, ...ofTest, sdk, dsn: DSN, spool: false };
}

function kept(options: InitOptions | ResolvedInit): InitOptions {
  const sdk = Object.entries(options.sdk ?? {}).filter(([key]) => !NOT_KEPT_OF_SDK.has(key));
  const { critical } = options.sampling ?? {};
  return definedOnly({
    ...Object.fromEntries(KEPT.map((key) => [key, options[key]])),
    sampling: critical && { critical },
    sdk: sdk.length > 0 ? Object.fromEntries(sdk) : undefined,
  });
}

function definedOnly<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Closes a client at once, as far as a new one depends on it. */
function retire(client: NodeClient | undefined): void {
  if (!client) return;
  client.getOptions().enabled = false;
  void client.close(1);
}

/** Notes what is captured, and where. */
function connect(client: NodeClient): void {
  runningWork.follow(client);
  /* eslint-disable @typescript-eslint/unbound-method -- each called with the client as its `this` */
  const { captureException, captureMessage, captureEvent } = client;
  /* eslint-enable @typescript-eslint/unbound-method */
  client.captureException = (exception, hint, scope) => {
    note(hint?.event_id);
    return captureException.call(client, exception, hint, scope);
  };
  client.captureMessage = (message, level, hint, scope) => {
    note(hint?.event_id);
    return captureMessage.call(client, message, level, hint, scope);
  };
  client.captureEvent = (event, hint, scope) => {
    if (event.type === undefined) note(hint?.event_id ?? event.event_id);
    return captureEvent.call(client, event, hint, scope);
  };
  client.on('preprocessEvent', (event, hint) => {
    if (event.type === undefined && hint?.event_id) arrivals.note(hint.event_id, ownerOf(snapshotOf(hint).execution));
  });
  const scopes = new WeakMap<Span, Scope>();
  client.on('spanStart', (span: Span) => scopes.set(span, getIsolationScope()));
  client.on('spanEnd', (span: Span) => {
    const scope = scopes.get(span);
    arrivals.note(span.spanContext().spanId, scope && ownerOf(executionOf(scope)));
  });
}

function note(id: string | undefined): void {
  if (id !== undefined) arrivals.note(id, ownerOf(currentExecution()));
}

const MORE_TIME = 50;
const MOST_ATTEMPTS = 100;

/**
 * Called when all tests of a file have run: closes the client, once the applications that the file closes afterwards have
 * sent what they report while they stop. Keeps no process alive.
 */
export async function endTests(attempt = 0): Promise<void> {
  if (hasApplications() && attempt < MOST_ATTEMPTS) {
    setTimeout(() => void endTests(attempt + 1), MORE_TIME).unref();
    return;
  }
  if (hasModulesPerFile()) state.endSubscriptions?.();
  state.current = undefined;
  if (testKit.adapt) await clientState.client?.close(1_000);
}

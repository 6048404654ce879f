import {
  getActiveSpan,
  getCurrentScope,
  getIsolationScope,
  Scope,
  withScope,
  type NodeClient,
  type Span,
} from '@sentry/nestjs';
import type { AsyncLocalStorage } from 'node:async_hooks';
import { guarded } from '../stats/stats.js';
import { setScopeSpan } from './scope-span.js';

/** What the code of one request finds as current: its scopes and its span. */
export interface RequestScopes {
  scope: Scope;
  isolationScope: Scope;
}

/** The SDK's own store for the scopes and the span of a request, entered in one step. */
export interface RequestStores {
  create(scopes: RequestScopes, span: Span): object;
  run<T>(store: object, run: () => T): T;
  /** Whether the running code has such a store, whoever created it. */
  isInside(): boolean;
}

/** Where Sentry 10 and 11 say how they store scopes; the symbol exists if OpenTelemetry's context contains them. */
interface StorageLookup {
  asyncLocalStorage?: AsyncLocalStorage<object | undefined>;
  contextSymbol?: symbol;
}
/** OpenTelemetry's immutable context. */
interface Context {
  setValue(key: symbol, value: unknown): Context;
}
/** What `@opentelemetry/api` registers for the whole process. */
interface OpenTelemetryGlobal {
  context?: { active(): Context };
}
type UnsampledSpan = new (context: UnsampledSpanContext) => Span;
interface UnsampledSpanContext {
  name: string;
  traceId: string;
  sampled: false;
  attributes?: Record<string, string | number>;
}

/** OpenTelemetry's keys are registered symbols with these descriptions. */
const ACTIVE_SPAN = Symbol.for('OpenTelemetry Context Key SPAN');
/** The SDK does not trace a request that is passed on to another server within this context. */
const IS_INSTRUMENTED = Symbol.for('sentry_http_server_instrumented');
const OPEN_TELEMETRY = Symbol.for('opentelemetry.js.api.1');

/** Undefined if the SDK stores scopes in a way that this file does not know, or leaves it to the application. */
export function requestStoresOf(client: NodeClient): RequestStores | undefined {
  const { asyncLocalStorage: storage, contextSymbol } =
    (client as { asyncLocalStorageLookup?: StorageLookup }).asyncLocalStorageLookup ?? {};
  if (!storage) return undefined;
  return guarded('request-store', () => {
    const create = contextSymbol ? contextStore(storage, contextSymbol) : scopesStore;
    if (!create) return undefined;
    const stores: RequestStores = {
      create,
      run: (store, run) => (storage.getStore() === store ? run() : storage.run(store, run)),
      isInside: () => storage.getStore() !== undefined,
    };
    return areUsed(stores) && readsLazily() ? stores : undefined;
  });
}

/** Sentry 11 stores the scopes themselves; the span belongs to the current scope. */
function scopesStore(scopes: RequestScopes, span: Span): object {
  setScopeSpan(scopes.scope, span);
  return scopes;
}

/** Sentry 10, and Sentry 11 with `enableOpenTelemetrySetup`, store OpenTelemetry's context. */
function contextStore(
  storage: AsyncLocalStorage<object | undefined>,
  contextSymbol: symbol,
): RequestStores['create'] | undefined {
  const { context } = (globalThis as { [OPEN_TELEMETRY]?: OpenTelemetryGlobal })[OPEN_TELEMETRY] ?? {};
  if (!context) return undefined;
  const root = storage.run(undefined, () => context.active()).setValue(IS_INSTRUMENTED, true);
  return (scopes, span) => {
    const store = root.setValue(contextSymbol, scopes).setValue(ACTIVE_SPAN, span);
    // As the SDK does: whoever activates this scope later also activates its context.
    Object.defineProperty(scopes.scope, '_scopeContext', {
      value: new WeakRef(store),
      writable: true,
      configurable: true,
    });
    setScopeSpan(scopes.scope, span);
    return store;
  };
}

/** Whether the SDK finds what such a store contains, inside of it and through its scope. */
function areUsed(stores: RequestStores): boolean {
  const scopes = { scope: new Scope(), isolationScope: new Scope() };
  const span = { spanContext: () => ({ traceId: '', spanId: '', traceFlags: 0 }) } as Span;
  const store = stores.create(scopes, span);
  const isFound = stores.run(
    store,
    () =>
      getCurrentScope() === scopes.scope &&
      getIsolationScope() === scopes.isolationScope &&
      getActiveSpan() === span &&
      withScope((inner) => inner !== scopes.scope && getActiveSpan() === span) &&
      stores.isInside(),
  );
  return isFound && withScope(scopes.scope, () => getActiveSpan() === span);
}

/**
 * Sets data of the SDK that is not computed until an event is built, or the scope is copied.
 *
 * @param name - a property of `sdkProcessingMetadata`
 * @returns whether it has been computed by now
 */
export function setLazily(scope: Scope, name: string, get: () => unknown): () => boolean {
  const metadata = metadataOf(scope);
  Object.defineProperty(metadata, name, { get, enumerable: true, configurable: true });
  // Setting any data replaces the whole object.
  return () => metadataOf(scope) !== metadata;
}

function metadataOf(scope: Scope): object {
  return scope.getScopeData().sdkProcessingMetadata;
}

function readsLazily(): boolean {
  const scope = new Scope();
  let reads = 0;
  const isComputed = setLazily(scope, 'probe', () => ++reads);
  const wasLazy = !isComputed() && reads === 0;
  const copied = scope.clone().getScopeData().sdkProcessingMetadata as { probe?: number };
  const wasRead = copied.probe === 1;
  scope.setSDKProcessingMetadata({ other: true });
  return wasLazy && wasRead && isComputed();
}

/**
 * The class of a span that the SDK has not sampled, which it does not export, if its constructor works as that of Sentry
 * 10 and 11. With any other object as its parent, a span would lose the decision.
 */
export function unsampledClassOf(span: Span): UnsampledSpan | undefined {
  const SpanClass = span.constructor as UnsampledSpan;
  const traceId = '0123456789abcdef0123456789abcdef';
  const probe = new SpanClass({ name: 'probe', traceId, sampled: false });
  const context = probe.spanContext();
  const isRight = context.traceId === traceId && context.spanId.length === 16 && context.traceFlags === 0;
  return isRight && !probe.isRecording() ? SpanClass : undefined;
}
export type { UnsampledSpan };

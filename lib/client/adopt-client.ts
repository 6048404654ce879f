import { makeNodeTransport, suppressTracing, type NodeClient, type NodeOptions } from '@sentry/nestjs';
import { countOverflow } from '../delivery/overflow.js';
import { scrubbingTransport } from '../delivery/scrubbing-transport.js';
import { envelopeEndpoint } from '../options/dsn.js';
import { dryRun } from '../process-state/dry-run.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { guardSdkHooks } from './guard-sdk-hooks.js';
import { closeTransportWithClient } from './cleanup-on-close.js';
import { compileInitScrubber } from './init-scrubber.js';
import { NORMALIZE_DEPTH } from './start.js';
import { clientState, type ClientOrigin } from './state.js';

type ClientOptions = ReturnType<NodeClient['getOptions']>;

/**
 * The options of this library, merged with those of a client that `Sentry.init()` has started. The client alone decides
 * what it controls itself, such as where events go and which traces are sampled.
 */
export function withOptionsOf(client: NodeClient, resolved: ResolvedInit): ResolvedInit {
  const own = client.getOptions();
  const { release = resolved.release, serverName = resolved.serverName } = own;
  return {
    ...resolved,
    dsn: own.dsn,
    environment: own.environment ?? 'production',
    release,
    serverName,
    sampleRate: own.sampleRate ?? 1,
    tracesSampleRate: own.tracesSampleRate ?? 0,
    sdk: guardSdkHooks({ sdk: { beforeBreadcrumb: own.beforeBreadcrumb }, tracesSampleRate: 0 }),
  };
}

/**
 * Takes over a client that `Sentry.init()` has started, so that it sends through the scrubbing transport.
 *
 * @param options - see {@link withOptionsOf}
 */
export function adoptClient(
  client: NodeClient,
  options: ResolvedInit,
  beforeBreadcrumb: NodeOptions['beforeBreadcrumb'],
  origin: ClientOrigin,
): void {
  const own = client.getOptions();
  if (scrubTransport(client, own, options)) closeTransportWithClient(client);
  own.beforeBreadcrumb = beforeBreadcrumb;
  own.normalizeDepth ??= NORMALIZE_DEPTH;
  own.sampleRate = 1; // drawn before an event is built: see capture/quota
  countOverflow(client);
  Object.assign(clientState, { client, options, origin });
  dryRun.onStart?.(clientState);
}

/** Replaces the methods, because the client keeps a reference to the transport object. */
function scrubTransport(client: NodeClient, own: ClientOptions, options: ResolvedInit): boolean {
  const transport = client.getTransport();
  const url = own.tunnel ?? (client.getDsn() && own.dsn && envelopeEndpoint(own.dsn).href);
  if (!transport || !url) return false;
  const scrubbing = scrubbingTransport({
    scrubber: compileInitScrubber(options),
    spool: options.spool || undefined,
    transport: own.transport === makeNodeTransport ? undefined : own.transport,
    withoutTracing: suppressTracing,
    shutdownTimeout: options.shutdownTimeout,
  })({
    ...own.transportOptions,
    url,
    recordDroppedEvent: client.recordDroppedEvent.bind(client),
  });
  transport.send = (envelope) => scrubbing.send(envelope);
  transport.flush = (timeout) => scrubbing.flush(timeout);
  return true;
}

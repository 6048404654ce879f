import type { TrackedApplication } from '../../capture/application-registry.js';
import { isCriticalHandler } from '../../context/critical.js';
import type { Handler } from '../../context/execution.js';
import { processWide } from '../../process-state/process-wide.js';
import { operationsOf } from './decide-trace.js';

const ROOT_TYPES = new Set(['query', 'mutation', 'subscription']);

/** The handlers of root fields, by operation: `query cats`. */
const handlers = processWide('graphql-root-handlers', () => new WeakMap<TrackedApplication, Map<string, Handler>>());

/** @param resolver - the metadata that Nest has read from its decorator */
export function noteRootHandler(
  handler: Handler,
  resolver: { type?: unknown; name?: unknown },
  owner: TrackedApplication,
): void {
  const { type, name } = resolver;
  if (typeof type !== 'string' || typeof name !== 'string' || !ROOT_TYPES.has(type.toLowerCase())) return;
  const operation = `${type.toLowerCase()} ${name}`;
  const known = handlers.get(owner) ?? new Map<string, Handler>();
  handlers.set(owner, known.set(operation, handler));
  if (isCriticalHandler(handler)) operationsOf(owner).markCritical(operation);
}

export function rootHandler(operation: string, owner: TrackedApplication): Handler | undefined {
  return handlers.get(owner)?.get(operation);
}

import type { ApplicationContext } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';
import type { PolicyOf } from './policy.js';

/** The application that a handler belongs to: what it has configured. */
export interface TrackedApplication {
  readonly policyOf: PolicyOf;
  readonly context: ApplicationContext;
}

const owners = processWide('owners', () => new WeakMap<object, TrackedApplication>());

/**
 * Handlers of transports other than HTTP have no adapter that tells whose they are. But all modules of an application
 * stand in one container, which also the microservices connected to it share.
 *
 * @param key - what a handler can be told by: Nest's `ModulesContainer`, the HTTP adapter
 */
export function trackApplication(key: object, owner: TrackedApplication): void {
  owners.set(key, owner);
}

/** @returns undefined where the application has not imported `SentryModule` */
export function trackedApplication(key: object | undefined): TrackedApplication | undefined {
  return key && owners.get(key);
}

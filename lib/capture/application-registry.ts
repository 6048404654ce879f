import type { ApplicationContext } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';
import type { IntegrationSwitches } from '../options/module-options.js';
import type { PolicyOf } from './policy.js';

/** The configuration of the application that a handler belongs to. */
export interface TrackedApplication {
  readonly policyOf: PolicyOf;
  readonly context: ApplicationContext;
  readonly integrations: IntegrationSwitches;
  /** Nest's `ModulesContainer`, which identifies the application before it is initialized. */
  readonly modules?: object;
}

const applications = processWide('tracked-applications', () => new WeakMap<object, TrackedApplication>());

/**
 * Registers an application. Handlers of transports other than HTTP have no adapter that identifies their application,
 * but all modules of an application are in one container, which connected microservices share.
 *
 * @param key - identifies the application of a handler: Nest's `ModulesContainer`, the HTTP adapter, or the context of
 *   its executions
 */
export function trackApplication(key: object, owner: TrackedApplication): void {
  applications.set(key, owner);
}

/** @returns undefined if the application has not imported `SentryModule` */
export function trackedApplication(key: object | undefined): TrackedApplication | undefined {
  return key && applications.get(key);
}

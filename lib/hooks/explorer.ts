import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { isActive } from '../client/state.js';
import type { IntegrationSwitches } from '../options/module-options.js';

/** A class of a partner library that finds decorated methods with Nest's `DiscoveryService`. */
export interface Explorer {
  discoveryService?: { modulesContainer?: object };
}

/** Nest's `ModulesContainer`, which an explorer reaches. */
export function modulesOf({ discoveryService }: Explorer): object | undefined {
  return discoveryService?.modulesContainer;
}

/**
 * The application that tracks a partner library.
 *
 * @param modules - Nest's `ModulesContainer`
 * @returns undefined if it has not imported `SentryModule`, has switched this library off, or if Sentry is disabled
 */
export function trackingApplication(
  modules: object | undefined,
  integration: keyof IntegrationSwitches,
): TrackedApplication | undefined {
  const application = isActive() ? trackedApplication(modules) : undefined;
  return application?.integrations[integration] === false ? undefined : application;
}

/** An object that behaves like another one except for these members. The other object stays unchanged. */
export function withMembers<T extends object>(self: T, members: { readonly [K in keyof T]?: T[K] }): T {
  const derived = Object.create(self) as T;
  for (const [key, value] of Object.entries(members)) {
    Object.defineProperty(derived, key, { value, configurable: true, writable: true });
  }
  return derived;
}

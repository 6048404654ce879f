import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { isActive } from '../client/state.js';

/** A class of a partner library that finds decorated methods with Nest's `DiscoveryService`. */
export interface Explorer {
  discoveryService?: { modulesContainer?: object };
}

/** The application of an explorer; undefined if it has not imported `SentryModule`, or if Sentry is disabled. */
export function applicationOfExplorer({ discoveryService }: Explorer): TrackedApplication | undefined {
  return isActive() ? trackedApplication(discoveryService?.modulesContainer) : undefined;
}

/** An object that behaves like another one except for these members. The other object stays unchanged. */
export function withMembers<T extends object>(self: T, members: { readonly [K in keyof T]?: T[K] }): T {
  const derived = Object.create(self) as T;
  for (const [key, value] of Object.entries(members)) {
    Object.defineProperty(derived, key, { value, configurable: true, writable: true });
  }
  return derived;
}

import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { isActive } from '../client/state.js';

/** A class of a partner that looks for decorated methods, with Nest's `DiscoveryService`. */
export interface Explorer {
  discoveryService?: { modulesContainer?: object };
}

/** The application that an explorer belongs to; undefined if it has not imported `SentryModule`, or Sentry is off. */
export function applicationOfExplorer({ discoveryService }: Explorer): TrackedApplication | undefined {
  return isActive() ? trackedApplication(discoveryService?.modulesContainer) : undefined;
}

/** An object that behaves like another one, but for these members. The other one stays as it is. */
export function withMembers<T extends object>(self: T, members: { readonly [K in keyof T]?: T[K] }): T {
  const derived = Object.create(self) as T;
  for (const [key, value] of Object.entries(members)) {
    Object.defineProperty(derived, key, { value, configurable: true, writable: true });
  }
  return derived;
}

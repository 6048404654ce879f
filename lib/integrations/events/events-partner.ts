import { Partner, type Tracking } from '../../partners/partner.js';
import { compileEventSettings, eventsShape, type EventSettings } from './events-options.js';

export const events = new Partner({ name: 'events', check: eventsShape, compile: compileEventSettings });

/** @returns undefined if the application does not track this library */
export function eventTracking(
  modules: object | undefined,
  library: 'emitter' | 'cqrs',
): Tracking<EventSettings> | undefined {
  const tracking = events.trackingIn(modules);
  return tracking?.settings[library] ? tracking : undefined;
}

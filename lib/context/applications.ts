import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-state/process-wide.js';
import { applicationContext } from './application-context.js';
import type { ApplicationContext, Execution } from './execution.js';

/** The applications of this process, by HTTP server. */
const applications = processWide('applications', () => ({
  byServer: new WeakMap<object, ApplicationContext>(),
  all: new Set<ApplicationContext>(),
}));

/** What one application has registered while it is being created. */
interface Registration {
  readonly contexts: ApplicationContext[];
  failed: boolean;
}
const creations = processWide('application-creations', () => ({ running: 0, haveFailed: false }));
const registrations = processWide('application-registrations', () => new AsyncLocalStorage<Registration>());

/**
 * Runs the creation of an application. If it fails, the application is never closed: `forget` removes what it has
 * registered, and ignores what it registers later, because Nest does not wait for the remaining providers.
 */
export async function withinRegistration(create: (forget: () => void) => Promise<void>): Promise<void> {
  const registration: Registration = { contexts: [], failed: false };
  const forget = () => {
    registration.failed = true;
    registration.contexts.forEach(unregisterApplication);
  };
  creations.running++;
  try {
    await registrations.run(registration, () => create(forget));
  } finally {
    creations.running--;
    // Otherwise, every promise of the application would carry the store. What a failed creation registers later has it.
    creations.haveFailed ||= registration.failed;
    if (creations.running === 0 && !creations.haveFailed) registrations.disable();
  }
  registration.contexts.length = 0; // timers and connections opened in the meantime keep this store alive
}

export function registerApplication(context: ApplicationContext, server?: object): void {
  const registration = registrations.getStore();
  if (registration?.failed) return;
  applications.all.add(context);
  registration?.contexts.push(context);
  if (server) applications.byServer.set(server, context);
}

export function unregisterApplication(context: ApplicationContext): void {
  applications.all.delete(context);
}

const DEFAULTS = applicationContext({});

/** The application that an execution belongs to: the one that owns its server, or the only one in the process. */
export function applicationOf(execution: Execution): ApplicationContext {
  return ownerOf(execution) ?? DEFAULTS;
}

/** Like {@link applicationOf}; undefined if there are several, and none is known to own the execution. */
export function ownerOf({ incoming, application }: Execution): ApplicationContext | undefined {
  if (application) return application;
  const server = (incoming?.socket as { server?: object } | undefined)?.server;
  const owner = server && applications.byServer.get(server);
  if (owner) return owner;
  if (applications.all.size === 1) for (const only of applications.all) return only;
  return undefined;
}

/** Whether an application of this process runs. */
export function hasApplications(): boolean {
  return applications.all.size > 0;
}

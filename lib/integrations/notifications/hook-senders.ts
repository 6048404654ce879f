import { types } from 'node:util';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy, type ModulesContainer } from '../../hooks/provider-prototypes.js';
import { loadedModules } from '../../optional-dependencies/load-optional.js';
import { deliver } from './deliver.js';
import { SENDERS } from './senders.js';

type Send = (this: object, ...args: unknown[]) => unknown;

/** Entries of a map, such as the transporters of a mailer, that are searched. */
const MAX_ENTRIES = 20;
/** Packages whose exports send: an application may not have them among its providers. */
const PACKAGES = ['@sendgrid/mail', 'web-push'];

/**
 * Hooks the clients of mail, text message and push services: providers, and what providers keep in properties, such as
 * the transporters of `MailerService`. The method is wrapped where it is defined, so that all clients of the same class
 * are covered. No getter runs.
 *
 * @param modules - with all instances created
 */
export function hookSenders(modules: ModulesContainer): void {
  for (const { providers } of modules.values()) {
    for (const { instance } of providers.values()) {
      hookCandidate(instance);
      for (const value of propertiesOf(instance)) hookCandidate(value);
    }
  }
  for (const exported of loadedModules(PACKAGES)) hookCandidate(exported);
}

function* propertiesOf(instance: unknown): Iterable<unknown> {
  if (!isObject(instance)) return;
  const properties: Record<string, PropertyDescriptor> = Object.getOwnPropertyDescriptors(instance);
  for (const property of Object.values(properties)) {
    const value: unknown = property.value;
    yield value;
    if (types.isMap(value)) yield* [...(value as ReadonlyMap<unknown, unknown>).values()].slice(0, MAX_ENTRIES);
  }
}

function hookCandidate(candidate: unknown): void {
  if (!isObject(candidate)) return;
  for (const sender of SENDERS) {
    if (!(sender.method in candidate) || !sender.matches(candidate)) continue;
    const { method } = sender;
    patchPrototype(
      'notifications',
      definedBy<Record<string, Send>>(candidate, method),
      method,
      (send) =>
        function (...args) {
          return deliver(sender, send as Send, this, args);
        },
    );
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && !Array.isArray(value);
}

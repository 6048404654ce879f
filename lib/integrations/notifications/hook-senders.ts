import { types } from 'node:util';
import { firstKeys } from '../../bounds/index.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import type { ProviderInstance } from '../../hooks/provider-instances.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { loadedModules } from '../../optional-dependencies/load-optional.js';
import { deliver } from './deliver.js';
import { SENDERS } from './senders.js';

type Send = (this: object, ...args: unknown[]) => unknown;

/** Entries of a map, such as the transporters of a mailer, that are searched. */
const MAX_ENTRIES = 20;
const MAX_PROPERTIES = 200;
/** Packages whose exports send: an application may not have them among its providers. */
const PACKAGES = ['@sendgrid/mail', 'web-push'];

/**
 * Hooks clients of mail, text message and push services: a provider, and what it keeps in properties, such as the
 * transporters of `MailerService`. The method is wrapped where it is defined, so that all clients of the same class are
 * covered. No getter runs.
 */
export function hookSendersOf({ instance }: ProviderInstance): void {
  hookCandidate(instance);
  for (const value of propertiesOf(instance)) hookCandidate(value);
}

export function hookLoadedSenders(): void {
  for (const exported of loadedModules(PACKAGES)) hookCandidate(exported);
}

/** A provider may also be data of the application, of any size. */
function* propertiesOf(instance: object): Iterable<unknown> {
  for (const key of firstKeys(instance, MAX_PROPERTIES).keys) {
    const value: unknown = Object.getOwnPropertyDescriptor(instance, key)?.value;
    yield value;
    if (types.isMap(value)) yield* firstOf((value as ReadonlyMap<unknown, unknown>).values());
  }
}

function* firstOf(values: Iterable<unknown>): Iterable<unknown> {
  let count = 0;
  for (const value of values) {
    if (count++ === MAX_ENTRIES) return;
    yield value;
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

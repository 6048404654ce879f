import { types } from 'node:util';
import { firstKeys } from '../../bounds/index.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import type { ProviderInstance } from '../../hooks/provider-instances.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { loadedModules } from '../../optional-dependencies/load-optional.js';
import { deliver } from './deliver.js';
import { SENDERS, type Sender } from './senders.js';

type Send = (this: object, ...args: unknown[]) => unknown;

/** Entries of a map, such as the transporters of a mailer, that are searched. */
const MAX_ENTRIES = 20;
const MAX_PROPERTIES = 200;
/** Packages whose clients, or exports, an application may not have among its providers. */
const PACKAGES = [
  'nodemailer',
  '@sendgrid/mail',
  'twilio',
  'firebase-admin',
  'expo-server-sdk',
  'web-push',
  '@parse/node-apn',
];

/**
 * Hooks clients of mail, text message and push services: a provider, and what it keeps in properties, such as the
 * transporters of `MailerService`. The method is wrapped where it is defined, so that all clients of the same class are
 * covered. No getter runs.
 */
export function hookSendersOf({ instance }: ProviderInstance): void {
  hookCandidate(instance);
  for (const value of propertiesOf(instance)) hookCandidate(value);
}

/** Hooks the classes of clients, wherever they are created, and exports that send. */
export function hookLoadedSenders(): void {
  for (const exported of loadedModules(PACKAGES)) {
    hookCandidate(exported);
    hookClass(exported);
    if (!isObject(exported) && typeof exported !== 'function') continue;
    for (const key of firstKeys(exported, MAX_PROPERTIES).keys) {
      hookClass(Object.getOwnPropertyDescriptor(exported, key)?.value);
    }
  }
}

function hookClass(candidate: unknown): void {
  if (typeof candidate !== 'function' || types.isProxy(candidate)) return;
  const prototype: unknown = Object.getOwnPropertyDescriptor(candidate, 'prototype')?.value;
  if (!isObject(prototype)) return;
  for (const sender of SENDERS) if ((sender.defines ?? sender.matches)(prototype)) hookMethod(sender, prototype);
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
    if (sender.method in candidate && sender.matches(candidate)) hookMethod(sender, candidate);
  }
}

function hookMethod(sender: Sender, client: object): void {
  const { method } = sender;
  patchPrototype(
    'notifications',
    definedBy<Record<string, Send>>(client, method),
    method,
    (send) =>
      function (...args) {
        return deliver(sender, send as Send, this, args);
      },
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && !Array.isArray(value);
}

import type { EntryPlan } from './entry-plans.js';
import type { KeyFacts, KeyRules } from './key-rules.js';
import { FILTERED } from './marker.js';
import { define } from './plain-copy.js';
import type { Reading } from './place.js';
import type { Trail } from './trail.js';
import { isNeverRemoved } from './value-shapes.js';

/** Names of the variables of a GraphQL request; `'all'`: it has none, the response data goes. */
export type Variables = ReadonlySet<string> | 'all' | undefined;

/** The rule by which the value of an entry goes because of its name; undefined where it stays. */
export function ruleOfEntry(
  { key, own }: EntryPlan,
  value: unknown,
  object: Record<string, unknown>,
  reading: Reading | undefined,
  keys: KeyRules,
  variables: Variables,
): string | undefined {
  const facts = reading === 'graphql-variables' ? VARIABLE : own;
  if (facts === undefined) return undefined;
  let rule = reading === 'cookies' ? facts.cookieRule : facts.rule;
  if (reading === 'graphql-response' && (variables === 'all' ? key === 'data' : variables?.has(key))) rule = '@graphql';
  if (key === 'value' && rule === undefined) rule = ruleOfNamed(object, reading, keys);
  return rule === undefined || isNeverRemoved(value, facts) ? undefined : rule;
}

/** `{ name: 'Authorization', value: '…' }`, as HAR files and cookie jars write it. */
function ruleOfNamed(
  object: Record<string, unknown>,
  reading: Reading | undefined,
  keys: KeyRules,
): string | undefined {
  const name = object.name ?? object.key ?? object.field ?? object.header;
  if (typeof name !== 'string' || name.length > 100) return undefined;
  const facts = keys.of(name);
  return reading === 'cookies' ? facts.cookieRule : facts.rule;
}

/** Removes a value because of its name. */
export function removeNamed(
  value: unknown,
  rule: string,
  reading: Reading | undefined,
  keys: KeyRules,
  trail: Trail,
): unknown {
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (reading === 'attributes' || reading === 'contexts' || reading === 'graphql-variables')
    ? removeInside(value as Record<string, unknown>, rule, reading, keys, trail)
    : trail.remove(FILTERED, rule, value);
}

/** An attribute keeps its form `{ value, type }`; contexts and variables stay objects with their keys. */
function removeInside(
  value: Record<string, unknown>,
  rule: string,
  reading: Reading,
  keys: KeyRules,
  trail: Trail,
): unknown {
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const stays =
      reading === 'attributes' && (key === 'type' || key === 'unit') && typeof entry === 'string' && entry.length < 24;
    const name = keys.nameOf(key);
    trail.path[trail.depth++] = name;
    define(copy, name, stays || isNeverRemoved(entry, NOTHING) ? entry : trail.remove(FILTERED, rule, entry));
    trail.depth--;
  }
  return copy;
}

const NOTHING = { counts: false };
const VARIABLE: KeyFacts = {
  name: '',
  bytes: 0,
  rule: '@graphql',
  cookieRule: '@graphql',
  counts: false,
  cookies: false,
  versions: false,
  headers: false,
};

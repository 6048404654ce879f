import type { EntryPlan } from './entry-plans.js';
import { type KeyFacts, type KeyRules, ruleOfName } from '../names/key-rules.js';
import { FILTERED } from '../markers/marker.js';
import { define } from './plain-copy.js';
import type { Reading } from '../fields/field-context.js';
import type { Trail } from './removal-log.js';
import { isDescribed, isNeverRemoved, isSecretMember } from './value-shapes.js';

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
  outer: KeyFacts | undefined,
): string | undefined {
  const facts = factsOf(own, reading);
  if (facts === undefined) return undefined;
  let rule = ruleOfName(facts, reading);
  if (reading === 'graphql-response' && (variables === 'all' ? key === 'data' : variables?.has(key))) rule = '@graphql';
  if (key === 'value' && rule === undefined) rule = ruleOfNamed(object, reading, keys);
  if (typeof value === 'string') {
    const { vendor } = key === 'value' && outer ? outer : facts;
    if (vendor?.test(value)) rule = '@vendor-key';
    else if (facts.described?.test(value)) return undefined;
  }
  if (rule === undefined && isSecretMember(key, object)) rule = '@password';
  if (rule === undefined || isNeverRemoved(value, facts)) return undefined;
  return reading === 'attributes' && isObject(value) && isDescribed(value, facts) ? undefined : rule;
}

function factsOf(own: KeyFacts | undefined, reading: Reading | undefined): KeyFacts | undefined {
  return reading === 'graphql-variables' ? VARIABLE : own;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ name: 'Authorization', value: '…' }`, as HAR files and cookie jars write it. */
function ruleOfNamed(
  object: Record<string, unknown>,
  reading: Reading | undefined,
  keys: KeyRules,
): string | undefined {
  const name = object.name ?? object.key ?? object.field ?? object.header;
  if (typeof name !== 'string' || name.length > 100) return undefined;
  return ruleOfName(keys.of(name), reading);
}

/** Removes a value because of its name. */
export function removeNamed(
  value: unknown,
  rule: string,
  own: KeyFacts | undefined,
  reading: Reading | undefined,
  keys: KeyRules,
  trail: Trail,
): unknown {
  return isObject(value) && (reading === 'attributes' || reading === 'contexts' || reading === 'graphql-variables')
    ? removeInside(value, rule, reading === 'attributes' && own ? own : NOTHING, reading, keys, trail)
    : trail.remove(FILTERED, rule, value);
}

/** An attribute keeps its form `{ value, type }`; contexts and variables stay objects with their keys. */
function removeInside(
  value: Record<string, unknown>,
  rule: string,
  facts: Pick<KeyFacts, 'counts'>,
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
    define(copy, name, stays || isNeverRemoved(entry, facts) ? entry : trail.remove(FILTERED, rule, entry));
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
  tagRule: '@graphql',
  counts: false,
  cookies: false,
  versions: false,
  headers: false,
  words: false,
  vendor: undefined,
  described: undefined,
};

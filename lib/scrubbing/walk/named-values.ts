import type { EntryPlan } from './entry-plans.js';
import { factsOfRule, type KeyFacts } from '../names/key-facts.js';
import { describes } from '../names/descriptive-names.js';
import { mayBeNamed, pairedNames } from '../names/named-pairs.js';
import { statementParameter } from '../names/sibling-names.js';
import { isReference } from '../names/secret-references.js';
import { isMessage } from '../names/validation-messages.js';
import { ruleOfName } from './name-rule.js';
import { cutMarker } from '../limits/limits.js';
import { FILTERED } from '../markers/marker.js';
import { isPlain } from './json-form.js';
import { attributeText, judgeOfText } from './sibling-judges.js';
import { sessionValues } from './session-values.js';
import { define } from './plain-copy.js';
import type { ContainerKind } from '../fields/field-context.js';
import { MESSAGE_PARAMETER, secretParameters } from '../texts/statements/message-templates.js';
import { namesNext } from '../texts/statements/named-arguments.js';
import type { CompiledRules } from './compiled-rules.js';
import type { RemovalLog } from './removal-log.js';
import { isDescriptive, isManifest, isNeverRemoved, isSecretMember, isSpecification } from './value-shapes.js';

/** `errors.token`, `auth.messages.password`: a key of translations. */
const MESSAGE_PATH = /(?:^|\.)(?:errors?|messages?|validation|i18n|translations?)\.[\w.]{1,80}$/;
/** The cookies of hapi's requests are their `state`, as is much else of other libraries. */
const RANDOM_COOKIE = /^(?=[^\d]{0,200}\d)(?=[^A-Za-z]{0,200}[A-Za-z])[\w.~%*=+-]{12,4000}$/;
const PATHS = ['path', 'param', 'field', 'property'];
const MESSAGES = ['message', 'msg', 'kind'];
const RESULTS = ['fail', 'failed', 'failures', 'skip', 'skipped'];
/** Steps to ask the other members of an object for the name of a value. */
const STEPS_PER_PAIR = 10_000;
/** Steps to remove one entry of an object that stays. */
const STEPS_PER_ENTRY = 500;

/** Steps to tell whether a value only describes a secret: for each character, and for an object or a list. */
const STEPS_PER_CHARACTER = 10;
const STEPS_PER_OBJECT = 5000;
/** Longer values do not. */
const MAX_JUDGED = 1000;

function stepsToJudge(value: unknown): number {
  if (typeof value === 'string') return Math.min(value.length, MAX_JUDGED) * STEPS_PER_CHARACTER;
  return typeof value === 'object' && value !== null ? STEPS_PER_OBJECT : 0;
}

/** Names of the variables of a GraphQL request; `'all'` if it has none: all response data is removed. */
export type Variables = ReadonlySet<string> | 'all' | undefined;

/** The rule that removes the value of an entry because of its name; undefined if it is kept. */
export function ruleOfEntry(
  { key, own, paired }: EntryPlan,
  value: unknown,
  object: Record<string, unknown>,
  container: ContainerKind | undefined,
  rules: Pick<CompiledRules, 'keys' | 'work'>,
  variables: Variables,
  outer: KeyFacts | undefined,
): string | undefined {
  const { work } = rules;
  const facts = factsOf(own, container);
  if (facts === undefined) return undefined;
  let rule = ruleOfName(facts, container) ?? (outer?.headers ? facts.headerRule : undefined);
  if (rule === undefined && outer?.cookies && typeof value === 'string') rule = facts.cookieRule;
  if (rule === undefined && outer?.mayHoldCookies && typeof value === 'string' && RANDOM_COOKIE.test(value))
    rule = facts.cookieRule;
  if (container === 'graphql-response' && (variables === 'all' ? key === 'data' : variables?.has(key)))
    return isData(value) || !isNeverRemoved(value, facts) ? '@graphql' : undefined;
  if (rule === undefined && paired && mayBeNamed(key, object))
    rule = ruleOfPaired(key, object, container, outer, rules);
  if (rule === undefined && key.startsWith(MESSAGE_PARAMETER)) rule = ruleOfParameter(key, object, rules);
  const bound = rule === undefined ? statementParameter(key) : undefined;
  if (bound !== undefined) rule = ruleOfBound(bound, object, rules);
  if (typeof value === 'string') {
    const { vendor } = key === 'value' && outer ? outer : facts;
    if (vendor?.test(value)) rule = '@vendor-key';
  }
  if (rule !== undefined || facts.descriptive) work.spend(stepsToJudge(value));
  if (rule !== '@vendor-key' && describes(facts.descriptive, value)) return undefined;
  if (rule === undefined && isSecretMember(key, object)) rule = isManifest(object) ? '@manifest' : '@password';
  if (rule === undefined || isNeverRemoved(value, facts)) return undefined;
  if ((outer?.messages || MESSAGE_PATH.test(key)) && (isMessage(value) || isLabel(key, value))) return undefined;
  if (typeof value === 'number' && (Math.abs(value) <= 1 ? isSpecification(object) : isTally(key, object)))
    return undefined;
  if (typeof value === 'object' && value !== null && isReference(value, facts.refers)) return undefined;
  if (isFieldError(key, value)) return undefined;
  if (facts.messages && holdsObjects(value)) return undefined; // judged by the names inside
  return container === 'attributes' && isObject(value) && isDescriptive(value, facts) ? undefined : rule;
}

function factsOf(own: KeyFacts | undefined, container: ContainerKind | undefined): KeyFacts | undefined {
  return container === 'graphql-variables' ? VARIABLE : own;
}

/** Variables and results are not described by their form. */
function isData(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function holdsObjects(value: unknown): boolean {
  return isObject(value) || (Array.isArray(value) && value.length > 0 && (value as unknown[]).every(isObject));
}

/**
 * What a validator says about the field, under its name: `{ errors: { password: { path: 'password', kind: 'minlength', value: 'x' } } }`
 * of Mongoose and express-validator. The value in it is named by its path.
 */
function isFieldError(key: string, value: unknown): boolean {
  if (!isObject(value) || !PATHS.some((member) => value[member] === key)) return false;
  return MESSAGES.some((member) => typeof value[member] === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ messages: { password: 'Password' } }`: the label of a field, in translations. */
function isLabel(key: string, value: unknown): boolean {
  return (
    typeof value === 'string' && value.replace(/[ :*]/g, '').toLowerCase() === key.replace(/[_.-]/g, '').toLowerCase()
  );
}

/** `{ pass: 41, fail: 2 }`: the results of tests. */
function isTally(key: string, object: Record<string, unknown>): boolean {
  return key === 'pass' && RESULTS.some((member) => typeof object[member] === 'number');
}

/** `{ name: 'Authorization', value: '…' }`, as in HAR files and cookie jars. */
function ruleOfPaired(
  key: string,
  object: Record<string, unknown>,
  container: ContainerKind | undefined,
  outer: KeyFacts | undefined,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
): string | undefined {
  work.spend(STEPS_PER_PAIR);
  if (work.isOverdrawn) return '!limit';
  const value = object[key];
  for (const name of pairedNames(key, object)) {
    const facts = keys.of(name);
    const rule = ruleOfName(facts, container) ?? (outer?.cookies || isCookie(object) ? facts.cookieRule : undefined);
    if (rule !== undefined && !describes(facts.descriptive, value)) return rule;
  }
  return undefined;
}

/**
 * express-validator and OpenAPI say where a field was: `{ path: 'sid', value: 'x', location: 'cookies' }`; a cookie of a
 * jar or a browser has attributes: `{ name: 'sid', value: 'x', httpOnly: true }`.
 */
function isCookie(object: Record<string, unknown>): boolean {
  return (
    object.location === 'cookies' ||
    object.in === 'cookie' ||
    'httpOnly' in object ||
    'sameSite' in object ||
    ('path' in object && 'secure' in object)
  );
}

/** `sentry.message.parameter.1`, whose name is in the template of the message, `token=%s`, or in the parameter before. */
function ruleOfParameter(
  key: string,
  object: Record<string, unknown>,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
): string | undefined {
  const parameter = key.slice(MESSAGE_PARAMETER.length);
  const before = attributeText(object, `${MESSAGE_PARAMETER}${Number(parameter) - 1}`);
  if (before !== undefined && namesNext(before, undefined, keys, false, work)) return '@password';
  const template = attributeText(object, 'sentry.message.template');
  if (template === undefined) return undefined;
  const secret = secretParameters(template, keys, work);
  if (!secret) return '!limit';
  return secret.named.has(parameter) || secret.at.has(Number(parameter)) ? '@password' : undefined;
}

/** `db.query.parameter.0`: stays only if the statement tells its column, or if it has a name, and it is not that of a secret. */
function ruleOfBound(
  parameter: string,
  object: Record<string, unknown>,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
): string | undefined {
  const statement = attributeText(object, 'db.query.text') ?? attributeText(object, 'db.statement');
  const isSecret = statement === undefined ? undefined : judgeOfText(statement, keys, work);
  if (work.isExhausted) return '!limit';
  const position = /^\d{1,4}$/.test(parameter) ? Number(parameter) : undefined;
  if (isSecret)
    return isSecret(position ?? 0, position === undefined ? parameter : undefined, undefined)
      ? '@statement'
      : undefined;
  return position !== undefined || keys.of(parameter).rule !== undefined ? '@statement' : undefined;
}

/** Removes a value because of its name. */
export function removeNamed(
  value: unknown,
  rule: string,
  own: KeyFacts | undefined,
  container: ContainerKind | undefined,
  rules: Pick<CompiledRules, 'keys' | 'work'>,
  log: RemovalLog,
): unknown {
  if (own?.holds && isObject(value) && container === undefined && isPlain(value))
    return sessionValues(value, rule, rules, log);
  return isObject(value) &&
    (rule === '@manifest' ||
      container === 'attributes' ||
      container === 'contexts' ||
      container === 'graphql-variables')
    ? removeInside(value, rule, container === 'attributes' && own ? own : NOTHING, container, rules, log)
    : log.remove(FILTERED, rule, value);
}

/** An attribute remains `{ value, type }`; contexts and variables remain objects with their keys. */
function removeInside(
  value: Record<string, unknown>,
  rule: string,
  facts: Pick<KeyFacts, 'counts'>,
  container: ContainerKind | undefined,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
  log: RemovalLog,
): unknown {
  const copy: Record<string, unknown> = {};
  let count = 0;
  for (const key in value) {
    if (count++ === MAX_INSIDE || work.isOverdrawn) {
      define(copy, '…', cutMarker('size'));
      break;
    }
    work.spend(STEPS_PER_ENTRY);
    const entry = value[key];
    const isUnit =
      container === 'attributes' &&
      (key === 'type' || key === 'unit') &&
      typeof entry === 'string' &&
      entry.length < 24;
    const name = keys.nameOf(key);
    log.path[log.depth++] = name;
    define(copy, name, isUnit || isNeverRemoved(entry, facts) ? entry : log.remove(FILTERED, rule, entry));
    log.depth--;
  }
  return copy;
}

/** Entries of a removed object that are sent without their values. */
const MAX_INSIDE = 1000;
const NOTHING = { counts: false };
const VARIABLE = factsOfRule('', 0, '@graphql');

import { STATE, type Form } from '../names/descriptive-forms.js';
import { describes, isDescription } from '../names/descriptive-names.js';
import { isMarker } from '../markers/marker.js';
import { isKeyFile, isPlaceholder, isVersion } from '../markers/placeholders.js';
import { isSchema } from '../names/schema-words.js';

/** No placeholder is as long. */
const MAX_VARIABLE = 90;
const NEVER_REMOVED = new Set(['', 'true', 'false', 'null', 'undefined']);

/**
 * Booleans, null and empty values, also written as strings, are never removed, whatever the name, as in Relay. Numbers
 * are not if they count something, nor are objects of only such numbers: `tokens: { prompt: 12, completion: 5 }`. Objects
 * that describe a field are not, either, nor versions of packages.
 */
export function isNeverRemoved(value: unknown, facts: { counts: boolean }): boolean {
  if (typeof value === 'string')
    return (
      (value.length < 10 && NEVER_REMOVED.has(value)) ||
      isMarker(value) ||
      isVariable(value) ||
      isVersion(value) ||
      isKeyFile(value) ||
      (value.length < 16 && STATE.test(value))
    );
  if (typeof value === 'number') return facts.counts;
  if (typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null) return true;
  if (isDescription(value) || (!Array.isArray(value) && isSchema(value))) return true;
  return facts.counts && !Array.isArray(value) && isAllNumbers(value);
}

/** `${DB_PASSWORD}`, `{{ token }}`: the configuration before its variables are read. */
function isVariable(value: string): boolean {
  if (value.length >= MAX_VARIABLE) return false;
  const first = value.charCodeAt(0);
  return (first === 36 || first === 123) && value.includes('{') && isPlaceholder(value);
}

function isAllNumbers(value: object): boolean {
  let count = 0;
  for (const key in value) {
    if (++count === 20 || !isNumberOrMarker((value as Record<string, unknown>)[key])) return false;
  }
  return count > 0;
}

function isNumberOrMarker(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && isMarker(value));
}

/** What indexes, sorts and projections of MongoDB have for each field. */
const OF_FIELD: ReadonlySet<unknown> = new Set([0, 1, -1, true, false, 'text', 'hashed', '2dsphere', 'asc', 'desc']);
const MAX_FIELDS = 30;

/** `{ token: 1, createdAt: -1 }`: fields, without their values. */
export function isSpecification(object: Readonly<Record<string, unknown>>): boolean {
  let count = 0;
  for (const key in object) if (++count > MAX_FIELDS || !OF_FIELD.has(object[key])) return false;
  return count > 0;
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isMarker(value));
}

/** An attribute `{ value, type }` whose value only describes a secret. */
export function isDescriptive(attribute: object, facts: { descriptive: Form | undefined }): boolean {
  return describes(facts.descriptive, (attribute as { value?: unknown }).value);
}

/** Every element is `[name, value]`, as the SDK sends entries of a Map, headers and query parameters. */
export function isPairList(list: readonly unknown[], count: number): boolean {
  if (count === 0) return false;
  for (let at = 0; at < count; at++) {
    const element = list[at];
    if (!Array.isArray(element) || element.length !== 2 || typeof element[0] !== 'string') return false;
  }
  return true;
}

/** The values of a Kubernetes secret are only base64, whatever their names. */
const MANIFEST_DATA = new Set(['data', 'stringData']);

/** A manifest of kind Secret: `ExternalSecret` and `SopsSecret` contain references. */
export function isManifest(object: Record<string, unknown>): boolean {
  return object.kind === 'Secret';
}

const PRIVATE_JWK = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);

/** Whether {@link isSecretMember} may be true for the name. */
export function mayBeSecretMember(key: string): boolean {
  return PRIVATE_JWK.has(key) || MANIFEST_DATA.has(key) || key === 'code';
}

/** The private members of a JSON Web Key (RFC 7518), the data of a Kubernetes secret, and the code of an OAuth authorization. */
export function isSecretMember(key: string, object: Record<string, unknown>): boolean {
  if (key.length < 3) return PRIVATE_JWK.has(key) && typeof object.kty === 'string';
  if (MANIFEST_DATA.has(key)) return isManifest(object);
  if (key !== 'code' || typeof object.code !== 'string' || object.code.length < 8) return false;
  return (
    'grant_type' in object || 'grantType' in object || 'code_verifier' in object || typeof object.state === 'string'
  );
}

/** A span of a Redis client: its description is a command with its arguments. */
export function isRedis(span: Record<string, unknown>): boolean {
  const { op, data, attributes } = span;
  if (typeof op === 'string' && op.startsWith('db.redis')) return true;
  const facts: unknown = data ?? attributes;
  if (!isRecord(facts)) return false;
  const system = facts['db.system'] ?? facts['db.system.name'];
  return system === 'redis' || (isRecord(system) && system.value === 'redis');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { wordsOf } from './key-words.js';
import { mayHaveMember } from './members.js';

/**
 * Members that hold a value whose name is in another member of the same object: `{ property, value }` of class-validator,
 * `{ path, value }` of Mongoose and JSON Patch, `{ field, oldValue, newValue }` of audit logs, `{ Key, Value }` of AWS.
 */
const HOLDERS: ReadonlySet<string> = new Set(['value', 'val', 'values', 'vals', 'v']);
/** The same, but ordinary words: only next to a member that names a field. */
const CHANGES: ReadonlySet<string> = new Set(
  'old new before after previous prev current from to input received actual got original data lhs rhs instance was now given provided submitted rejected replaced item rightOperand'.split(
    ' ',
  ),
);

/** Letters and digits, at least so many characters: a key, not a word. */
const mixed = (least: number): RegExp =>
  new RegExp(`^(?=[^\\d]{0,200}\\d)(?=[^A-Za-z]{0,200}[A-Za-z])[^\\s:/]{${least},400}$`);

/** Ordinary words of which a member beside them tells that they hold a secret, by its form. */
const TOLD: ReadonlyMap<string, readonly Told[]> = new Map(
  Object.entries({
    code: [
      {
        beside: spellings('to channel verification_sid phone phone_number mobile email'),
        form: /^\d{6,8}$/,
        name: 'one-time-code',
      },
      {
        beside: spellings('state session_state redirect_uri code_verifier grant_type'),
        form: /^(?=[^\d]{0,200}\d)(?=[^A-Za-z]{0,200}[A-Za-z])[\w./~+-]{12,600}$/,
        name: 'auth-code',
      },
    ],
    hash: [{ beside: ['salt'], form: /^[\w+/=.$-]{20,1200}$/, name: 'password_hash' }],
    salt: [{ beside: ['hash'], form: /^[\w+/=.$-]{8,400}$/, name: 'password_salt' }],
    // of cookie-session, Koa and Keygrip
    keys: [
      {
        beside: ['maxAge', 'httpOnly', 'sameSite', 'signed', 'overwrite', 'secure'],
        form: mixed(6),
        name: 'session-secret',
      },
      {
        beside: ['name'],
        named: /sess|cookie|koa/i,
        form: mixed(12),
        name: 'session-secret',
      },
    ],
    payload: [{ beside: ['mechanism', 'saslStart'], form: /^[\w+/=-]{8,1200}$/, name: 'password' }],
  }),
);

/** Ordinary words that hold what a label or an id beside them names, if it looks random. */
const LABELLED: ReadonlyMap<string, readonly string[]> = new Map([
  ['text', ['label']],
  ['current', ['id']],
]);
const RANDOM = mixed(8);

interface Told {
  readonly beside: readonly string[];
  /** What the object is called, if that tells it from others. */
  readonly named?: RegExp;
  readonly form: RegExp;
  readonly name: string;
}

/** What a member that names a field is called, in the order in which they are asked. */
const FIELD_NAMES = spellings(
  'field property path column attribute instance_path data_path property_name field_name column_name attribute_name param pointer loc attr prop key left_operand',
);
const NAMES = [
  ...new Set([
    ...spellings(
      'name key k field header property parameter parameter_key parameter_name option option_name output_key attribute_name setting setting_name ' +
        'variable variable_name env_name config_key header_name label',
    ),
    ...FIELD_NAMES,
  ]),
];

/** Members by which an object says that its value is secret: Terraform, GitLab, Octopus, Argo. */
const FLAGS = spellings('sensitive secret is_secret is_sensitive masked hidden');
const ASKED: ReadonlySet<string> = new Set([...NAMES, ...FLAGS]);
const SECRET_TYPES: ReadonlySet<string> = new Set([
  'userPassword', // an attribute that LDAP changes
  'unicodePwd',
  'sambaNTPassword',
  'password',
  'secret',
  'SecureString',
  'secret_text',
  'secretText',
  'Secret',
  'Password',
]);
/** Says nothing by itself: `password/value`, `credentials.current`. */
const GENERIC = /^(?:value|current|new|old|hash|plain|text|raw|data|\d+|)$/i;
const MAX_NAME_LENGTH = 200;
const MAX_PATH = 32;
const MAX_NODES = 5;

/** Whether the value of this member may be named by another one. */
export function isPaired(key: string): boolean {
  if (key.length > 32) return false;
  if (CHANGES.has(key) || TOLD.has(key) || LABELLED.has(key) || key === 'Code') return true;
  const words = wordsOf(key);
  return HOLDERS.has(words[words.length - 1] ?? '');
}

/** Whether another member may name it: a cheap test for a word as common as `text`. */
export function mayBeNamed(key: string, object: Readonly<Record<string, unknown>>): boolean {
  return key !== 'text' || 'label' in object;
}

/** The names of the value in this member, from the other members of its object. */
export function pairedNames(key: string, object: Readonly<Record<string, unknown>>): string[] {
  const told = TOLD.get(key === 'Code' ? 'code' : key);
  if (told) return toldNames(told, key, object);
  const labels = LABELLED.get(key);
  const labelled = labels ? labelNames(labels, object[key], object) : [];
  if (labelled.length > 0 || key === 'text') return labelled;
  const change = CHANGES.has(key);
  if (key === 'instance' && typeof object[key] === 'object') return []; // Sequelize's model, not jsonschema's value
  if (key === 'from' && 'op' in object) return []; // a path in a JSON Patch
  const asks = mayHaveMember(ASKED, object);
  if (!change && saysSecret(object, asks)) return ['secret'];
  const names: string[] = [];
  if (!asks) return names;
  for (const member of change ? FIELD_NAMES : NAMES) {
    const name = member === key ? undefined : nameIn(object[member]);
    // what is left of a scrubbed text may read as another name
    if (name !== undefined && !name.includes('[Filtered')) names.push(lastName(name));
  }
  return names;
}

function labelNames(labels: readonly string[], value: unknown, object: Readonly<Record<string, unknown>>): string[] {
  if (typeof value !== 'string' || !RANDOM.test(value)) return [];
  return labels.map((label) => nameIn(object[label])).filter((name) => name !== undefined);
}

function toldNames(told: readonly Told[], key: string, object: Readonly<Record<string, unknown>>): string[] {
  const value = object[key];
  const values: readonly unknown[] = Array.isArray(value) ? value.slice(0, MAX_PATH) : [value];
  const [first] = values;
  if (typeof first !== 'string') return [];
  return told
    .filter(
      ({ beside, named, form }) =>
        form.test(first) &&
        beside.some((member) => member in object) &&
        (named === undefined || (typeof object.name === 'string' && named.test(object.name))),
    )
    .map(({ name }) => name);
}

function saysSecret(object: Readonly<Record<string, unknown>>, asks: boolean): boolean {
  return (
    (asks && FLAGS.some((flag) => object[flag] === true)) ||
    SECRET_TYPES.has(object.type as string) ||
    SECRET_TYPES.has(object.Type as string)
  );
}

/** A name, or the last one of a path as a list, whose elements may be objects. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value !== '' && value.length <= MAX_NAME_LENGTH ? value : undefined;
  if (!Array.isArray(value)) return nodeName(value);
  if (value.length > MAX_PATH) return undefined;
  const names = (value as unknown[]).map((part) =>
    typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : part,
  );
  const last = names.filter((part) => typeof part === 'string').at(-1);
  return last?.slice(0, MAX_NAME_LENGTH);
}

/** Of a column in the tree of a statement, as Kysely has them: `{ kind, column: { kind, column: { kind, name } } }`. */
function nodeName(value: unknown): string | undefined {
  let node = value as { kind?: unknown; name?: unknown; column?: unknown } | string | null | undefined;
  for (let depth = 0; depth < MAX_NODES && typeof node === 'object' && node !== null; depth++) {
    if (typeof node.kind !== 'string') return undefined;
    node = (node.name ?? node.column) as typeof node;
  }
  return typeof node === 'string' ? node.slice(0, MAX_NAME_LENGTH) : undefined;
}

/** The last name of a path: `/user/password`, `$.user.password`, `user[password]`, `body.tokens.0`. */
function lastName(path: string): string {
  const parts = path.split(/[/.[\]]/).filter((part) => part !== '');
  let at = parts.length - 1;
  while (at > 0 && GENERIC.test(parts[at] ?? '')) at--;
  return parts[at] ?? path;
}

/** In snake, camel and Pascal case. */
function spellings(names: string): string[] {
  return names.split(' ').flatMap((name) => {
    const pascal = name.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    return [name, pascal.charAt(0).toLowerCase() + pascal.slice(1), pascal];
  });
}

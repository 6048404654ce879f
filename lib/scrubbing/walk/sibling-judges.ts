import type { WorkMeter } from '../limits/work-meter.js';
import type { KeyRules } from '../names/key-rules.js';
import { scrubCommandWords } from '../texts/assignments/command-line-words.js';
import { namesSecret } from '../texts/assignments/redis-writes.js';
import { secretParameters } from '../texts/statements/message-templates.js';
import { columnsOfExpressions, EXPRESSIONS } from '../texts/statements/expression-columns.js';
import { harmlessArguments, migrationSecrets } from '../texts/statements/redis-arguments.js';
import { columnsOf, isStatement, type StatementColumns } from '../texts/assignments/statement-columns.js';
import { mayHaveMember } from '../names/members.js';
import { holdsStatementValues } from '../names/sibling-names.js';
import type { RemovalLog } from './removal-log.js';

export type Entries = Readonly<Record<string, unknown>>;
/** Whether the value at this position, or with this name, is removed. */
export type Judge = (at: number, name: string | undefined, row: readonly unknown[] | undefined) => boolean;

const STATEMENTS = ['query', 'sql', 'text', 'statement', 'cql', 'queryText', 'db.statement', 'db.query.text'];
const TEMPLATES = ['message', 'template', 'format', 'msg'];
const COLUMNS = ['columns', 'fields', 'headers', 'header', 'columnNames', 'cols'];
const FILES = ['file', 'spawnfile', 'cmd', 'command', 'path', 'executable'];
const EXPLAINING: ReadonlySet<string> = new Set([
  ...STATEMENTS,
  ...TEMPLATES,
  ...COLUMNS,
  ...FILES,
  ...EXPRESSIONS,
  'name',
]);
const MAX_FILE = 200;
const MAX_NODES = 4;
const COMMANDS = /^(?:command|lastCommand|previousCommand|last_command|cmd)$/;
const REDIS_OPTION = /^(?:EX|PX|EXAT|PXAT|NX|XX|KEEPTTL|GET|\d{1,12})$/i;
const MAX_ELEMENTS = 1000;
/** To find the placeholders of a statement and their columns. */
const STEPS_PER_CHARACTER = 40;
/** Steps to judge the name of a column. */
const STEPS_PER_COLUMN = 100;

/** Judges the values of a member by the other members of its object; undefined if none explains them. */
export function judgeOf(
  key: string,
  object: Entries,
  keys: KeyRules,
  work: WorkMeter,
  log: RemovalLog,
): Judge | undefined {
  if (holdsStatementValues(key)) {
    const statement = attributeText(object, 'db.query.text') ?? attributeText(object, 'db.statement');
    return (statement === undefined ? undefined : judgeOfText(statement, keys, work)) ?? (() => true);
  }
  if (!mayHaveMember(EXPLAINING, object)) return undefined;
  if (key === 'ExpressionAttributeValues') return judgeOfExpressions(object, keys, work);
  const statement = textOf(object, STATEMENTS);
  const ofStatement = statement === undefined ? undefined : judgeOfText(statement, keys, work);
  if (ofStatement) return ofStatement;
  const template = textOf(object, TEMPLATES);
  if (template !== undefined) {
    const secret = secretParameters(template, keys, work);
    if (secret && secret.at.size > 0)
      return (position, name) => (name === undefined ? secret.at.has(position) : secret.named.has(name));
  }
  const names = key === 'args' || key === 'arguments' ? undefined : columnsIn(object, keys, work);
  if (names) return (position, name, row) => row !== undefined && name === undefined && names.has(position);
  if (key !== 'args' && key !== 'arguments') return undefined;
  const inLine = judgeOfLine(object, object[key], keys, work);
  if (inLine) return inLine;
  const command = object.name ?? object.command;
  if (typeof command !== 'string' || command.length > 20) return undefined;
  const list = object[key];
  const migrated = Array.isArray(list) ? migrationSecrets(command, list) : undefined;
  if (migrated) return (position) => migrated.has(position);
  const harmless = harmlessArguments(command);
  if (harmless === 0 || (harmless === 1 && COMMANDS.test(String(log.path[log.depth - 2]))))
    return (position) => position >= harmless;
  const words = Array.isArray(list) ? (list as unknown[]) : [];
  return harmless === 1 && typeof words[0] === 'string' && namesSecret(words[0], keys)
    ? (position) => position > 0 && typeof words[position] === 'string' && !REDIS_OPTION.test(words[position])
    : undefined;
}

/** Judges the parameters of a statement; undefined if the text is none. */
export function judgeOfText(text: string, keys: KeyRules, work: WorkMeter): Judge | undefined {
  work.spend(text.length * STEPS_PER_CHARACTER);
  return !work.isExhausted && isStatement(text) ? judgeOfStatement(columnsOf(text, work), keys) : undefined;
}

/** Values stay only if the statement tells their column, and it is not that of a secret. */
function judgeOfStatement({ inserted, at, named }: StatementColumns, keys: KeyRules): Judge {
  const isSecret = (column: string | undefined): boolean => column === undefined || keys.of(column).rule !== undefined;
  return (position, name, row) => {
    if (name !== undefined) return isSecret(named.get(name)) || keys.of(name).rule !== undefined;
    if (row && row.length === inserted.length) return isSecret(inserted[position]);
    return isSecret(row ? undefined : at[position]);
  };
}

/** The attributes of DynamoDB's expressions; a value whose attribute no expression tells is removed. */
function judgeOfExpressions(object: Entries, keys: KeyRules, work: WorkMeter): Judge | undefined {
  const texts = EXPRESSIONS.map((member) => object[member]).filter((text) => typeof text === 'string');
  for (const text of texts) work.spend(text.length * STEPS_PER_CHARACTER);
  if (texts.length === 0 || work.isExhausted) return undefined;
  const names = object.ExpressionAttributeNames;
  const columns = columnsOfExpressions(texts, typeof names === 'object' && names !== null ? (names as Entries) : {});
  return (_position, name) => {
    const column = name === undefined ? undefined : columns.get(name);
    return column === undefined || keys.of(column).rule !== undefined;
  };
}

/** `{ file: 'docker', args: ['login', '-p', 'x'] }`: the words of a command whose name is beside them. */
function judgeOfLine(object: Entries, list: unknown, keys: KeyRules, work: WorkMeter): Judge | undefined {
  const file = textOf(object, FILES);
  if (file === undefined || file.length > MAX_FILE || !Array.isArray(list)) return undefined;
  const line: readonly unknown[] = [file.slice(file.lastIndexOf('/') + 1), ...(list as unknown[])];
  const clean = scrubCommandWords(line, keys, work);
  return clean === line ? undefined : (position) => clean[position + 1] !== line[position + 1];
}

/** The positions of the columns with secret names; undefined if there are none. */
function columnsIn(object: Entries, keys: KeyRules, work: WorkMeter): ReadonlySet<number> | undefined {
  for (const member of COLUMNS) {
    const columns = object[member];
    if (!Array.isArray(columns) || columns.length > MAX_ELEMENTS) continue;
    work.spend(columns.length * STEPS_PER_COLUMN);
    if (work.isExhausted) return undefined;
    const secret = new Set<number>();
    for (const [at, column] of (columns as unknown[]).entries()) {
      const name = columnName(column);
      if (name !== undefined && keys.of(name).rule !== undefined) secret.add(at);
    }
    if (secret.size > 0) return secret;
  }
  return undefined;
}

/** Of a column as a text, as `{ name }`, or as a node of Kysely: `{ column: { name } }`. */
function columnName(column: unknown): string | undefined {
  let node = column;
  for (let depth = 0; depth < MAX_NODES && typeof node === 'object' && node !== null; depth++)
    node = (node as Entries).name ?? (node as Entries).column;
  return typeof node === 'string' ? node : undefined;
}

/** An attribute may be `{ value, type }`. */
export function attributeText(object: Entries, name: string): string | undefined {
  const received = object[name];
  const value = typeof received === 'object' && received !== null ? (received as Entries).value : received;
  return typeof value === 'string' ? value : undefined;
}

function textOf(object: Entries, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = object[name];
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}

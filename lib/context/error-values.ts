import { databaseFacts, databaseMessage, read, readText } from '../grouping/index.js';

/** Objects within an error that are copied. */
const MAX_DEPTH = 5;
/** Where libraries keep the values of a statement. */
const PARAMETERS = ['parameters', 'params', 'bindings', 'values'];

/** Whether an object is a database error, a copy of one, or what was sent to the database. */
export function holdsQuery(value: object): boolean {
  const statement = readText(value, 'query') ?? readText(value, 'sql');
  const isSent = statement !== undefined && PARAMETERS.some((key) => Array.isArray(read(value, key)));
  return isSent || databaseFacts(value) !== undefined;
}

/** What is copied of a database error, without the values in its texts and without parameters. */
export function withoutErrorValues(value: unknown, error: object, system: string | undefined, depth = 0): unknown {
  if (typeof value === 'string') return databaseMessage(error, value, { system });
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((each) => withoutErrorValues(each, error, system, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      PARAMETERS.includes(key) ? '?' : withoutErrorValues(own, error, system, depth + 1),
    ]),
  );
}

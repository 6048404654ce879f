import { beginDriverQuery, databaseIn } from '../../queries/driver-queries.js';
import { withinQuery, type RunningQuery } from '../../queries/running-query.js';
import { guarded } from '../../stats/stats.js';

export interface PostgresClient {
  database?: unknown;
  query: (this: PostgresClient, config: unknown, ...rest: unknown[]) => unknown;
}

type Handle = (this: object, ...args: unknown[]) => unknown;

/** What `client.query()` takes besides texts: a cursor, a stream, or a query of its own. It handles the answers itself. */
export interface Submittable extends Record<string, unknown> {
  text?: unknown;
  /** Of a stream. */
  cursor?: Submittable;
  submit: Handle;
}

/** The answers that show that it works: the first row, the end of a batch, the end. */
const ANSWERS = ['handleDataRow', 'handlePortalSuspended', 'handleCommandComplete', 'handleReadyForQuery'];
const FAILURE = 'handleError';

export function isSubmittable(config: unknown): config is Submittable {
  return typeof config === 'object' && config !== null && typeof (config as Submittable).submit === 'function';
}

/** Sends it as a query that ends with its first answer: its rows come at the pace of their reader. */
export function sendSubmitted<T>(client: PostgresClient, submittable: Submittable, send: () => T): T {
  const query = guarded('query', () => begin(client, submittable));
  if (!query) return send();
  guarded('query', () => {
    follow(query, submittable);
  });
  // The SDK's span of it, which may never end, is a part of the query.
  return withinQuery(query, send);
}

function begin({ database }: PostgresClient, { text, cursor }: Submittable): RunningQuery | undefined {
  const sql = text ?? cursor?.text;
  if (typeof sql !== 'string') return undefined;
  return beginDriverQuery({ sql, system: 'postgresql', ...databaseIn(database) });
}

function follow(query: RunningQuery, submittable: Submittable): void {
  // PostgreSQL executes it as soon as something reads.
  onFirst(submittable.cursor ?? submittable, 'read', () => {
    query.begin();
  });
  for (const method of ANSWERS) {
    onFirst(submittable, method, () => {
      query.finish();
    });
  }
  onFirst(submittable, FAILURE, (error) => {
    if (query.isOpen) query.fail(error);
    else query.failLater(error);
  });
}

/** Runs a function before the first call of a method, which is then what it was. */
function onFirst(submittable: Submittable, method: string, run: (argument: unknown) => void): void {
  const own = Object.getOwnPropertyDescriptor(submittable, method);
  const original = submittable[method];
  if (typeof original !== 'function') return;
  const replacement: Handle = function (...args) {
    if (own) Object.defineProperty(submittable, method, own);
    else Reflect.deleteProperty(submittable, method);
    run(args[0]);
    return (original as Handle).apply(this, args);
  };
  Object.defineProperty(submittable, method, { value: replacement, configurable: true, writable: true });
}

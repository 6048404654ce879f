import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import type { QuerySource } from '../../queries/query-source.js';
import { beginQuery, RunningQuery, surroundingQuery, withinQuery } from '../../queries/running-query.js';
import { guarded } from '../../stats/stats.js';
import { rowsOf, type DataSource, type QueryRunner } from './data-source.js';

/** The source of a data source; `off`: its queries leave nothing; undefined: it is not known. */
type SourceOf = (dataSource: object | undefined) => QuerySource | 'off' | undefined;

/**
 * Hooks the class of a data source, and through the query runners that it creates, that of each driver. They are those
 * that the application uses, in a bundle too. A query runner logs as before, because it does so inside its own method.
 */
export function hookQueryRunners(dataSource: DataSource, sourceOf: SourceOf): void {
  const owner = definedBy<DataSource>(Object.getPrototypeOf(dataSource) as object, 'createQueryRunner');
  patchPrototype(
    'typeorm',
    owner,
    'createQueryRunner',
    (create) =>
      function (...args) {
        const runner = create.apply(this, args);
        guarded('typeorm-hooks', () => {
          hookClassOf(runner, sourceOf);
        });
        return runner;
      },
  );
}

function hookClassOf(runner: QueryRunner, sourceOf: SourceOf): void {
  const owner = definedBy<QueryRunner>(Object.getPrototypeOf(runner) as object, 'query');
  if (!owner) return;
  patchPrototype('typeorm', owner, 'query', (query) => {
    const tracked: QueryRunner['query'] = function (this: QueryRunner, sql, ...rest) {
      const call = () => query.call(this, sql, ...rest);
      const running = guarded('typeorm-hooks', () => begin(this, sql, sourceOf, tracked));
      return running ? follow(running, String(sql), withinQuery(running, call)) : call();
    };
    return tracked;
  });
  const connecting = definedBy<QueryRunner>(owner, 'connect');
  if (!connecting) return;
  patchPrototype(
    'typeorm',
    connecting,
    'connect',
    (connect) =>
      function () {
        const result = connect.call(this);
        const running = surroundingQuery();
        const begin = () => {
          running?.begin();
        };
        if (running && !this.databaseConnection && result instanceof Promise) result.then(begin, begin);
        return result;
      },
  );
}

function begin(
  runner: QueryRunner,
  sql: unknown,
  sourceOf: SourceOf,
  called: QueryRunner['query'],
): RunningQuery | undefined {
  if (typeof sql !== 'string' || surroundingQuery()) return undefined;
  const source = sourceOf(runner.dataSource ?? runner.connection);
  if (source === undefined) return undefined;
  // What the driver does inside leaves nothing either.
  if (source === 'off') return new RunningQuery('', {}, true, true);
  return beginQuery(sql, source, called);
}

/** The promise that is returned rejects like the original, so that an unhandled rejection stays unhandled. */
function follow(running: RunningQuery, sql: string, result: unknown): unknown {
  if (!(result instanceof Promise)) {
    running.finish();
    return result;
  }
  return result.then(
    (value: unknown) => {
      running.finish(guarded('typeorm-hooks', () => rowsOf(sql, value)));
      return value;
    },
    (error: unknown) => {
      running.fail(error);
      throw error;
    },
  );
}

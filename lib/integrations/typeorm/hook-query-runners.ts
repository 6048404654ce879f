import { errorMonitor, EventEmitter } from 'node:events';
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
  hookStatements(owner, 'query', sourceOf, (running, sql, value) => {
    running.finish(rowsOf(sql, value));
  });
  // The rows come at the pace of their reader, whose failure shall show the query: it ends when they begin to come.
  const streaming = definedBy<QueryRunner>(owner, 'stream');
  hookStatements(streaming, 'stream', sourceOf, (running, _sql, stream) => {
    running.finish();
    if (!(stream instanceof EventEmitter)) return;
    stream.once(errorMonitor, (error) => {
      running.failLater(error);
    });
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
        if (running && !this.databaseConnection && result instanceof Promise)
          result.then(
            () => {
              running.begin();
            },
            () => {
              running.lackConnection();
            },
          );
        return result;
      },
  );
}

/** Follows a method that sends a statement, its first argument. */
function hookStatements(
  owner: QueryRunner | undefined,
  method: 'query' | 'stream',
  sourceOf: SourceOf,
  done: (running: RunningQuery, sql: string, value: unknown) => void,
): void {
  if (!owner) return;
  patchPrototype('typeorm', owner, method, (send) => {
    const tracked: QueryRunner['query'] = function (this: QueryRunner, sql, ...rest) {
      const call = () => send.call(this, sql, ...rest);
      const running = guarded('typeorm-hooks', () => begin(this, sql, sourceOf, tracked));
      if (!running) return call();
      return follow(running, withinQuery(running, call), (value) => {
        done(running, String(sql), value);
      });
    };
    return tracked;
  });
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
  if (source === 'off') return new RunningQuery('', {}, 'hidden');
  return beginQuery(sql, source, called);
}

/** The promise that is returned rejects like the original, so that an unhandled rejection stays unhandled. */
function follow(running: RunningQuery, result: unknown, done: (value: unknown) => void): unknown {
  if (!(result instanceof Promise)) {
    running.finish();
    return result;
  }
  return result.then(
    (value: unknown) => {
      guarded('typeorm-hooks', () => {
        done(value);
      });
      return value;
    },
    (error: unknown) => {
      running.fail(error);
      throw error;
    },
  );
}

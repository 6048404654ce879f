import { errorMonitor, type EventEmitter } from 'node:events';
import { beginDriverQuery, databaseIn, driverRows } from '../../queries/driver-queries.js';
import type { RunningQuery } from '../../queries/running-query.js';

export interface MysqlConnection {
  config?: { database?: unknown };
  addCommand: (this: MysqlConnection, command: MysqlCommand) => unknown;
}

/** What a connection sends. */
export interface MysqlCommand extends EventEmitter {
  /** Of a text that is prepared and executed at once, which a channel tells of. */
  sql?: unknown;
  /** What was prepared. */
  statement?: { query?: unknown };
  onResult?: (error: unknown, result: unknown, ...rest: unknown[]) => unknown;
}

/** Begins a query if the command executes a prepared statement. */
export function beginPrepared({ config }: MysqlConnection, command: MysqlCommand): void {
  const sql = command.statement?.query;
  if (typeof sql !== 'string' || command.sql !== undefined) return;
  const query = beginDriverQuery({ sql, system: 'mysql', ...databaseIn(config?.database) });
  if (query) endWith(query, command);
}

function endWith(query: RunningQuery, command: MysqlCommand): void {
  const { onResult } = command;
  if (typeof onResult !== 'function') {
    command.once(errorMonitor, (error) => {
      query.fail(error);
    });
    command.once('end', () => {
      query.finish();
    });
    return;
  }
  command.onResult = function (error, result, ...rest) {
    if (error) query.fail(error);
    else query.finish(driverRows(result));
    return onResult.call(this, error, result, ...rest);
  };
}

import { patchPrototype } from '../../hooks/patch-method.js';
import { loadedModules } from '../../optional-dependencies/load-optional.js';
import { guarded } from '../../stats/stats.js';
import { beginPrepared, type MysqlCommand, type MysqlConnection } from './prepared-statements.js';
import { isSubmittable, sendSubmitted, type PostgresClient } from './submitted-queries.js';

/** Follows cursors of `pg` and prepared statements of `mysql2`, if they are loaded. May be called again. */
export function hookDrivers(): void {
  for (const exported of loadedModules(['pg', 'mysql2'])) {
    const prototype = prototypeOf(exported);
    if (isPostgresClient(prototype)) hookPostgres(prototype);
    else if (isMysqlConnection(prototype)) hookMysql(prototype);
  }
}

function hookPostgres(prototype: PostgresClient): void {
  patchPrototype(
    'drivers',
    prototype,
    'query',
    (query) =>
      function (...args) {
        const [config] = args;
        if (!isSubmittable(config)) return query.apply(this, args);
        return sendSubmitted(this, config, () => query.apply(this, args));
      },
  );
}

function hookMysql(prototype: MysqlConnection): void {
  patchPrototype(
    'drivers',
    prototype,
    'addCommand',
    (addCommand) =>
      function (command: MysqlCommand) {
        if (command.statement)
          guarded('query', () => {
            beginPrepared(this, command);
          });
        return addCommand.call(this, command);
      },
  );
}

function isPostgresClient(prototype: object | undefined): prototype is PostgresClient {
  return defines(prototype, ['query', 'connect', '_pulseQueryQueue']);
}

function isMysqlConnection(prototype: object | undefined): prototype is MysqlConnection {
  return defines(prototype, ['addCommand', 'execute', 'handlePacket']);
}

function defines(prototype: object | undefined, methods: readonly string[]): boolean {
  return (
    prototype !== undefined &&
    methods.every((method) => typeof Object.getOwnPropertyDescriptor(prototype, method)?.value === 'function')
  );
}

function prototypeOf(exported: unknown): object | undefined {
  if (typeof exported !== 'function') return undefined;
  return Object.getOwnPropertyDescriptor(exported, 'prototype')?.value as object | undefined;
}

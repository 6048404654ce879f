// Drivers without an ORM.
import { InternalServerErrorException } from '@nestjs/common';
import * as Sentry from '@sentry/nestjs';
import type { EventEmitter } from 'node:events';
import knex from 'knex';
import mysql from 'mysql2/promise';
import pg from 'pg';
import QueryStream from 'pg-query-stream';
import postgres from 'postgres';
import { PLAIN_INSERT, PLAIN_LITERALS, PLAIN_MAIL, PLAIN_QUOTED, PLAIN_UNMARKED } from './values.js';

export const pool = new pg.Pool({ host: '127.0.0.1', user: 'postgres', database: 'postgres', max: 2 });
const mysqlPool = mysql.createPool({ host: '127.0.0.1', user: 'root', database: 'mysql', connectionLimit: 2 });
const sql = postgres({ host: '127.0.0.1', user: 'postgres', database: 'postgres', max: 1, fetch_types: false });
/** Nobody listens there. */
const nowhere = { host: '127.0.0.1', port: 1 };
const knexPool = knex({
  client: 'pg',
  connection: { host: '127.0.0.1', user: 'postgres', database: 'postgres' },
  pool: { min: 0, max: 1 },
});

/** Queries that wait for a connection of a pool, by driver. */
const waiting: Record<string, (text: string) => Promise<unknown>> = {
  pg: (text) => pool.query(text),
  'pg-callback': (text) =>
    new Promise((resolve) => {
      pool.query(text, resolve);
    }),
  'pg-connect': (text) =>
    new Promise<void>((resolve, reject) => {
      pool.connect((error, client, release) => {
        if (error) return reject(error);
        return client!.query(text, () => {
          release();
          resolve();
        });
      });
    }),
  'postgres-js': (text) => sql.unsafe(text),
  knex: async (text) => knexPool.raw(text),
  mysql: (text) => mysqlPool.query(text),
};

/** The class of pg-cursor. */
const Cursor = new QueryStream('').cursor.constructor as new (
  text: string,
  values?: unknown[],
) => pg.Submittable & {
  read: (rows: number) => Promise<unknown[]>;
  close: () => Promise<void>;
};

/** A query of pg that handles its answers itself. */
async function submitted(submit: (client: pg.PoolClient) => Promise<unknown>): Promise<never> {
  const client = await pool.connect();
  try {
    const rows = await submit(client);
    throw new InternalServerErrorException(`rows: ${JSON.stringify(rows)}`);
  } finally {
    client.release();
  }
}

const failureOf = async (row: object): Promise<Error> =>
  knexPool('no_such_table_of_plain')
    .insert(row)
    .then(
      () => new Error('has not failed'),
      (error) => error,
    );

export const plain: Record<string, (own: string) => Promise<unknown>> = {
  ...Object.fromEntries(
    Object.entries(waiting).map(([driver, query]) => [
      `${driver}-waits`,
      async (own: string) => {
        await query(`SELECT ${driver === 'mysql' ? 'sleep' : 'pg_sleep'}(0.01) AS ${own}`);
        throw new Error(own);
      },
    ]),
  ),
  pg: async () => {
    await pool.query('SELECT $1::text AS mail', [PLAIN_MAIL]);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({ text: PLAIN_LITERALS });
      await client.query('ROLLBACK');
    } finally {
      client.release();
    }
    throw new Error('after plain queries');
  },
  'pg-left': async () => {
    await pool.query('SELECT 1 AS before');
    const left = pool.query('SELECT pg_sleep(0.2), $1::text AS mail', [PLAIN_MAIL]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    left.catch(() => undefined);
    throw new Error('took too long');
  },
  'mysql-left': async () => {
    const left = mysqlPool.query('SELECT sleep(0.2), ? AS mail', [PLAIN_MAIL]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    left.catch(() => undefined);
    throw new Error('took too long');
  },
  'pg-callback': () =>
    new Promise((_resolve, reject) => {
      pool.query('SELECT 7 AS seven', () => {
        reject(new Error('after a callback'));
      });
    }),
  'pg-cursor': () =>
    submitted(async (client) => {
      const cursor = client.query(
        new Cursor(`${PLAIN_LITERALS} FROM generate_series(1, 3) AS row WHERE $1 <> ''`, [PLAIN_MAIL]),
      );
      const read = [await cursor.read(2), await cursor.read(2)].map(({ length }) => length);
      await cursor.close();
      return read;
    }),
  'pg-stream': () =>
    submitted(async (client) => {
      const rows: unknown[] = [];
      for await (const row of client.query(new QueryStream('SELECT row FROM generate_series(1, 3) AS row')))
        rows.push(row);
      return rows;
    }),
  'pg-query': () =>
    submitted(
      (client) =>
        new Promise((resolve, reject) => {
          client.query(
            new pg.Query('SELECT 8 AS eight', (error: unknown, result: pg.QueryResult) => {
              if (error) reject(error as Error);
              else resolve(result.rows);
            }),
          );
        }),
    ),
  'pg-cursor-fails': () => submitted((client) => client.query(new Cursor(PLAIN_INSERT)).read(1)),
  'pg-stream-fails': () =>
    submitted(async (client) => {
      for await (const _row of client.query(new QueryStream('SELECT 1 / (2 - row) FROM generate_series(1, 3) AS row')));
    }),
  'pg-cursor-waits': () =>
    submitted(async (client) => {
      const cursor = client.query(new Cursor('SELECT 1 AS one'));
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const rows = await cursor.read(1);
      await cursor.close();
      return rows;
    }),
  'pg-fails': () => pool.query(PLAIN_INSERT),
  'postgres-js': async () => {
    await sql`SELECT ${PLAIN_MAIL}::text AS mail`;
    await sql.begin(async (transaction) => {
      await transaction.unsafe(PLAIN_LITERALS);
    });
    throw new Error('after plain queries');
  },
  'postgres-js-escapes': () => sql.unsafe(`SELECT E'it\\'s ${PLAIN_QUOTED}', $tag$${PLAIN_MAIL}$tag$ FROM nowhere`),
  'postgres-js-fails': () => sql.unsafe(PLAIN_INSERT),
  'postgres-js-down': () => postgres({ ...nowhere, user: 'postgres' })`SELECT 1`,
  'postgres-js-closed': () => sql`SELECT pg_terminate_backend(pg_backend_pid())`,
  mysql: async () => {
    await mysqlPool.query('SELECT ? AS mail', [PLAIN_QUOTED]);
    await mysqlPool.execute('SELECT ? + 1 AS sum', [41]);
    throw new Error('after plain queries');
  },
  'mysql-prepared': async () => {
    const connection = await mysqlPool.getConnection();
    const statement = await connection.prepare('SELECT ? + 1 AS sum');
    const [rows] = await statement.execute([41]);
    await connection.execute('SELECT ? + 1 AS sum', [42]);
    // Without promises, a command without a callback is an emitter.
    const emitter = await connection.prepare('SELECT ? + 2 AS emitted');
    const emitted = await new Promise((resolve) => {
      const found: unknown[] = [];
      const { statement: raw } = emitter as unknown as { statement: { execute: (values: unknown[]) => EventEmitter } };
      raw
        .execute([1])
        .on('result', (row) => found.push(row))
        .on('end', () => resolve(found));
    });
    statement.close();
    connection.release();
    throw new Error(`rows: ${JSON.stringify([rows, emitted])}`);
  },
  'mysql-prepared-fails': async () => {
    const connection = await mysqlPool.getConnection();
    const statement = await connection.prepare(`SELECT (SELECT 1 UNION SELECT ?) AS ${'too_many'}`);
    await statement.execute([PLAIN_QUOTED]).finally(() => connection.release());
  },
  'mysql-fails': () => mysqlPool.query(PLAIN_INSERT),
  'pg-down': () => new pg.Pool(nowhere).query('SELECT 1'),
  'mysql-down': () => mysql.createPool(nowhere).query('SELECT 1'),
  'knex-unknown': () => knexPool.raw(`selec '${PLAIN_UNMARKED}' from nowhere`),
  'knex-fails': () => knexPool('no_such_table_of_plain').insert({ mail: PLAIN_QUOTED }),
  'knex-quoted': async () => {
    const error = await failureOf({ mail: PLAIN_QUOTED, isNew: true });
    // As MikroORM does.
    const message = `${error.message}\n - detail: Key (mail)=(${PLAIN_MAIL}) already exists.`;
    Sentry.addBreadcrumb({ category: 'Plain', message, data: { stack: error.stack } });
    Sentry.addBreadcrumb({ category: 'Plain', message: `failed: ${message}` });
    throw new InternalServerErrorException(`could not insert: ${message}`);
  },
  'mikro-orm': async () => {
    const error = await failureOf({ mail: PLAIN_QUOTED });
    error.message += `\n - detail: Key (mail)=(${PLAIN_MAIL}) already exists.`;
    throw error;
  },
  'knex-many': async () => {
    const error = await failureOf(Array.from({ length: 200 }, () => ({ mail: PLAIN_QUOTED })));
    Sentry.addBreadcrumb({ category: 'Plain', data: { stack: error.stack?.slice(0, 500) } });
    throw new Error(`could not save: ${error.message.slice(0, 200)}`);
  },
  'mysql-refused': () => mysql.createConnection({ host: '127.0.0.1', user: 'nobody_of_plain', password: 'wrong' }),
};

export async function createSchema(db: string, name: string): Promise<void> {
  if (db === 'postgres') await pool.query(`CREATE SCHEMA ${name}`);
  if (db === 'mariadb') await mysqlPool.query(`CREATE DATABASE ${name}`);
}

export async function endPlain(db: string, name: string): Promise<void> {
  if (db === 'postgres') await pool.query(`DROP SCHEMA ${name} CASCADE`);
  if (db === 'mariadb') await mysqlPool.query(`DROP DATABASE ${name}`);
  await Promise.all([pool.end(), knexPool.destroy(), sql.end({ timeout: 1 })]);
  await mysqlPool.end();
}

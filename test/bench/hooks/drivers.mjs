// Queries of drivers cannot be switched off: `off` is like `on`, and `sentry` is what to compare with.
import { load, serve, startApplication } from './application.mjs';

const { Pool } = load('pg');
const QueryStream = load('pg-query-stream');
const mysql = load('mysql2/promise');
const knex = load('knex');

const postgres = { host: '127.0.0.1', user: 'postgres', database: 'postgres' };
const pool = new Pool(postgres);
const mariadb = mysql.createPool({ host: '127.0.0.1', user: 'root', database: 'mysql' });
const builder = knex({ client: 'pg', connection: postgres });

await startApplication({});
await mariadb.query('SELECT 1');

async function stream() {
  const client = await pool.connect();
  for await (const row of client.query(new QueryStream('SELECT $1::int AS "id"', [1]))) void row;
  client.release();
}

serve(5, {
  pg: () => pool.query('SELECT $1::int AS "id"', [1]),
  'pg stream': stream,
  knex: () => builder.select(builder.raw('?::int AS "id"', [1])),
  mysql2: () => mariadb.query('SELECT ? AS id', [1]),
  'mysql2 prepared': () => mariadb.execute('SELECT ? AS id', [1]),
});

// Drivers without an ORM.
import mysql from 'mysql2/promise';
import pg from 'pg';

export const pool = new pg.Pool({ host: '127.0.0.1', user: 'postgres', database: 'test', max: 2 });
const mysqlPool = mysql.createPool({ host: '127.0.0.1', user: 'root', database: 'test' });

export const plain: Record<string, () => Promise<unknown>> = {
  pg: async () => {
    await pool.query('SELECT $1::text AS mail', ['anna@plain.example']);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({ text: "SELECT 'literal-of-plain' AS word, 42 AS number" });
      await client.query('ROLLBACK');
    } finally {
      client.release();
    }
    throw new Error('after plain queries');
  },
  'pg-callback': () =>
    new Promise((_resolve, reject) => {
      pool.query('SELECT 7 AS seven', () => {
        reject(new Error('after a callback'));
      });
    }),
  'pg-fails': () => pool.query("INSERT INTO no_such_table_of_plain (mail) VALUES ('anna@plain.example')"),
  mysql: async () => {
    await mysqlPool.query('SELECT ? AS mail', ['anna@plain.example']);
    await mysqlPool.execute('SELECT ? + 1 AS sum', [41]);
    throw new Error('after plain queries');
  },
  'mysql-fails': () => mysqlPool.query("INSERT INTO no_such_table_of_plain (mail) VALUES ('anna@plain.example')"),
};

export async function createSchema(db: string, name: string): Promise<void> {
  if (db === 'postgres') await pool.query(`CREATE SCHEMA ${name}`);
  if (db === 'mariadb') await mysqlPool.query(`CREATE DATABASE ${name}`);
}

export async function endPlain(db: string, name: string): Promise<void> {
  if (db === 'postgres') await pool.query(`DROP SCHEMA ${name} CASCADE`);
  if (db === 'mariadb') await mysqlPool.query(`DROP DATABASE ${name}`);
  await pool.end();
  await mysqlPool.end();
}

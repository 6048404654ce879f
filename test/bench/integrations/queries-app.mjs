import { load, serve, startApplication } from './application.mjs';

const { TypeOrmModule, getDataSourceToken } = load('@nestjs/typeorm');
const { EntitySchema } = load('typeorm');
const { Pool } = load('pg');

const Item = new EntitySchema({
  name: 'Item',
  columns: { id: { type: 'integer', primary: true }, name: { type: 'text' } },
});
const server = { host: '127.0.0.1', database: 'postgres' };

const app = await startApplication(
  { typeorm: false },
  {
    imports: [
      TypeOrmModule.forRoot({ type: 'sqljs', entities: [Item], synchronize: true }),
      TypeOrmModule.forRoot({ type: 'postgres', name: 'postgres', username: 'postgres', ...server }),
    ],
  },
);
const sqlite = app.get(getDataSourceToken());
const postgres = app.get(getDataSourceToken('postgres'));
const pool = new Pool({ user: 'postgres', ...server });
await sqlite.query(`INSERT INTO item (id, name) VALUES (1, 'tea')`);

serve(5, {
  sqlite: () => sqlite.query('SELECT "id", "name" FROM "item" WHERE "id" = ?', [1]),
  entity: () => sqlite.getRepository(Item).find({ where: { id: 1 } }),
  postgres: () => postgres.query('SELECT $1::int AS "id"', [1]),
  pg: () => pool.query('SELECT $1::int AS "id"', [1]),
});

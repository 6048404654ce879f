import { load, serve, startApplication } from './application.mjs';

const { TypeOrmModule, getDataSourceToken } = load('@nestjs/typeorm');
const { EntitySchema } = load('typeorm');

const Item = new EntitySchema({
  name: 'Item',
  columns: { id: { type: 'integer', primary: true }, name: { type: 'text' } },
});
const server = { type: 'postgres', host: '127.0.0.1', username: 'postgres', database: 'postgres' };

const app = await startApplication({
  off: { integrations: { typeorm: false } },
  root: {
    imports: [
      TypeOrmModule.forRoot({ type: 'sqljs', entities: [Item], synchronize: true }),
      TypeOrmModule.forRoot({ name: 'postgres', ...server }),
    ],
  },
});
const sqlite = app.get(getDataSourceToken());
const postgres = app.get(getDataSourceToken('postgres'));
await sqlite.query(`INSERT INTO item (id, name) VALUES (1, 'tea')`);

serve(5, {
  'typeorm sqlite': () => sqlite.query('SELECT "id", "name" FROM "item" WHERE "id" = ?', [1]),
  'typeorm entity': () => sqlite.getRepository(Item).find({ where: { id: 1 } }),
  'typeorm pg': () => postgres.query('SELECT $1::int AS "id"', [1]),
});

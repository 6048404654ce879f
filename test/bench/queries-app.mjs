// One application of the benchmark of queries: `bare`, `sentry` (plain @sentry/nestjs), `off` (this library, with TypeORM
// switched off) or `on`. A scope and a transaction of its own stand for each request of five queries.
import { createRequire } from 'node:module';

const [lane, kind] = process.argv.slice(2);
const isTracker = kind === 'off' || kind === 'on';
const load = createRequire(`${lane}/package.json`);
process.chdir(lane);

const sdkOptions = {
  dsn: process.env.SENTRY_DSN,
  environment: 'production',
  tracesSampleRate: Number(process.env.RATE ?? 0.1),
};
if (kind === 'sentry') load('@sentry/nestjs').init(sdkOptions);
if (isTracker) load('nestjs-error-tracker/init').initSentry(sdkOptions);

load('reflect-metadata');
const { Module } = load('@nestjs/common');
const { NestFactory } = load('@nestjs/core');
const { TypeOrmModule, getDataSourceToken } = load('@nestjs/typeorm');
const { EntitySchema } = load('typeorm');
const { Pool } = load('pg');

const QUERIES_OF_A_REQUEST = 5;
const Item = new EntitySchema({
  name: 'Item',
  columns: { id: { type: 'integer', primary: true }, name: { type: 'text' } },
});
const integrations = kind === 'off' ? { typeorm: false } : undefined;
const tracking = isTracker ? [load('nestjs-error-tracker').SentryModule.forRoot({ integrations })] : [];
const server = { host: '127.0.0.1', database: 'postgres' };
class AppModule {}
Module({
  imports: [
    ...tracking,
    TypeOrmModule.forRoot({ type: 'sqljs', entities: [Item], synchronize: true }),
    TypeOrmModule.forRoot({ type: 'postgres', name: 'postgres', username: 'postgres', ...server }),
  ],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const sqlite = app.get(getDataSourceToken());
const postgres = app.get(getDataSourceToken('postgres'));
const pool = new Pool({ user: 'postgres', ...server });
await sqlite.query(`INSERT INTO item (id, name) VALUES (1, 'tea')`);
const inRequest = (run) => {
  if (kind === 'bare') return run();
  const { startSpan, withIsolationScope } = load('@sentry/nestjs');
  return withIsolationScope(() => startSpan({ name: 'GET /', op: 'http.server', forceTransaction: true }, run));
};

const queries = {
  sqlite: () => sqlite.query('SELECT "id", "name" FROM "item" WHERE "id" = ?', [1]),
  entity: () => sqlite.getRepository(Item).find({ where: { id: 1 } }),
  postgres: () => postgres.query('SELECT $1::int AS "id"', [1]),
  pg: () => pool.query('SELECT $1::int AS "id"', [1]),
};

process.on('message', async ({ query, count }) => {
  const run = async () => {
    for (let at = 0; at < QUERIES_OF_A_REQUEST; at++) await queries[query]();
  };
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += QUERIES_OF_A_REQUEST) await inRequest(run);
  process.send({ cpu: process.cpuUsage(before) });
});
process.send('ready');

import '../shared/instrument.js';
import 'reflect-metadata';
import {
  Controller,
  Get,
  Global,
  Injectable,
  Logger as Log,
  Module,
  Param,
  Query,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import * as Sentry from '@sentry/nestjs';
import { SentryModule } from 'nestjs-error-tracker';
import { SentryTypeOrmModule, trackDataSource } from 'nestjs-error-tracker/typeorm';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { Customer, Purchase } from './entities.js';
import { ANNA, BROKEN, LITERALS, TAKEN, UNMARKED, updateOf } from './values.js';
import { createSchema, endPlain, plain } from './plain.js';

const { DB = 'sqlite', ENTRY, ASYNC } = process.env;
const schema = `databases_${process.pid}`;
const options = JSON.parse(process.env.MODULE ?? '{}');
const logged: string[] = [];

/** The application's own logger. */
const logger: Logger = {
  logQuery: (query) => void logged.push(`query ${query}`),
  logQueryError: (_error, query) => void logged.push(`error ${query}`),
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

const SERVERS: Record<string, object> = {
  postgres: {
    type: 'postgres',
    host: '127.0.0.1',
    username: 'postgres',
    database: 'postgres',
    extra: { max: 2, connectionTimeoutMillis: 1_500 },
  },
  mariadb: {
    type: 'mariadb',
    host: '127.0.0.1',
    username: 'root',
    database: schema,
    extra: { connectionLimit: 2, queueLimit: 1 },
  },
  sqlite: { type: 'sqljs' },
};
const source = (name?: string) =>
  ({
    ...SERVERS[DB],
    ...(DB === 'postgres' && { schema }),
    ...(name && { name }),
    entities: [Customer, Purchase],
    logging: true,
    logger,
    retryAttempts: 1,
  }) as DataSourceOptions;

// Copies all properties of an error, its parameters among them.
Sentry.addIntegration(Sentry.extraErrorDataIntegration({ depth: 5 }));

const own = trackDataSource(new DataSource({ type: 'sqljs' }), { nPlusOne: 3 });

/** Like better-sqlite3, it refuses a statement before it is sent, and does not tell which. */
class RefusingDriver {
  readonly exec = () => undefined;
  readonly pragma = () => undefined;
  readonly close = () => undefined;
  readonly prepare = () => {
    const error = new Error('near "SELEC": syntax error');
    throw Object.assign(error, { name: 'SqliteError', code: 'SQLITE_ERROR' });
  };
}
const refusing = trackDataSource(
  new DataSource({ type: 'better-sqlite3', database: ':memory:', name: 'refusing', driver: RefusingDriver }),
);

/** A provider whose data source is initialized only when somebody asks. */
const late = { provide: 'lateDataSource', useFactory: () => new DataSource({ type: 'sqljs', entities: [] }) };

@Injectable()
class Shop implements OnModuleInit {
  constructor(
    @InjectDataSource() readonly main: DataSource,
    @InjectDataSource('reports') readonly reports: DataSource,
  ) {}

  async onModuleInit() {
    await this.main.synchronize();
    await this.main.manager.save(
      Array.from({ length: 12 }, (_, n) => this.main.manager.create(Customer, { email: `customer-${n}@shop.example` })),
    );
    logged.length = 0;
  }

  async purchasesOneByOne(count: number) {
    const customers = await this.main.manager.find(Customer, { take: count, order: { id: 'ASC' } });
    for (const { id } of customers) {
      await this.purchasesOf(id); // the place that a warning names
    }
  }
  purchasesOf(id: number) {
    return this.main.getRepository(Purchase).find({ where: { customer: { id } } });
  }
}

const ACTIONS: Record<string, (shop: Shop, query: Record<string, string>, late: DataSource) => Promise<unknown>> = {
  fails: async ({ main, reports }) => {
    await main.manager.find(Customer, { where: { email: ANNA } });
    await main.query(LITERALS);
    await main.query(updateOf(main.getMetadata(Purchase).tablePath));
    await reports.query('SELECT 1 AS one');
    throw new Error('after four queries');
  },
  duplicate: async ({ main }) => main.manager.insert(Customer, { email: TAKEN }),
  wrapped: async ({ main }) => {
    try {
      await main.manager.insert(Customer, { email: TAKEN });
    } catch (cause) {
      throw new Error('cannot register', { cause });
    }
  },
  quoted: async ({ main }) => {
    await main.manager.delete(Customer, { email: UNMARKED });
    await main.manager.insert(Customer, { email: UNMARKED });
    const error = await main.manager.insert(Customer, { email: UNMARKED }).catch((cause) => cause);
    const { query, parameters } = error;
    Sentry.addBreadcrumb({
      category: 'Shop',
      message: `cannot register: ${error.driverError.detail}`,
      data: { ...error },
    });
    Sentry.addBreadcrumb({ category: 'Shop', message: error.message, data: { stack: error.stack } });
    console.error('cannot register', error);
    Sentry.setExtra('failed', { why: error.message, error, sent: { query, parameters } });
    throw new AggregateError([error, new Error(`cannot register: ${error.message}`)], 'two failures');
  },
  syntax: ({ main }) => main.query(BROKEN),
  transaction: async ({ main }) =>
    main.transaction(async (manager) => {
      await manager.insert(Purchase, { article: 'tea' });
      throw new Error('rolled back');
    }),
  committed: async ({ main }) => {
    await main.transaction((manager) => manager.insert(Purchase, { article: 'tea' }));
    throw new Error('after a commit');
  },
  streamed: async ({ main }, { sql = LITERALS }) => {
    const runner = main.createQueryRunner();
    try {
      for await (const row of await runner.stream(sql)) throw new Error(`cannot read a row of ${Object.keys(row)}`);
    } finally {
      await runner.release();
    }
  },
  brokenStream: async (shop, _query, source) => ACTIONS.streamed!(shop, { sql: BROKEN }, source),
  repeated: async (shop, { count = '12' }) => shop.purchasesOneByOne(Number(count)),
  slow: async ({ main }, { times = '1' }) => {
    for (let n = 0; n < Number(times); n++)
      await main.query(
        DB === 'postgres' ? 'SELECT pg_sleep(0.5)' : DB === 'mariadb' ? 'SELECT SLEEP(0.5)' : 'SELECT 1',
      );
  },
  exhausted: async ({ main }) => {
    const runners = [main.createQueryRunner(), main.createQueryRunner()];
    await Promise.all(runners.map((runner) => runner.connect()));
    try {
      await Promise.all(['1', '2', '3'].map((n) => main.query(`SELECT ${n} AS waits`)));
    } finally {
      await Promise.all(runners.map((runner) => runner.release()));
    }
  },
  prepared: async () => {
    if (!refusing.isInitialized) await refusing.initialize();
    await refusing.query(BROKEN);
  },
  unstreamed: async ({ main }) => {
    const driver = main.driver as { loadStreamDependency?: () => unknown };
    driver.loadStreamDependency = () => {
      throw new Error('To use streams you should install pg-query-stream package.');
    };
    try {
      await main.createQueryRunner().stream(LITERALS);
    } finally {
      delete driver.loadStreamDependency;
    }
  },
  own: async () => {
    if (!own.isInitialized) await own.initialize();
    for (let n = 0; n < 3; n++) await own.query(`SELECT ${n} AS mine`);
    throw new Error('after own queries');
  },
  late: async (_shop, _query, source) => {
    if (!source.isInitialized) await source.initialize();
    await source.query('SELECT 5 AS five');
    throw new Error('after a late query');
  },
  logged: async ({ main }) => {
    logged.length = 0;
    const rows = await main.query('SELECT 6 AS six');
    await main.query('SELECT nothing FROM nowhere').catch(() => undefined);
    return { rows, logged };
  },
  long: async ({ main }) => {
    await main.query(`SELECT '${'x'.repeat(1_000_000)}' AS words`);
    throw new Error('after a long query');
  },
};

@Controller()
class Front {
  constructor(
    private readonly shop: Shop,
    @InjectDataSource('late') private readonly late: DataSource,
  ) {}

  @Get('plain/:action')
  plain(@Param('action') action: string, @Query('own') own: string) {
    return plain[action]!(own);
  }
  @Get('parallel')
  async parallel() {
    await Promise.all([this.shop.purchasesOneByOne(12), this.shop.main.query('SELECT 1 AS parallel')]);
  }
  @Get(':action')
  async run(@Param('action') action: string, @Query() query: Record<string, string>) {
    return (await ACTIONS[action]!(this.shop, query, this.late)) ?? {};
  }
}

/** Initialised before `SentryModule`: Nest begins with the global modules, in the order of their imports. */
@Global()
@Module({})
class Migrations implements OnModuleInit {
  constructor(@InjectDataSource() private readonly main: DataSource) {}

  async onModuleInit() {
    if (!process.env.FAIL_INIT) return;
    await this.main.query('SELECT 4711 AS migrations');
    throw new Error('after one query');
  }
}
const registered = (name?: string) =>
  ASYNC ? TypeOrmModule.forRootAsync({ name, useFactory: () => source(name) }) : TypeOrmModule.forRoot(source(name));

@Module({
  imports: [
    Migrations,
    SentryModule.forRoot(options),
    ...(ENTRY ? [SentryTypeOrmModule.forRoot(JSON.parse(ENTRY))] : []),
    registered(),
    registered('reports'),
  ],
  providers: [Shop, late],
  controllers: [Front],
})
class AppModule {
  async onApplicationShutdown() {
    await endPlain(DB, schema);
  }
}

async function main() {
  await createSchema(DB, schema);
  const app = await createApp(AppModule);
  const port = await listen(app);
  answerTests(app, port);
}
void main();

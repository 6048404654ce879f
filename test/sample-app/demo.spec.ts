import { canRunOver } from '../harness/brokers';
import { poll } from '../harness/poll';
import { representative } from '../harness/scale';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { DataSource } from 'typeorm';

const hasRedis = canRunOver('redis');
/** Apart from what else is in Redis, as far as possible. */
const REDIS_DATABASE = 1 + (process.pid % 15);
const connection = { host: '127.0.0.1', db: REDIS_DATABASE };

const ROOT = join(__dirname, '../..');
const DEMO = join(ROOT, 'sample-app/dist/demo/main.js');

interface Outcome {
  code: number | null;
  account: string;
  progress: string;
}

function demo(args: string[], variables: NodeJS.ProcessEnv): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: '', REDIS_URL: '', BROKER_URL: '', PORT: '0', ...variables };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [DEMO, ...args], { cwd: ROOT, env }, (_error, account, progress) => {
      resolve({ code: child.exitCode, account, progress });
    });
  });
}

/** The part of the output under a heading. */
function part(account: string, heading: string): string {
  return account.split('\n\n').find((block) => block.trimStart().startsWith(heading)) ?? '';
}

interface Transaction {
  transaction: string;
  contexts: { trace: { trace_id: string } };
}
const traceOf = ({ contexts }: Transaction) => contexts.trace.trace_id;

/** The transactions of this name in the inbox. */
async function arrivedIn(inboxUrl: string, name: string): Promise<Transaction[]> {
  let found: Transaction[] = [];
  await poll(async () => {
    const response = await fetch(`${inboxUrl}/api/items`);
    const items = (await response.json()) as { payload: Transaction }[];
    found = items.map(({ payload }) => payload).filter(({ transaction }) => transaction === name);
    expect(found).not.toEqual([]);
  });
  return found;
}

afterAll(async () => {
  if (!hasRedis) return;
  const queue = new Queue('notifications', { connection });
  await queue.obliterate({ force: true });
  await queue.close();
});

beforeAll(() => {
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '--noCheck', '-p', join(ROOT, 'sample-app/tsconfig.json')]);
}, 120_000);

describe.each(representative(['express', 'fastify'], (platform) => platform === 'fastify'))(
  'npm run demo -- --once, on %s',
  (platform) => {
    let outcome: Outcome;

    beforeAll(async () => {
      outcome = await demo(['--once', '--port', '0'], { PLATFORM: platform });
    }, 120_000);

    it('exits with 0 if exactly the expected items have arrived', () => {
      expect({
        ...outcome,
        account: part(outcome.account, 'Missing') + part(outcome.account, 'Unexpected'),
      }).toMatchObject({
        code: 0,
        account: '',
      });
    });

    it('runs the sample app on the requested platform', () => {
      expect(outcome.progress).toContain(`(${platform})`);
    });

    it('reports each failure once, with transaction, user and operations', () => {
      const reported = part(outcome.account, 'Reported: 5 events');
      expect(reported.match(/^ {2}(\w+ ?\w*)/gm)).toEqual([
        '  GatewayError',
        '  Slow operation',
        '  Error',
        '  BadRequestException',
        '  TypeError',
      ]);
      expect(reported).toContain('POST /checkout responded 500');
      expect(reported).toContain('in event order.paid: user 1, operations warehouse.pack > Shelves.take');
      expect(reported).toContain('in POST /checkout: user 2, operations checkout.guest > invoices.render');
      expect(reported.match(/http:\/\/127\.0\.0\.1:\d+\/#\/event\/[0-9a-f]{32}/g)).toHaveLength(5);
    });

    it('does not report expected failures', () => {
      const expected = part(outcome.account, 'Not reported');
      expect(expected.match(/^ {2}\d{3} \S+ \S+/gm)).toEqual([
        '  401 POST /auth/login:',
        '  404 GET /orders/999999999:',
        '  402 POST /payments:',
      ]);
    });

    it('lists scrubbed values', () => {
      const scrubbed = part(outcome.account, 'Scrubbed');
      expect(scrubbed).toMatch(/request\.data\.account\.password +\[Filtered/);
      expect(scrubbed).toMatch(/request\.data\.card\.number +\[Filtered/);
      expect(scrubbed).toMatch(/request\.headers\.authorization +\[Filtered/);
      expect(scrubbed).toContain('no password, token, card number or email address');
    });

    it('counts traces and business events', () => {
      expect(part(outcome.account, 'Traces')).toContain('Traces: 14 requests');
      expect(part(outcome.account, 'Counted')).toContain('business.payment.declined 1');
    });

    it('writes no colors to a pipe', () => {
      expect(outcome.account + outcome.progress).not.toContain('\u001b');
    });
  },
);

const POSTGRES = 'postgres://postgres@127.0.0.1:5432';
const brokers = [
  ['rmq', 'express', 'amqp://guest:guest@127.0.0.1:5672'],
  ['nats', 'fastify', 'nats://127.0.0.1:4222'],
  ['mqtt', 'express', 'mqtt://127.0.0.1:1883'],
] as const;

async function query(statement: string): Promise<void> {
  const server = await new DataSource({ type: 'postgres', url: `${POSTGRES}/postgres` }).initialize();
  await server.query(statement);
  await server.destroy();
}

(canRunOver('postgres') ? describe : describe.skip)('npm run demo -- --once, with PostgreSQL and a broker', () => {
  const database = `shop_${process.pid}`;
  beforeAll(() => query(`CREATE DATABASE ${database}`));
  afterAll(() => query(`DROP DATABASE ${database} WITH (FORCE)`));

  for (const [broker, PLATFORM, BROKER_URL] of brokers)
    (canRunOver(broker) ? it : it.skip)(
      `tells the same story over ${broker}, in one trace from the payment to the warehouse`,
      async () => {
        const variables = { PLATFORM, BROKER_URL, DATABASE_URL: `${POSTGRES}/${database}` };
        const { code, account } = await demo(['--once', '--port', '0'], variables);
        // Found by its trace, because a message has no request.
        expect(account).toMatch(/POST \/payments responded 201: .*\n +in rpc warehouse\.pack: user \d+, operations/);
        expect(part(account, 'Missing') + part(account, 'Unexpected') + part(account, 'Not scrubbed')).toBe('');
        expect(code).toBe(0);
      },
      120_000,
    );
});

describe('npm run demo', () => {
  it('uses free ports if its own are in use, keeps running, and stops both programs on SIGINT', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const child = spawn(process.execPath, [DEMO, '--port', port], {
      cwd: ROOT,
      env: {
        ...process.env,
        DATABASE_URL: '',
        BROKER_URL: '',
        REDIS_URL: hasRedis ? `redis://127.0.0.1:6379/${REDIS_DATABASE}` : '',
        PORT: port,
      },
    });
    let progress = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => {
        reject(new Error(`the demo exited:\n${progress}`));
      });
      child.stderr.on('data', (text: Buffer) => {
        progress += text.toString();
        if (progress.includes('Ctrl-C')) resolve();
      });
    });
    expect(progress).toContain(`Port ${port} is in use: the inbox uses a free port instead.`);
    expect(progress).toContain(`Port ${port} is in use: the sample app uses a free port instead.`);
    const inboxUrl = /Open (\S+) to explore/.exec(progress)?.[1] ?? '';
    const shopUrl = /the sample app at (\S+) /.exec(progress)?.[1] ?? '';
    await expect(fetch(`${shopUrl}/health`).then((response) => response.json())).resolves.toMatchObject({
      status: 'ok',
    });

    if (hasRedis) {
      const payments = (await arrivedIn(inboxUrl, 'POST /payments')).map(traceOf);
      await poll(async () => {
        const receipts = await arrivedIn(inboxUrl, 'job notifications receipt');
        expect(receipts.map(traceOf).filter((trace) => payments.includes(trace))).not.toEqual([]);
      });
    }

    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await expect(ended).resolves.toEqual([0, null]);
    await expect(fetch(`${inboxUrl}/api/items`)).rejects.toThrow();
    await expect(fetch(`${shopUrl}/health`)).rejects.toThrow();
    taken.close();
  }, 120_000);

  it('rejects unknown options, with the usage', async () => {
    const { code, progress } = await demo(['--ones'], {});
    expect(code).toBe(2);
    expect(progress).toContain("Unknown option '--ones'");
    expect(progress).toContain('--once');
  });
});

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { resolveAlerts } from '../../lib/alerts/resolve-alerts';
import { runCommandLine } from '../../lib/cli/program';
import { INBOX_DSN } from '../../lib/options/dsn';
import { OWN_VARIABLES } from '../../lib/options/known-variables';
import { resolveInit } from '../../lib/options/resolve-init';
import { testTerminal, until } from '../cli/test-terminal';

const SAMPLE = join(__dirname, '../../sample-app');
const EXAMPLE = readFileSync(join(SAMPLE, '.env.example'), 'utf8');
/** Lines that are commented out are variables too. */
const UNCOMMENTED = EXAMPLE.replace(/^# (?=[A-Z_]+=)/gm, '');
const active = parseEnv(EXAMPLE) as Record<string, string>;
const all = parseEnv(UNCOMMENTED) as Record<string, string>;
/** What the library reads beside its own variables. */
const OF_LIBRARY = [...OWN_VARIABLES, 'NODE_ENV', 'HOSTNAME', 'GIT_COMMIT_SHA', 'APP_VERSION'];

interface Service {
  image: string;
  command?: string[];
  working_dir?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  network_mode?: string;
  depends_on?: string[];
}
const { services, volumes } = parse(readFileSync(join(SAMPLE, 'compose.yaml'), 'utf8')) as {
  services: Record<'postgres' | 'redis' | 'rabbitmq' | 'inbox' | 'inbox-port', Service>;
  volumes: Record<string, null>;
};

/** The ports of a service: where it is published on this machine, and that of the container. */
function published(service: Service): { host: string; container: string } {
  const [port = '', ...others] = service.ports ?? [];
  expect(others).toEqual([]);
  const [, host = '', container = ''] = /^(127\.0\.0\.1:\d+):(\d+)$/.exec(port) ?? [];
  return { host, container };
}

function readBySample(): string[] {
  const files = readdirSync(join(SAMPLE, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(SAMPLE, 'src', file)));
  return [...new Set([...sources.join('\n').matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = '']) => name))];
}

describe('.env.example', () => {
  it('has each variable of the shop, and none that nothing reads', () => {
    const ofSample = readBySample();
    expect(ofSample).toContain('DATABASE_URL');
    expect(Object.keys(all)).toEqual(expect.arrayContaining(ofSample));
    expect(Object.keys(all).filter((name) => ![...ofSample, ...OF_LIBRARY].includes(name))).toEqual([]);
    const names = [...UNCOMMENTED.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has values that the library takes, and shows the defaults of what is commented out', () => {
    const given = resolveInit(undefined, active);
    expect(given).toMatchObject({ enabled: true, preset: 'development', dsn: INBOX_DSN });
    expect(resolveInit(undefined, all)).toEqual({ ...given, scrubbing: { pii: 'pseudonym' } });
    expect(resolveAlerts(undefined, all)).toBeUndefined();
  });

  it('configures the shop', async () => {
    const before = { ...process.env };
    Object.assign(process.env, active);
    const { configuration } = await import('../../sample-app/src/configuration.js');
    process.env = before;
    expect(configuration).toEqual({
      host: active.HOST,
      port: Number(active.PORT),
      platform: 'express',
      databaseUrl: active.DATABASE_URL,
      redisUrl: active.REDIS_URL,
      brokerUrl: active.BROKER_URL,
      carrierUrl: undefined,
      carrierKey: active.CARRIER_KEY,
      smtpUrl: undefined,
      jwtSecret: active.JWT_SECRET,
      isSecure: false,
    });
  });
});

describe('compose.yaml', () => {
  it('publishes each service where .env.example says, and nowhere else', () => {
    const { DATABASE_URL = '', REDIS_URL = '', BROKER_URL = '', SENTRY_DSN = '' } = active;
    expect(published(services.postgres)).toEqual({ host: new URL(DATABASE_URL).host, container: '5432' });
    expect(published(services.redis)).toEqual({ host: new URL(REDIS_URL).host, container: '6379' });
    expect(published(services.rabbitmq)).toEqual({ host: new URL(BROKER_URL).host, container: '5672' });
    expect(published(services.inbox).host).toBe(new URL(SENTRY_DSN).host);
    const ports = Object.values(services).flatMap((service) => (service.ports ? [published(service).host] : []));
    expect(new Set([...ports, `${active.HOST}:${active.PORT}`]).size).toBe(5);
  });

  it('gives PostgreSQL the user, password and database of DATABASE_URL', () => {
    const { username, password, pathname } = new URL(active.DATABASE_URL ?? '');
    expect(services.postgres.environment).toEqual({
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: pathname.slice(1),
    });
    const [data = ''] = services.postgres.volumes ?? [];
    expect(Object.keys(volumes)).toEqual([data.split(':')[0]]);
  });

  it('forwards what is published to the inbox, which takes it from there', async () => {
    const { inbox, 'inbox-port': forwarder } = services;
    const [node, program = '', ...args] = inbox.command ?? [];
    const [mounted = ''] = inbox.volumes ?? [];
    const [folder = '', target] = mounted.split(':');
    expect([node, target]).toEqual(['node', inbox.working_dir]);
    expect(join(SAMPLE, folder)).toBe(dirname(SAMPLE));
    const { bin } = JSON.parse(readFileSync(join(SAMPLE, folder, 'package.json'), 'utf8'));
    expect(bin).toEqual({ 'nestjs-error-tracker': program });
    const port = args[args.indexOf('--port') + 1];
    expect(forwarder.command).toEqual([
      `tcp-listen:${published(inbox).container},fork,reuseaddr`,
      `tcp-connect:127.0.0.1:${port}`,
    ]);
    expect(forwarder).toMatchObject({ network_mode: 'service:inbox', depends_on: ['inbox'] });

    // On another port, because that of the inbox may be in use on this machine.
    const terminal = testTerminal();
    const running = runCommandLine(args.map((arg) => (arg === port ? '0' : arg)), terminal);
    const dsn = await until(() => /DSN +(http:\S+)/.exec(terminal.stdout)?.[1]);
    const forward = createServer((socket) => {
      socket.pipe(connect(Number(new URL(dsn).port), '127.0.0.1')).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(forward, 'listening');
    const outside = `http://127.0.0.1:${(forward.address() as AddressInfo).port}`;
    const headers = { connection: 'close' };
    const item = `{}\n{"type":"event"}\n{"message":"through the port"}`;
    const { status } = await fetch(`${outside}/api/1/envelope/`, { method: 'POST', body: item, headers });
    const items = await (await fetch(`${outside}/api/items`, { headers })).json();
    expect([status, items]).toEqual([200, [expect.objectContaining({ payload: { message: 'through the port' } })]]);
    forward.close();
    terminal.interrupt();
    expect(await running).toBe(0);
  }); // prettier-ignore

  it('is for the services that the README names', () => {
    const readme = readFileSync(join(SAMPLE, 'README.md'), 'utf8');
    expect(readme).toContain('docker compose -f sample-app/compose.yaml up --wait');
    expect(readme).toContain('node --env-file=sample-app/.env sample-app/dist/src/main.js');
    expect(existsSync(join(SAMPLE, '.env.example'))).toBe(true);
  });
});

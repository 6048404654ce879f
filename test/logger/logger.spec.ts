import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms, representative } from '../harness/scale';

const LINES = ['info', 'warning', 'error', 'debug', 'debug', 'fatal'];
const METHODS = ['log', 'warn', 'error', 'debug', 'verbose', 'fatal'];

/** The breadcrumbs of `GET /lines/7`, without the line of Nest's own exceptions handler. */
const expected = (change = (message: string) => message): unknown[] => [
  ...METHODS.map((method, at) => ({ level: LINES[at], category: 'Orders', message: `${method} 7` })),
  { level: 'info', category: 'Static', message: 'static 7' },
  { level: 'warning', category: 'log', message: 'static nameless 7' },
  { level: 'info', category: 'Given', message: 'nameless 7' },
  { level: 'info', category: 'Own', message: change('own 7') },
];

const crumbs = (event: any): any[] =>
  (event.breadcrumbs ?? [])
    .filter(({ category }: any) => !/^(http|ExceptionsHandler)$/.test(category))
    .map(({ level, category, message }: any) => ({ level, category, message }));

/** The application prints it once it listens; what is printed before differs by the modules. */
const STARTED = '--- started';

/** What differs between two runs: process ids, times and time differences, request ids and ports. */
function normalized(output: string): string {
  return output
    .slice(Math.max(0, output.indexOf(STARTED)))
    .replace(/\[Nest\] \d+/g, '[Nest] PID')
    .replace(/\d+\/\d+\/\d+, \d+:\d+:\d+ [AP]M/g, 'TIME')
    .replace(/\+\d+ms/g, '+MS')
    .replace(/"(pid|time|timestamp|remotePort|responseTime)":\d+/g, '"$1":N')
    .replace(/"(timestamp)":"[^"]+"/g, '"$1":"T"')
    .replace(/"host":"[^"]*:\d+"/g, '"host":"H"');
}

const ofRequests = (output: string): string[] =>
  normalized(output)
    .split('\n')
    .filter((line) => / 7|order placed|\[(Own|Scoped)\]/.test(line))
    .sort();

interface Run {
  printed: { stdout: string; stderr: string };
  events: any[];
  items: any[];
}

async function run(
  [lane, PLATFORM]: readonly [Lane, Platform],
  env: Record<string, string>,
  paths: string[],
  isBare = false,
): Promise<Run> {
  const receiver = await Receiver.start();
  const init = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_TRACES_SAMPLE_RATE: '1' };
  const app = await AppProcess.start({
    lane,
    app: 'logger',
    env: { PLATFORM, NO_COLOR: '1', ...(isBare ? { BARE: '1' } : init), ...env },
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    app.child[name]?.on('data', (chunk: Buffer) => (printed[name] += chunk.toString()));
  for (const path of paths) await (await fetch(`${app.url}${path}`)).text();
  const { faults } = await app.status();
  expect(faults).toEqual({});
  await app.stop('SIGTERM');
  const { events, items } = receiver;
  await receiver.close();
  return { printed, events, items: [...items] };
}

const PRINTERS: [name: string, env: Record<string, string>][] = [
  ['the default logger', {}],
  ['a logger that buffers until the start', { BUFFER: '1' }],
  ['a JSON logger', { PRINTER: 'json' }],
  ['a ConsoleLogger that prints through the console', { PRINTER: 'console' }],
  ['a subclass of ConsoleLogger', { PRINTER: 'subclass' }],
  ['a logger of the application that prints through the console', { PRINTER: 'own' }],
  ['an object of functions', { PRINTER: 'object' }],
  ['nestjs-pino', { PRINTER: 'pino' }],
  ['nest-winston', { PRINTER: 'winston' }],
];

describe.each(lanesAndPlatforms)('the logger, lane %s on %s', (...where) => {
  test.each(representative(PRINTERS, (_, at) => where[0] === '12' || at % 2 === 0 || at > 6))(
    'each line of %s is one breadcrumb, and is printed as without this library',
    async (_name, env) => {
      const paths = ['/lines/7', '/value/message-and-object', '/scoped/3'];
      const { events, printed } = await run(where, env, paths);
      const [lines, , scoped] = events;
      expect(crumbs(lines)).toEqual(expected());
      expect(crumbs(scoped)).toEqual([{ level: 'info', category: 'Scoped', message: 'scoped 3' }]);
      const bare = await run(where, env, paths, true);
      // pino writes when it likes, and has lines of the start left then.
      const shown = (text: string) => (env.PRINTER === 'pino' ? ofRequests(text) : normalized(text));
      expect(shown(printed.stdout)).toEqual(shown(bare.printed.stdout));
      expect(normalized(printed.stderr)).toBe(normalized(bare.printed.stderr));
      expect(printed.stdout + printed.stderr).toContain('warn 7');
    },
  );

  test('lines that are not printed are no breadcrumbs', async () => {
    const only = (...methods: string[]) =>
      expected().filter(({ message }: any) => methods.some((method) => message.startsWith(`${method} `)));
    const levels = await run(where, { PRINTER: 'levels', LEVELS: 'error' }, ['/lines/7']);
    expect(crumbs(levels.events[0])).toEqual([...only('error', 'fatal'), ...only('own')]);
    const none = await run(where, { PRINTER: 'none' }, ['/lines/7']);
    expect(crumbs(none.events[0])).toEqual(only('own'));
    const pino = await run(where, { PRINTER: 'pino', LEVELS: 'error' }, ['/lines/7']);
    expect(crumbs(pino.events[0])).toEqual([...only('error', 'fatal'), ...only('own')]);
    const winston = await run(where, { PRINTER: 'winston', LEVELS: 'error' }, ['/lines/7']);
    expect(crumbs(winston.events[0])).toEqual([...only('error', 'fatal'), ...only('own')]);
  });

  test('levels are mapped as the application says, or left alone', async () => {
    const levels = { log: 'debug', warn: false };
    const { events } = await run(where, { LOGGER_OPTIONS: JSON.stringify({ levels }) }, ['/lines/7']);
    expect(crumbs(events[0])).toEqual(
      expected()
        .filter(({ level }: any) => level !== 'warning')
        .map((line: any) => (line.level === 'info' ? { ...line, level: 'debug' } : line)),
    );
    const off = await run(where, { LOGGER_OPTIONS: 'false', PRINTER: 'own' }, ['/scoped/1']);
    expect(off.events[0].breadcrumbs?.map(({ category }: any) => category) ?? []).not.toContain('Scoped');
  });

  test.each([
    ['pino', 'pino'],
    ['winston', 'winston'],
    ['own', 'console'],
    ['console', 'console'],
    ['json', ''],
  ])('a line that %s prints is one Sentry log beside the %s integration of the SDK', async (PRINTER, SDK_LOGS) => {
    const { items } = await run(where, { PRINTER, SDK_LOGS, LOGGER_OPTIONS: '{"logs":true}' }, ['/lines/7']);
    const logs = items.filter(({ type }) => type === 'log').flatMap(({ payload }) => payload.items);
    const bodies = logs.map(({ body }: any) => body).filter((body: string) => /\b(warn|error) 7/.test(body));
    expect(bodies).toHaveLength(2);
    if (PRINTER === 'winston') expect(logs.find(({ body }: any) => /fatal 7/.test(body)).level).toBe('fatal');
  });

  test.each(['pino', 'json'])('a line that is buffered until %s prints it is one Sentry log', async (PRINTER) => {
    const { items } = await run(where, { PRINTER, BUFFER: '1', LOGGER_OPTIONS: '{"logs":true}' }, ['/lines/7']);
    const logs = items.filter(({ type }) => type === 'log').flatMap(({ payload }) => payload.items);
    const bodies = logs
      .map(({ body }: any) => body)
      .filter((body: string) => /^Mapped|successfully started/.test(body));
    expect(bodies.length).toBeGreaterThan(2);
    expect(new Set(bodies).size).toBe(bodies.length);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessProbe } from '../../lib/delivery/spool/access-probe';
import { recoverAbandoned } from '../../lib/delivery/spool/recovery';
import { Spool } from '../../lib/delivery/spool/spool';
import { processWide } from '../../lib/process-state/process-wide';
import { poll } from '../harness/poll';
import { mainly, variation } from '../harness/scale';
import { scenario, temporaryFolder } from './delivery-app';
import { canHang, hangingFolder, unmountAll } from './system';

jest.setTimeout(120_000);
afterAll(unmountAll);

const texts = (count: number) => Array.from({ length: count }, (_, at) => `failure ${at}`);
const limits = (directory: string) => ({ directory, maxBytes: 1_000_000, maxAge: 60_000, maxEvents: 1_000 });
const withHangs = canHang() ? describe : describe.skip;

describe.each(mainly('11'))('lane %s', (lane) => {
  withHangs('with a file system that never answers', () => {
    test.concurrent(
      'the application starts, everything waits in memory, one line says so, all arrives, and the process ends',
      scenario(lane, async ({ receiver, start, everythingArrives }) => {
        await receiver.down();
        const app = await start({}, {}, { directory: join(hangingFolder(), 'spool') });
        expect(await app.failAll(texts(20))).toEqual(Array(20).fill(500));
        await poll(async () => {
          const { spooled, spool, dropped } = (await app.status()).delivery;
          expect({ spooled, spool, dropped }).toEqual({ spooled: 0, spool: 'unresponsive', dropped: {} });
          expect(app.process.output.match(/\[SPOOL_\w+\]/g)).toEqual(['[SPOOL_UNRESPONSIVE]']);
        });
        await receiver.up();
        await everythingArrives(texts(20));
        expect(await app.process.stop()).toMatchObject({ signal: 'SIGTERM' });
      }),
    );
  });

  variation.concurrent(
    'a folder below /proc, where mkdir never returns',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
      const app = await start({}, {}, { directory: '/proc/nestjs-error-tracker/spool' });
      await app.fail('failure');
      await everythingArrives(['failure']);
      expect((await app.status()).delivery.spool).toBe('unusable');
      expect(app.process.output.match(/\[SPOOL_\w+\]/g)).toEqual(['[SPOOL_UNUSABLE]']);
      expect(receiver.values).toEqual(['failure']);
    }),
  );
});

describe('a probe', () => {
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    processWide('delivery-warnings', () => new Set<string>()).clear();
    jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
  });
  afterEach(() => jest.restoreAllMocks());

  const answerOf = (directory: string, command?: string[]) =>
    new Promise<string>((resolve) => {
      new AccessProbe(
        directory,
        () => {
          resolve('answered');
        },
        command,
      );
    });

  test('leaves an empty folder, private and with its parents', async () => {
    const directory = join(temporaryFolder(), 'with space', "and 'quotes'", '-n');
    expect(await answerOf(directory)).toBe('answered');
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['that cannot be created', '/proc/nowhere/spool', undefined],
    ['on a system without a shell', '/tmp', ['/no/such/shell']],
  ])('of a folder %s is an answer, too', async (_title, directory, command) => {
    expect(await answerOf(directory, command)).toBe('answered');
  });

  test('that waits does not keep the folder from being used later; nothing is touched before', async () => {
    const directory = join(temporaryFolder(), 'spool');
    let answer: () => void = () => undefined;
    const spool = new Spool(
      limits(directory),
      'v1-test',
      () => 0,
      () => 0,
      (_directory, onAnswer) => {
        answer = onAnswer;
        return { stop: () => undefined };
      },
    );
    let opened = 0;
    spool.whenOpen(() => opened++);
    expect(spool.append(Buffer.from('one'), 'error', 1, 0)).toBeUndefined();
    spool.heartbeat();
    spool.resume();
    expect(spool.append(Buffer.from('two'), 'error', 1, 0)).toBeUndefined();
    expect(readdirSync(join(directory, '..'))).toEqual([]);
    expect({ state: spool.state, opened, warnings }).toEqual({ state: 'unresponsive', opened: 0, warnings: [] });
    answer();
    expect({ state: spool.state, opened }).toEqual({ state: 'active', opened: 1 });
    expect(spool.append(Buffer.from('three'), 'error', 1, 0)).toBeDefined();
  });

  test('is ended with its process', async () => {
    let answers = 0;
    const probe = new AccessProbe('5', () => answers++, ['sleep']);
    probe.stop();
    await pause(100);
    expect(answers).toBe(0);
    expect((probe as unknown as { child: { signalCode: string } }).child.signalCode).toBe('SIGKILL');
  });
});

test('pipes in the place of files of the spool are passed over', async () => {
  const directory = temporaryFolder();
  const orphan = join(directory, 'v1-test', 'free-00000000-1-1-00000000');
  mkdirSync(orphan, { recursive: true });
  for (const name of ['alive', 'error.000001.seg']) execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(orphan, name)]);
  writeFileSync(join(orphan, 'session.000001.seg'), '');
  const spool = new Spool(limits(directory), 'v1-test', Date.now);
  let found = 0;
  await recoverAbandoned(spool, { onFound: () => found++, onDamaged: () => found++ });
  expect(found).toBe(0);
  expect(readdirSync(join(directory, 'v1-test'))).toHaveLength(1);
});

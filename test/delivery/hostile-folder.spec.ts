import * as fs from 'node:fs';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoverAbandoned, type AbandonedEnvelope } from '../../lib/delivery/spool/recovery';
import { ownerName } from '../../lib/delivery/spool/owner';
import { Spool } from '../../lib/delivery/spool/spool';
import { processWide } from '../../lib/process-state/process-wide';
import { temporaryFolder } from './delivery-app';

let warnings: string[];
const envelope = (name: string) => Buffer.from(JSON.stringify({ name, filler: 'x'.repeat(3_000) }));
const open = (directory: string, now: () => number = Date.now) =>
  new Spool({ directory, maxBytes: 1_000_000, maxAge: 60_000, maxEvents: 1_000 }, 'v1-test', now);

beforeEach(() => {
  warnings = [];
  processWide('delivery-warnings', () => new Set<string>()).clear();
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
});
afterEach(() => jest.restoreAllMocks());

/** A folder with three errors of a process that is gone. */
function abandoned(): { directory: string; folder: string; file: string } {
  const directory = temporaryFolder();
  const spool = open(directory);
  for (const name of ['one', 'two', 'three']) spool.append(envelope(name), 'error', 1, 5);
  spool.release(false);
  const folder = join(directory, 'v1-test', readdirSync(join(directory, 'v1-test'))[0]!);
  return {
    directory,
    folder,
    file: join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.seg'))!,
    ),
  };
}

async function adopt(
  directory: string,
): Promise<{ spool: Spool; names: string[]; abandoned: AbandonedEnvelope[]; damaged: number }> {
  const spool = open(directory);
  const abandoned: AbandonedEnvelope[] = [];
  let damaged = 0;
  await recoverAbandoned(spool, { onFound: (found) => abandoned.push(...found), onDamaged: () => damaged++ });
  const names = abandoned.map(({ bytes, location }) => JSON.parse((bytes ?? spool.read(location!))!.toString()).name);
  return { spool, names, abandoned, damaged };
}
const quarantine = (directory: string) => {
  const folder = join(directory, 'v1-test', 'set-aside');
  return fs.existsSync(folder) ? readdirSync(folder) : [];
};

test.each<[string, (directory: string) => string]>([
  [
    'a file exists in its place',
    (directory) => (writeFileSync(join(directory, 'spool'), ''), join(directory, 'spool')),
  ],
  [
    'it is a symbolic link',
    (directory) => {
      mkdirSync(join(directory, 'elsewhere'));
      symlinkSync(join(directory, 'elsewhere'), join(directory, 'spool'));
      return join(directory, 'spool');
    },
  ],
  [
    'its content is a symbolic link',
    (directory) => {
      mkdirSync(join(directory, 'elsewhere'));
      symlinkSync(join(directory, 'elsewhere'), join(directory, 'v1-test'));
      return directory;
    },
  ],
  [
    'it belongs to another user',
    (directory) => {
      const user = process.getuid!();
      jest.spyOn(process, 'getuid').mockReturnValue(user + 1);
      return user === 0 ? (mkdirSync(join(directory, 'v1-test')), directory) : directory;
    },
  ],
])('a folder is not used if %s, with one warning', (_title, prepare) => {
  const directory = prepare(temporaryFolder());
  const spool = open(directory);
  expect(spool.append(envelope('one'), 'error', 1, 0)).toBeUndefined();
  expect(spool.append(envelope('two'), 'error', 1, 0)).toBeUndefined();
  expect(spool.ownFolder).toBeUndefined();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/SENTRY_SPOOL_DIR/);
});

test('a folder that others can read is made private', () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'v1-test'));
  chmodSync(join(directory, 'v1-test'), 0o777);
  open(directory);
  expect(fs.statSync(join(directory, 'v1-test')).mode & 0o777).toBe(0o700);
});

test('a full disk: a partial record is removed, and the disk is tried again later', () => {
  let now = 0;
  const spool = open(temporaryFolder(), () => now);
  const first = spool.append(envelope('one'), 'error', 1, 0)!;
  const write = fs.writeSync;
  let calls = 0;
  jest.spyOn(jest.requireActual<typeof fs>('node:fs'), 'writeSync').mockImplementation(((
    fd: number,
    bytes: Buffer,
    offset: number,
    _length: number,
    at: number,
  ) => {
    if (calls++ === 0) return write(fd, bytes, offset, 100, at);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }) as never);
  expect(spool.append(envelope('two'), 'error', 1, 0)).toBeUndefined();
  expect(spool.append(envelope('three'), 'error', 1, 0)).toBeUndefined();
  expect(calls).toBe(2);
  expect(warnings).toEqual([expect.stringContaining('ENOSPC')]);
  expect(fs.statSync(first.segment.path).size).toBe(first.length);
  jest.restoreAllMocks();
  now += 11_000;
  const fourth = spool.append(envelope('four'), 'error', 1, 0)!;
  expect(JSON.parse(spool.read(fourth)!.toString()).name).toBe('four');
  expect(JSON.parse(spool.read(first)!.toString()).name).toBe('one');
});

test('the next process adopts everything of one that is gone', async () => {
  const { directory } = abandoned();
  const { names, damaged } = await adopt(directory);
  expect({ names, damaged }).toEqual({ names: ['one', 'two', 'three'], damaged: 0 });
  expect(warnings).toEqual([]);
});

test('of several processes that try to adopt a folder, one succeeds', async () => {
  const { directory } = abandoned();
  const all = await Promise.all([adopt(directory), adopt(directory), adopt(directory)]);
  expect(all.flatMap(({ names }) => names).sort()).toEqual(['one', 'three', 'two']);
});

test('the folder of a live process is not adopted', async () => {
  const directory = temporaryFolder();
  open(directory).append(envelope('mine'), 'error', 1, 0);
  expect((await adopt(directory)).names).toEqual([]);
});

test('a process on another host is gone once its heartbeat has stopped', async () => {
  const { directory, folder } = abandoned();
  const elsewhere = join(directory, 'v1-test', ownerName().replace(/^\w+/, 'ffffffff'));
  fs.renameSync(folder, elsewhere);
  expect((await adopt(directory)).names).toEqual([]);
  const old = new Date(Date.now() - 40_000);
  fs.utimesSync(join(elsewhere, 'alive'), old, old);
  expect((await adopt(directory)).names).toEqual(['one', 'two', 'three']);
});

test('a reused pid does not keep a folder', async () => {
  const { directory, folder } = abandoned();
  const [place, pid, start] = ownerName().split('-');
  fs.renameSync(folder, join(directory, 'v1-test', `${place}-${pid}-${Number(start) - 1}-00000000`));
  expect((await adopt(directory)).names).toHaveLength(3);
});

test.each<[string, string[], (file: string) => void]>([
  [
    'its end is missing',
    ['one', 'two'],
    (file) => {
      truncateSync(file, fs.statSync(file).size - 10);
    },
  ],
  [
    'only its first bytes are left',
    [],
    (file) => {
      truncateSync(file, 11);
    },
  ],
  [
    'its middle is overwritten',
    ['one', 'three'],
    (file) => {
      overwrite(file, 4_000, 'something else');
    },
  ],
  [
    'it is of another version',
    [],
    (file) => {
      writeFileSync(file, readFileSync(file, 'latin1').replaceAll('NET1', 'NET0'), 'latin1');
    },
  ],
  [
    'its content is arbitrary',
    [],
    (file) => {
      writeFileSync(file, 'anything');
    },
  ],
  [
    'it is a link',
    [],
    (file) => {
      fs.renameSync(file, `${file}.moved`);
      symlinkSync('/etc/passwd', file);
    },
  ],
])('a damaged file (%s): the rest is sent, the file is set aside, with one warning', async (_title, rest, damage) => {
  const { directory, file } = abandoned();
  damage(file);
  const { names, damaged, spool } = await adopt(directory);
  expect({ names, damaged }).toEqual({ names: rest, damaged: 1 });
  expect(quarantine(directory)).toEqual([expect.stringMatching(/^\d+-error\.000001\.seg\.corrupt$/)]);
  expect(warnings).toEqual([expect.stringContaining('set-aside')]);
  spool.release(true);
  expect((await adopt(directory)).names).toEqual([]);
});

test('an empty file is not damaged', async () => {
  const { directory, file } = abandoned();
  truncateSync(file, 0);
  expect(await adopt(directory)).toMatchObject({ names: [], damaged: 0 });
});

test('no more than five damaged files are kept', async () => {
  const { directory, folder } = abandoned();
  for (let at = 0; at < 9; at++) writeFileSync(join(folder, `error.10000${at}.seg`), 'damaged');
  await adopt(directory);
  expect(quarantine(directory)).toHaveLength(5);
  expect(warnings).toHaveLength(1);
});

test('adopted envelopes can be adopted again, any number of times', async () => {
  const { directory } = abandoned();
  for (let at = 0; at < 5; at++) {
    const { spool, names } = await adopt(directory);
    expect(names).toHaveLength(3);
    spool.release(false);
  }
  expect((readdirSync(directory, { recursive: true }) as string[]).every((name) => name.split('/').length <= 3)).toBe(
    true,
  );
});

test('a process that was stopped until another one took its folder disowns what was in it', async () => {
  const directory = temporaryFolder();
  const spool = open(directory);
  spool.append(envelope('one'), 'error', 1, 0);
  fs.renameSync(spool.ownFolder!, join(directory, 'taken'));
  expect(spool.heartbeat()).toBe(false);
  const again = open(directory);
  again.append(envelope('two'), 'error', 1, 0);
  fs.rmSync(again.ownFolder!, { recursive: true });
  expect(again.heartbeat()).toBe(true);
  expect(again.append(envelope('three'), 'error', 1, 0)).toBeDefined();
});

test('a full disk that refuses the heartbeat loses nothing', () => {
  const spool = open(temporaryFolder());
  const location = spool.append(envelope('one'), 'error', 1, 0)!;
  jest.spyOn(jest.requireActual<typeof fs>('node:fs'), 'writeSync').mockImplementation(() => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  expect(spool.heartbeat()).toBe(true);
  expect(JSON.parse(spool.read(location)!.toString()).name).toBe('one');
});

test('a slow disk is left alone for a while, with one warning, but not at the end of the process', () => {
  let now = 0;
  const spool = open(temporaryFolder(), () => now);
  const write = fs.writeSync;
  jest
    .spyOn(jest.requireActual<typeof fs>('node:fs'), 'writeSync')
    .mockImplementation((...given: Parameters<typeof write>) => {
      now += 300;
      return write(...given);
    });
  expect(spool.append(envelope('one'), 'error', 1, 0)).toBeDefined();
  expect(spool.append(envelope('two'), 'error', 1, 0)).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('more than 250 ms')]);
  now += 11_000;
  expect(spool.append(envelope('three'), 'error', 1, 0)).toBeDefined();
  expect(spool.append(envelope('four'), 'error', 1, 0)).toBeUndefined();
  spool.resume();
  expect(spool.append(envelope('five'), 'error', 1, 0)).toBeDefined();
  expect(warnings).toHaveLength(1);
});

function overwrite(file: string, at: number, text: string): void {
  const content = readFileSync(file);
  content.write(text, at);
  writeFileSync(file, content);
}

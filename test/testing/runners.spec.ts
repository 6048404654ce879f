import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { representative, variation } from '../harness/scale';
import { passed, RunnerProject, type Format, type Runner } from './runner-project';

/** Nest 12 consists of ES modules, which Jest does not load from CommonJS. */
const combinations: [Lane, Runner, Format][] = [
  ['11', 'jest', 'commonjs'],
  ['12', 'jest', 'module'],
  ['11', 'vitest', 'module'],
  ['12', 'vitest', 'module'],
  ['11', 'node:test', 'commonjs'],
  ['12', 'node:test', 'module'],
  ['11', 'jest', 'module'],
  ['11', 'node:test', 'module'],
];
const TESTS = { capture: 13, messages: 8, modules: 9, 'taken-over': 1, 'started-by-module': 2 };
const names = Object.keys(TESTS) as (keyof typeof TESTS)[];
const count = (of: (keyof typeof TESTS)[]) => of.reduce((sum, name) => sum + TESTS[name], 0);

/** What a runner says if something keeps its process alive, or runs on after the tests. */
const LEFT_OPEN = /open handle|did not exit|after the (tests are done|Jest environment)|close timed out|soft deleted/i;

const projects: RunnerProject[] = [];
function project(lane: Lane, runner: Runner, format: Format): RunnerProject {
  const created = new RunnerProject(lane, runner, format);
  projects.push(created);
  return created;
}

afterAll(() => {
  for (const each of projects) each.remove();
});

jest.setTimeout(240_000);

describe.each(representative(combinations, (_row, at) => at === 0 || at === 1 || at === 3 || at === 4))(
  'lane %s, %s with %s modules',
  (lane, runner, format) => {
    let receiver: Receiver;
    let spool: string;

    beforeAll(async () => {
      receiver = await Receiver.start();
      spool = mkdtempSync(join(tmpdir(), 'test-kit-spool-'));
    });

    afterAll(async () => {
      await receiver.close();
      rmSync(spool, { recursive: true, force: true });
    });

    test('captures what is reported, sends nothing, and leaves nothing open', async () => {
      // The machine of a developer may have all of these.
      const env = {
        SENTRY_DSN: receiver.dsn,
        SENTRY_ENABLED: 'false',
        SENTRY_ENVIRONMENT: 'production',
        SENTRY_SAMPLE_RATE: '0',
        SENTRY_TRACES_SAMPLE_RATE: '0',
        SENTRY_SPOOL_DIR: spool,
        SENTRY_ALERT_WEBHOOK_URL: `${new URL(receiver.dsn).origin}/alerts`,
      };
      const args = runner === 'jest' ? ['--detectOpenHandles'] : [];
      const outcome = await project(lane, runner, format).run(names, { args, env });
      expect({ passed: passed(outcome), code: outcome.code, left: LEFT_OPEN.exec(outcome.output)?.[0] }).toEqual({
        passed: count(names),
        code: 0,
        left: undefined,
      });
      expect(receiver.bytes).toBe('');
      expect(readdirSync(spool)).toEqual([]);
    });
  },
);

test('many files of one Jest worker do not disturb each other', async () => {
  const files = project('11', 'jest', 'commonjs');
  const copies = ['one', 'two', 'three', 'four'];
  files.copy('taken-over', copies);
  const outcome = await files.run([...copies, 'messages']);
  expect({ passed: passed(outcome), code: outcome.code, left: LEFT_OPEN.exec(outcome.output)?.[0] }).toEqual({
    passed: copies.length + TESTS.messages,
    code: 0,
    left: undefined,
  });
});

test.each(['globals', 'no isolation'])('Vitest with %s', async (how) => {
  const files = project('12', 'vitest', 'module');
  const args = how === 'globals' ? ['--globals'] : ['--no-isolate', '--no-file-parallelism'];
  const outcome = await files.run(['messages', 'taken-over', 'started-by-module'], { args });
  expect({ passed: passed(outcome), code: outcome.code }).toEqual({
    passed: count(['messages', 'taken-over', 'started-by-module']),
    code: 0,
  });
});

variation('a Jest worker that runs for longer than a minute does not crash', async () => {
  const files = project('11', 'jest', 'commonjs');
  // Jest runs the smallest file last.
  files.write('waits.test.js', "test('waits', () => new Promise((resolve) => setTimeout(resolve, 75_000)), 90_000);\n");
  const outcome = await files.run(['messages', 'waits']);
  expect({ passed: passed(outcome), code: outcome.code }).toEqual({ passed: TESTS.messages + 1, code: 0 });
});

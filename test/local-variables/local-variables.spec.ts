import { setTimeout as pause } from 'node:timers/promises';
import { AppProcess, ending, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { representative } from '../harness/scale';
import { Receiver } from '../harness/receiver';

/** With and without the SDK's integration, which an application may add. */
const cases: [Lane, Platform, INTEGRATION: string | undefined][] = [
  ['11', 'express', undefined],
  ['11', 'fastify', '1'],
  ['12', 'express', '1'],
  ['12', 'fastify', undefined],
  ['11', 'fastify', undefined],
];

describe.each(representative(cases, (_case, at) => at === 1 || at === 3))(
  'lane %s, %s: local variables, integration added: %s',
  (lane, platform, INTEGRATION) => {
    let receiver: Receiver;
    let app: AppProcess;
    const answer = async (path: string) => (await fetch(`${app.url}${path}`)).text();
    const variables = () => JSON.stringify(receiver.events[0]?.exception.values[0].stacktrace.frames.at(-1).vars);
    /** While modules are loaded, and after many errors in a second, variables are not read for a while. */
    const pollSlowly = (check: () => Promise<void>) =>
      poll(async () => {
        await pause(250);
        receiver.clear();
        await check();
      });
    beforeAll(async () => {
      receiver = await Receiver.start();
      app = await AppProcess.start({
        lane,
        app: 'local-variables',
        env: { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'development', PLATFORM: platform, INTEGRATION },
      });
      await pollSlowly(async () => {
        await answer('/error');
        await app.status();
        expect(variables()).toBe('{"customer":{"id":77}}');
      });
    });
    afterAll(async () => {
      await app.stop('SIGKILL');
      await receiver.close();
    });

    test('reach the event, and leave nothing on what is thrown, in the response or in the output', async () => {
      for (const path of ['/error', '/object', '/frozen']) {
        const shown = await answer(path);
        expect(shown).toContain(path === '/object' ? 'E_OBJECT' : 'own error');
        expect(shown).not.toMatch(/LOCAL_VARIABLES|plain-secret/);
        expect(JSON.parse(shown).has).toBe(false);
      }
      expect(app.output).toContain('E_OBJECT');
      expect(app.output).not.toMatch(/LOCAL_VARIABLES|plain-secret/);
    });

    test('reach the event of a frozen error, too', async () => {
      await app.status(); // what the test before has sent is there
      await pollSlowly(async () => {
        await answer('/frozen');
        await app.status();
        expect(variables()).toBe('{"customer":{"id":78}}');
      });
    });

    test('long arrays and functions with many variables are not read', async () => {
      await pollSlowly(async () => {
        await answer('/large');
        await app.status();
        const { frames } = receiver.events[0].exception.values[0].stacktrace;
        const [wide, handler] = ['wide', 'large'].map((name) =>
          frames.find((frame: any) => frame.function.endsWith(name)),
        );
        expect(wide).not.toHaveProperty('vars');
        expect(handler.vars).toEqual({ many: '<Array(1000)>', few: [1, 2] });
      });
    });

    test('tags and a user that are promises which reject are faults, and the process goes on', async () => {
      receiver.clear();
      await answer('/error');
      const { faults } = await app.status();
      expect(receiver.events).toHaveLength(1);
      expect(faults['context-tags']).toBeGreaterThan(0);
      expect(faults['user-resolver']).toBeGreaterThan(0);
      expect(app.child.exitCode).toBeNull();
      expect(receiver.events.map((event) => event.exception.values[0].value)).toEqual(['own error']);
    });

    test('the debugger says nothing in the output of the application, not even at its end', async () => {
      const ended = ending(app.child);
      app.child.send('exit');
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(app.output).not.toMatch(/debugger/i);
    });
  },
);

import { ending, spawnApp } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms, representative } from '../harness/scale';

const valueOf = (event: any): string => event.exception.values.at(-1).value;

describe.each(representative(lanesAndPlatforms, ([lane]) => lane === '11'))(
  'two applications in one process, lane %s on %s',
  (lane, PLATFORM) => {
    let receiver: Receiver;
    let ports: number[];

    beforeAll(async () => {
      receiver = await Receiver.start();
      const child = spawnApp({
        lane,
        app: 'edges-two',
        env: { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_TRACES_SAMPLE_RATE: '1' },
      });
      ports = await new Promise((resolve) =>
        child.once('message', (message) => {
          resolve((message as { ports: number[] }).ports);
        }),
      );
      ask = (command) => {
        const answer = new Promise((resolve) => child.once('message', resolve));
        child.send(command);
        return answer;
      };
      stop = () => {
        const end = ending(child);
        child.kill('SIGKILL');
        return end;
      };
    });
    let ask: (command: string) => Promise<any>;
    let stop: () => Promise<unknown>;
    afterAll(async () => {
      await stop();
      await receiver.close();
    });
    beforeEach(() => {
      receiver.clear();
    });

    const call = async (index: number, path: string, user = 'ann') => {
      const response = await fetch(`http://127.0.0.1:${ports[index]}${path}`, { headers: { 'x-user': user } });
      return response.text();
    };

    test('each has its own user, tags, ignore rules and status policy', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          ['/fail', '/shared', '/gone'].map((path) => call(n % 2, path, `user-${n}`)),
        ).flat(),
      );
      await ask('status');
      const count = (value: string) => receiver.events.filter((event) => valueOf(event) === value).length;
      expect(count('first fails')).toBe(10);
      expect(count('second fails')).toBe(10);
      expect(count('a failure of both')).toBe(10);
      expect(count('first gone')).toBe(0);
      expect(count('second gone')).toBe(10);
      for (const event of receiver.events) {
        const { app } = event.tags;
        expect(event.user.id).toMatch(new RegExp(`^${app} user-\\d+$`));
        if (!valueOf(event).startsWith('a failure')) expect(valueOf(event)).toMatch(new RegExp(`^${app} `));
        else expect(app).toBe('second');
      }
    });

    test('each has its own operation thresholds and budgets', async () => {
      await call(1, '/waits');
      await call(0, '/waits');
      await poll(async () => {
        await ask('status');
        expect(receiver.events.map(({ message }) => message).sort()).toEqual([
          'Performance budget exceeded',
          'Slow operation',
          'Slow operation',
        ]);
      });
      expect(receiver.events.map(({ tags }) => tags.app)).toEqual(['first', 'first', 'first']);
      expect(receiver.events.map(({ tags }) => tags.operation)).toEqual(
        expect.arrayContaining(['waits', 'waits inside', undefined]),
      );
    });

    test('manual captures follow the rules of their application', async () => {
      expect(JSON.parse(await call(0, '/captured')).id).toBeNull();
      expect(JSON.parse(await call(1, '/captured')).id).toEqual(expect.any(String));
    });

    test('failed starts leave nothing behind', async () => {
      const { before, after } = await ask('failing-starts');
      expect(after).toBe(before);
    });

    test('50 more applications in a row leave neither listeners nor entries behind', async () => {
      const { before, after, warnings, registered } = await ask('many');
      expect(after).toEqual(before);
      expect(warnings.filter((warning: string) => warning.includes('MaxListeners'))).toEqual([]);
      expect(registered).toBe(2);
      await ask('status');
      const fails = receiver.events.filter((event) => valueOf(event).startsWith('app '));
      expect(fails).toHaveLength(50);
      for (const event of fails) expect(valueOf(event)).toBe(`${event.tags.app} fails`);
    });

    test('after one is closed, the other still reports', async () => {
      await ask('close');
      await call(1, '/fail', 'bob');
      await ask('status');
      expect(receiver.events.map(valueOf)).toEqual(['second fails']);
      expect(receiver.events[0].user.id).toBe('second bob');
    });
  },
);

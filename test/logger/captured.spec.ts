import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms } from '../harness/scale';

const CASES: [path: string, errors: string[]][] = [
  ['/logged-then-thrown', ['TypeError: logged and thrown']],
  ['/with-message', ['TypeError: with a message']],
  ['/stack-then-thrown', ['TypeError: stack and thrown']],
  ['/stack-then-wrapped', ['TypeError: stack and wrapped']],
  ['/captured-then-logged', ['TypeError: captured and logged']],
  ['/logged-only', ['TypeError: only logged']],
  ['/stack-only', ['TypeError: only its stack']],
  ['/fatal-only', ['TypeError: fatal']],
  ['/thrown', ['TypeError: only thrown']],
  ['/filtered/500', ['HttpException: filtered 500']],
  ['/filtered/404', []],
  ['/expected', []],
  ['/text-only', []],
];

describe.each(lanesAndPlatforms)('logged errors, lane %s on %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    app = await AppProcess.start({ lane, app: 'logger', env: { ...env, LOGGER_OPTIONS: '{"captureErrors":true}' } });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  });

  const events = async (path: string): Promise<any[]> => {
    receiver.clear();
    await (await fetch(`${app.url}${path}`)).text();
    const { faults } = await app.status();
    expect(faults).toEqual({});
    return receiver.events;
  };

  test.each(CASES)('%s is reported once, or not at all', async (path, errors) => {
    const found = await events(path);
    expect(found.map(({ exception }) => exception.values.at(-1)).map(({ type, value }) => `${type}: ${value}`)).toEqual(
      errors,
    );
  });

  test('the event of a logged error names the logger and has the stack of the error', async () => {
    const [event] = await events('/stack-only');
    expect(event).toMatchObject({ level: 'error', tags: { logger: 'Orders' } });
    const { mechanism, stacktrace } = event.exception.values[0];
    expect(mechanism).toEqual({ type: 'auto.log.nestjs', handled: true });
    expect(stacktrace.frames.at(-1)).toMatchObject({ filename: '/srv/app/orders.js', lineno: 12 });
    expect((await events('/fatal-only'))[0].level).toBe('fatal');
  });
});

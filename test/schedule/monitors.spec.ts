import type { Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { QueuesApp, valueOf } from '../jobs/queues-app';

interface CheckIn {
  check_in_id: string;
  monitor_slug: string;
  status: string;
  duration?: number;
  monitor_config?: any;
  contexts?: any;
}
const ID = /^[0-9a-f]{32}$/;
const NEW_YORK = 'America/New_York';

const startSchedules = (lane: Lane, env: Record<string, string> = {}) =>
  QueuesApp.start(lane, { TZ: NEW_YORK, LOGGER: 'on', ...env }, [], 'schedules');

/** The check-ins that have arrived. */
function checkIns({ receiver }: QueuesApp): CheckIn[] {
  return receiver.items.filter(({ type }) => type === 'check_in').map(({ payload }) => payload);
}

describe.each<Lane>(['11', '12'])('monitors in lane %s', (lane) => {
  let app: QueuesApp;
  beforeAll(async () => {
    app = await startSchedules(lane);
  });
  afterAll(() => app.stop(false));
  beforeEach(() => {
    app.receiver.clear();
  });

  /** Lets a job tick, and returns its check-ins once there are as many. */
  async function checkInsOf(fire: string, count: number, times = 1): Promise<CheckIn[]> {
    await app.tell({ fire, times });
    return arrived(count);
  }
  async function arrived(count: number): Promise<CheckIn[]> {
    await poll(async () => {
      await app.status();
      expect(checkIns(app).map(({ status }) => status)).toHaveLength(count);
    });
    return checkIns(app);
  }
  const statuses = (given: CheckIn[]) => given.map(({ status }) => status).sort();

  test.each([
    ['nightly', 'nightly', '30 4 * * *', 'Europe/Berlin', 'ok'],
    ['15 3 * JAN-MAR MON-FRI', 'reports-service-weekdays', '15 3 * 1-3 1-5', NEW_YORK, 'ok'],
    ['Send daily Reports', 'send-daily-reports', '0 4 * * *', 'Etc/GMT-2', 'ok'],
    ['failing', 'failing', '5 1 * * *', NEW_YORK, 'error'],
    ['sync-failing', 'sync-failing', '5 2 * * *', NEW_YORK, 'error'],
    ['Dynamic report', 'dynamic-report', '0 5 * * *', 'Asia/Tokyo', 'ok'],
    ['dynamic-failing', 'dynamic-failing', '0 5 * * *', 'Asia/Tokyo', 'error'],
    ['dynamic-sync', 'dynamic-sync', '0 5 * * *', 'Asia/Tokyo', 'error'],
    ['same-slug', 'same-slug', '5 7 * * *', NEW_YORK, 'ok'],
  ])('%s checks in as %s', async (name, slug, value, timezone, end) => {
    const both = await checkInsOf(name, 2);
    const begun = both.find(({ status }) => status === 'in_progress')!;
    const ended = both.find(({ status }) => status !== 'in_progress')!;
    expect(begun).toMatchObject({
      check_in_id: expect.stringMatching(ID),
      monitor_slug: slug,
      environment: 'test',
      monitor_config: { schedule: { type: 'crontab', value }, timezone },
    });
    expect(ended).toMatchObject({ check_in_id: begun.check_in_id, monitor_slug: slug, status: end });
    expect(ended.duration).toBeGreaterThanOrEqual(0);
    expect(ended.duration).toBeLessThan(10);
    expect(ended.contexts.trace.trace_id).toBe(begun.contexts.trace.trace_id);
  });

  test('@Monitor sets everything, in minutes', async () => {
    const [begun] = await checkInsOf('own', 2);
    expect(begun).toMatchObject({
      monitor_slug: 'own_slug',
      monitor_config: {
        schedule: { type: 'crontab', value: '*/5 * * * *' },
        timezone: 'UTC',
        max_runtime: 2,
        checkin_margin: 1,
        failure_issue_threshold: 2,
        recovery_threshold: 3,
      },
    });
  });

  test('check-ins belong to the trace of the run, whose failure is one event', async () => {
    const [begun] = await checkInsOf('failing', 2);
    const [event] = await app.events('failure of a report', 1);
    expect(event).toMatchObject({
      transaction: 'cron failing',
      tags: { from: 'the job', handler: 'ReportsService.failing' },
      contexts: { trace: { trace_id: begun!.contexts.trace.trace_id } },
    });
    const inTrace = ({ trace }: { trace: string }) => trace === begun!.contexts.trace.trace_id;
    const [root] = await app.spans((span) => span.name === 'cron failing' && inTrace(span));
    expect(root!.parent).toBeUndefined();
  });

  test.each(['often', 'dated', 'offset', 'disabled', 'without', 'same slug', 'dynamic-often', 'dynamic-dated'])(
    '%s has no monitor, but a transaction',
    async (name) => {
      await app.tell({ fire: name });
      await app.spans((span) => span.name === `cron ${name}`);
      await checkInsOf('nightly', 2);
      expect(checkIns(app).map(({ monitor_slug }) => monitor_slug)).toEqual(['nightly', 'nightly']);
    },
  );

  test.each([
    ['inside', 'of-sentry-inside', 'error'],
    ['outside', 'of-sentry-outside', 'ok'],
    ['by-hand', 'by-hand-monitor', 'ok'],
    ['dynamic-instrumented', 'of-instrument-cron', 'error'],
  ])('%s has the check-ins that it sends itself, and no others', async (name, slug, end) => {
    await checkInsOf(name, 2);
    await checkInsOf('nightly', 4);
    const own = checkIns(app).filter(({ monitor_slug }) => monitor_slug !== 'nightly');
    expect(own.map(({ monitor_slug }) => monitor_slug)).toEqual([slug, slug]);
    expect(statuses(own)).toEqual([end, 'in_progress'].sort());
    expect(app.receiver.events.map(valueOf)).toHaveLength(end === 'error' ? 1 : 0);
  });

  test('overlapping runs have check-ins of their own', async () => {
    await app.tell({ fire: 'overlapping', times: 3 });
    const begun = await arrived(3);
    expect(new Set(begun.map(({ check_in_id }) => check_in_id)).size).toBe(3);
    await app.tell({ release: 1 });
    const [, , , first] = await arrived(4);
    expect(first).toMatchObject({ status: 'ok', check_in_id: expect.stringMatching(ID) });
    await app.tell({ release: 2 });
    const all = await arrived(6);
    const ended = all.filter(({ status }) => status === 'ok').map(({ check_in_id }) => check_in_id);
    expect(ended.sort()).toEqual(begun.map(({ check_in_id }) => check_in_id).sort());
  });

  test.each([['waits'], ['dynamic-waits']])('%s: a tick that is skipped does not check in', async (name) => {
    await app.tell({ fire: name, times: 3 });
    await arrived(1);
    await app.tell({ release: 5 });
    expect(statuses(await arrived(2))).toEqual(['in_progress', 'ok']);
    await app.spans((span) => span.name === `cron ${name}`);
  });

  test('a job that has got other times has them in its monitor', async () => {
    await app.tell({ move: 'moved' });
    const [begun] = await checkInsOf('moved', 2);
    expect(begun!.monitor_config).toMatchObject({
      schedule: { type: 'crontab', value: '7 9 * * *' },
      timezone: 'Asia/Tokyo',
    });
  });

  test('a dynamic job fails as without this library, and is reported once', async () => {
    const { ran } = await app.tell({ fire: 'dynamic-sync' });
    expect(ran).toEqual(['first callback']);
    const [event] = await app.events('failure of the first callback', 1);
    expect(event).toMatchObject({
      transaction: 'cron dynamic-sync',
      tags: { kind: 'cron' },
      exception: { values: [{ mechanism: { type: 'auto.function.nestjs.cron', handled: false } }] },
    });
    await poll(() => {
      expect(app.app.output).toContain('[Cron] error in callback');
    });
  });

  test('nothing that a dynamic job has set shows in the next one', async () => {
    await checkInsOf('Dynamic report', 2);
    await app.tell({ fire: 'dynamic-failing' });
    const [event] = await app.events('failure of a dynamic job', 1);
    expect(event.user?.id).toBeUndefined();
  });

  test('each job without a monitor is named once, with the reason and the fix', async () => {
    await app.tell({ fire: 'often', times: 2 });
    await app.tell({ fire: 'dynamic-often', times: 2 });
    await app.status();
    const warnings = app.app.output.split('\n').filter((line) => /No cron monitor|@Monitor on/.test(line));
    const about = (text: string) => warnings.filter((line) => line.includes(text));
    expect(about('ReportsService.often')).toEqual([
      expect.stringContaining(
        "No cron monitor for ReportsService.often: '*/10 * * * * *' runs several times a minute, and a monitor of " +
          "Sentry counts in minutes. Give it one with @Monitor({ schedule: '* * * * *' }), or none with @Monitor(false).",
      ),
    ]);
    expect(about('ReportsService.offset')).toEqual([expect.stringContaining('a utcOffset of 330 minutes')]);
    expect(about('ReportsService.sameAgain')).toEqual([
      expect.stringContaining("another job has the slug 'same-slug'. Give it one with @Monitor({ slug: '…' })"),
    ]);
    expect(about("the job 'dynamic-often'")).toHaveLength(1);
    expect(about('ReportsService.polls')).toEqual([
      expect.stringContaining('does nothing: the method runs as an interval'),
    ]);
    expect(about('ReportsService.disabled').length).toBeLessThanOrEqual(1);
    expect(about('ReportsService.dated')).toEqual([]);
    expect(about('ReportsService.without')).toEqual([]);
  });
});

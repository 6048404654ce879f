import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { poll } from '../../harness/poll';
import { HOSTILE, paymentError, paymentTrace } from './fixtures';
import { describeInbox } from './inbox-page';

describeInbox('the page in a browser', (inbox) => {
  test('a click on an issue shows its TypeScript, with the frames of libraries folded', async () => {
    await inbox.open();
    await inbox.page.click('#list .row');
    await poll(async () => {
      expect((await inbox.textOf('.frame.own .place'))[0]).toMatch(/^src\/pay\.ts:5:\d+$/);
    });
    expect(await inbox.textOf('.frame.own .line.hit')).toEqual([expect.stringContaining('(order: Order): number => order.total')]); // prettier-ignore
    expect(await inbox.textOf('.frame.own')).toHaveLength(1);
    expect(await inbox.textOf('.folded summary')).toEqual(['3 frames of nestjs-error-tracker, @nestjs/core, Node.js']);
    expect(await inbox.textOf('.folded .frame')).toEqual(['', '', '']);
    await inbox.page.click('.folded summary');
    await poll(async () => {
      expect((await inbox.textOf('.folded .frame .function')).slice(0, 2)).toEqual(['within', 'proxy']);
    });
    const headings = (await inbox.textOf('#detail h2')).map((heading) => heading.split(/\s{2}|\n/)[0]);
    for (const heading of ['Operation', 'Exception', 'Breadcrumbs', 'Tags', 'User', 'Request'])
      expect(headings.join()).toContain(heading);
    expect(await inbox.textOf('.exception')).toEqual([expect.stringContaining('PaymentError'), expect.stringContaining('GatewayTimeout')]); // prettier-ignore
    await inbox.page.click('.scrubbed summary');
    expect((await inbox.textOf('.scrubbed tbody tr')).join()).toMatch(/user\.email\s+@email\s+replaced: \[Filtered\]/);
    expect(await inbox.textOf('.relay')).toEqual([expect.stringContaining('Sentry would take this')]);
  });

  test('a click on the error of a span leads to it, and back to the trace', async () => {
    await inbox.open('#/traces');
    await inbox.page.click('#list .row');
    const bars = await inbox.page.$$eval('.waterfall .span', (nodes) =>
      nodes.map((node) => node.getAttribute('class')),
    );
    expect(bars).toEqual(['span c0 bad', 'span c1 bad']);
    await inbox.page.click('.waterfall li:nth-child(2) summary');
    await inbox.shown('.waterfall .facts');
    await inbox.page.click('.waterfall li:nth-child(2) .mark');
    await inbox.shown('article.event');
    await inbox.press('Show trace');
    await inbox.shown('article.trace');
  });

  test('jobs and monitors', async () => {
    const checkIn = (id: string, status: string) => ({ check_in_id: id.repeat(32), monitor_slug: 'nightly', status, duration: 2, monitor_config: { schedule: { type: 'crontab', value: '0 3 * * *' } } }); // prettier-ignore
    await inbox.deliver(['check_in', checkIn('1', 'in_progress')], ['check_in', checkIn('1', 'ok')], ['check_in', checkIn('2', 'error')]); // prettier-ignore
    const job = { ...paymentTrace(), transaction: 'mail', spans: [], contexts: { trace: { trace_id: '9'.repeat(32), span_id: '9'.repeat(16), op: 'queue.process', status: 'ok' } } }; // prettier-ignore
    const late = { ...job, transaction: 'mail.log', contexts: { trace: { ...job.contexts.trace, parent_span_id: '9'.repeat(16), span_id: '8'.repeat(16), op: 'function' } } }; // prettier-ignore
    await inbox.deliver(['transaction', job], ['transaction', late]); // a function that outlasts its job is none
    await inbox.open('#/jobs');
    expect(await inbox.rows()).toEqual(['nightly', 'mail']);
    expect(await inbox.textOf('#list .badge')).toEqual(['error', 'queue.process']);
    await inbox.page.click('#list .row');
    await inbox.shown('article.monitor');
    expect((await inbox.textOf('.monitor tbody tr')).map((row) => row.split(/\s+/)[1])).toEqual(['error', 'ok']);
    expect(await inbox.textOf('.monitor .chips')).toEqual([expect.stringContaining('0 3 * * *')]);
    await inbox.page.goto(`${inbox.inbox.url}/#/job/mail`);
    await inbox.press('Show trace');
    await inbox.shown('article.trace');
  });

  test('delivery: what Sentry would refuse, what was lost, what was late', async () => {
    const old = { event_id: '7'.repeat(32), timestamp: Date.now() / 1000 - 60, tags: { 'bad\u00e4': 'x' } };
    await inbox.deliver(['event', paymentError([], old)], ['transaction', { ...paymentTrace(), contexts: {} }]);
    await inbox.deliver(['client_report', { discarded_events: [{ category: 'error', reason: 'network_error', quantity: 3 }] }]); // prettier-ignore
    await inbox.open('#/delivery');
    expect(await inbox.textOf('#list .badge')).toEqual(['lost', 'refused', 'changed']);
    const tables = (await inbox.textOf('.delivery table')).join('\n');
    expect(tables).toMatch(/transaction\s+2\s+.* [KM]?B\s+1\s+0/);
    expect(tables).toMatch(/error\s+network_error\s+3/);
    expect(tables).toMatch(/PaymentError: not paid\s+1 min 0 s/);
    await inbox.page.click('#list li:nth-child(2) .row');
    await inbox.shown('.relay.refused');
  });

  test('hostile events are text, and 5 MB are shown', async () => {
    await inbox.deliver(['event', { message: `${HOSTILE}<script>alert(1)</script>`, extra: { long: 'x'.repeat(5 * 1024 * 1024) }, tags: { [HOSTILE]: HOSTILE } }]); // prettier-ignore
    await inbox.open('#/messages');
    await inbox.page.click('#list .row');
    await inbox.shown('.relay.refused');
    expect((await inbox.textOf('#detail h1')).join()).toContain('<script>alert(1)</script>');
    await inbox.press('Raw JSON');
    await inbox.shown('article.raw');
    expect(await inbox.page.$$('#detail img, #detail script, #list img')).toEqual([]);
  });

  test('a monitor whose next run did not arrive in time is missed, until it runs again', async () => {
    const file = join(inbox.project.folder, `missed-${inbox.size.width}.jsonl`);
    const checkIn = (slug: string, schedule: object) => ({ check_in_id: slug.repeat(32).slice(0, 32), monitor_slug: slug, status: 'ok', monitor_config: { schedule, timezone: 'UTC', checkin_margin: 1 } }); // prettier-ignore
    const every = (value: number) => ({ type: 'interval', value, unit: 'minute' });
    const gone = checkIn('gone', { type: 'crontab', value: '*/20 * * * *' });
    const seen = [checkIn('late', every(25)), checkIn('in-time', every(70)), gone];
    const receivedAt = new Date(Date.now() - 60 * 60_000).toISOString();
    const lines = seen.map((payload, id) => JSON.stringify({ id: `old-${id}`, type: 'check_in', receivedAt, payload }));
    await writeFile(file, `${lines.join('\n')}\n`);
    const { port } = inbox.inbox;
    await inbox.inbox.close();
    await inbox.start({ port, file });

    await inbox.open('#/jobs');
    const badges = () => inbox.page.$$eval('#list .row', (rows) => Object.fromEntries(rows.map((row) => [row.querySelector('.title')?.textContent, row.querySelector('.badge')?.textContent]))); // prettier-ignore
    await poll(async () => {
      expect(await badges()).toEqual({ late: 'missed', 'in-time': 'ok', gone: 'missed' });
    });
    await inbox.page.click('#list a[href$="/late"]');
    await inbox.shown('article.monitor');
    expect((await inbox.textOf('.monitor tbody .badge')).join()).toBe('missed,missed,ok');
    expect(await inbox.textOf('.monitor .head .badge')).toEqual(['missed']);

    await inbox.deliver(['check_in', { ...checkIn('late', every(25)), check_in_id: '7'.repeat(32) }]);
    await poll(async () => {
      expect(await badges()).toMatchObject({ late: 'ok' });
      expect((await inbox.textOf('.monitor tbody .badge')).join()).toBe('ok,missed,missed,ok');
    });
  });

  test('an error appears as it arrives, and is still there after a restart', async () => {
    const file = join(inbox.project.folder, `items-${inbox.size.width}.jsonl`);
    const { port } = inbox.inbox;
    await inbox.inbox.close();
    await inbox.start({ port, file });
    await inbox.open();
    const fresh = { fingerprint: ['new'], event_id: '8'.repeat(32), exception: { values: [{ type: 'NewError' }] } };
    await inbox.deliver(['event', paymentError([], fresh)]);
    const appears = () =>
      poll(async () => {
        expect(await inbox.rows()).toEqual(['NewError']);
        expect(await inbox.page.title()).toBe('(1) Inbox');
      }, 15_000);
    await appears();
    await inbox.inbox.close();
    await inbox.start({ port, file });
    await inbox.page.reload();
    await appears();
  });
});

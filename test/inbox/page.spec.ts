import { startInbox, type InboxItem } from '../../lib/inbox/index.js';
import { PAGE_SCRIPT } from '../../lib/inbox/page/script/script.js';
import { openPage } from './page-in-node.js';
import { send } from './raw-request.js';

let nextId = 0;
const item = (type: string, payload: unknown): InboxItem => ({
  id: `item-${(nextId += 1)}`,
  type,
  receivedAt: '2026-01-02T03:04:05.000Z',
  payload,
});

const AT = 1_767_323_045;
const declined = {
  event_id: 'e'.repeat(32),
  level: 'error',
  timestamp: AT,
  transaction: 'POST /orders/:id/payment',
  exception: {
    values: [
      { type: 'GatewayError', value: 'no funds' },
      {
        type: 'PaymentDeclinedError',
        value: 'Order 4711 was declined',
        stacktrace: {
          frames: [
            { filename: 'node_modules/rxjs/map.js', function: 'map', in_app: false },
            { filename: 'src/checkout.ts', function: 'pay', lineno: 20, in_app: true, pre_context: ['before();'], context_line: 'throw error;', post_context: ['after();'] },
          ],
        },
      },
    ],
  },
  breadcrumbs: [{ timestamp: AT - 1.5, category: 'operation', message: 'checkout.pay started', data: { orderId: 4711 } }],
  tags: { tenant: 'acme' },
  user: { id: 'u1' },
  request: { method: 'POST', url: 'http://localhost/orders', headers: { authorization: '[Filtered]' } },
  contexts: {
    trace: { trace_id: 't1', span_id: 's2' },
    operation: { name: 'payment.charge', chain: [{ name: 'checkout.pay', data: { orderId: 4711 } }, { name: 'payment.charge', op: 'function' }] },
  },
  _meta: { user: { email: { '': { rem: [['@email', 's', 0, 9]] } } } },
}; // prettier-ignore
const transaction = {
  type: 'transaction',
  transaction: 'POST /orders/:id/payment',
  start_timestamp: AT - 2,
  timestamp: AT,
  contexts: { trace: { trace_id: 't1', span_id: 's1', op: 'http.server', status: 'internal_error' } },
  spans: [
    { span_id: 's3', parent_span_id: 's2', op: 'db', description: 'SELECT ?', start_timestamp: AT - 0.5, timestamp: AT },
    { span_id: 's2', parent_span_id: 's1', op: 'function', description: 'checkout.pay', start_timestamp: AT - 1, timestamp: AT },
  ],
}; // prettier-ignore

describe('alerts', () => {
  const fired = { kind: 'fired', rule: 'error-burst', severity: 'critical', title: '11 errors within 1m', message: 'Latest: Error: <b>boom</b>', count: 11 };

  it('have a list of their own once there is one, and show what they say', async () => {
    const alert = item('alert', fired);
    const page = await openPage([item('event', declined), alert]);
    const { list, tabs } = page.show('#/alerts');
    expect(tabs).toEqual(['Errors1', 'Traces0', 'Messages0', 'Alerts1', 'Delivery0', 'Other0']);
    for (const part of ['fired', '11 errors within 1m', '×11', 'error-burst', 'Latest: Error: <b>boom</b>']) expect(list.textContent).toContain(part);
    const { detail } = page.show(`#/item/${alert.id}`);
    expect(detail.textContent).toContain('fired: 11 errors within 1m');
  });

  it('of any shape are shown as text', async () => {
    for (const payload of [null, 'text', [], { title: {}, count: 'x', severity: [], tags: 1 }]) {
      const page = await openPage([item('alert', payload)]);
      expect(page.show('#/alerts').tabs).toContain('Alerts1');
    }
  });
}); // prettier-ignore

describe('the page', () => {
  it('shows an error with everything that led to it', async () => {
    const page = await openPage([item('event', declined)]);
    const { list, detail, tabs } = page.show(`#/event/${declined.event_id}`);
    expect(tabs).toEqual(['Errors1', 'Traces0', 'Messages0', 'Delivery0', 'Other0']);
    expect(list.textContent).toContain('PaymentDeclinedError');
    const headings = detail.all().filter(({ tag }) => tag === 'h2').map((heading) => heading.textContent); // prettier-ignore
    expect(headings.join()).toMatch(/^Operation.*Exception.*Breadcrumbs.*Tags.*User.*Request/);

    const exceptions = detail.having('exception').map((exception) => exception.textContent);
    expect(exceptions).toHaveLength(2);
    expect(exceptions[0]).toContain('PaymentDeclinedError');
    expect(exceptions[1]).toContain('caused byGatewayError');
    expect(detail.having('own').map((frame) => frame.textContent)).toEqual([
      expect.stringContaining('src/checkout.ts:20'),
    ]);
    expect(detail.having('folded')[0]?.textContent).toContain('1 frame of rxjs');
    expect(detail.having('hit')[0]?.textContent).toBe('20throw error;\n');

    expect(detail.having('crumbs')[0]?.textContent).toContain('\u22121.50 soperationcheckout.pay startedorderId4711');
    expect(detail.having('chain')[0]?.children.map((step) => step.textContent)).toEqual([
      'checkout.payorderId4711',
      'payment.chargefunctionfailed here',
    ]);
    expect(detail.having('scrubbed')[0]?.textContent).toContain('2 values scrubbed');
    expect(detail.having('scrubbed')[0]?.textContent).toContain('user.email@email');
    expect(detail.having('scrubbed')[0]?.textContent).toContain('request.headers.authorization[Filtered]');
  });

  it('shows each event that could not be read as an error of its own', async () => {
    const page = await openPage(['{"message": oops', 'This payload is nested too deeply: [[', null].map((each) => item('event', each)));
    const { list, tabs } = page.show('#/errors');
    expect(tabs[0]).toBe('Errors3');
    for (const part of ['{"message": oops', 'nested too deeply', 'null']) expect(list.textContent).toContain(part);
  }); // prettier-ignore

  it('shows a context operation of another shape as plain data', async () => {
    const slow = { message: 'Slow operation', contexts: { operation: { duration: 4210, threshold: 2000 } } };
    const shown = item('event', slow);
    const { detail, tabs } = (await openPage([shown])).show(`#/event/${shown.id}`);
    expect(tabs[2]).toBe('Messages1');
    expect(detail.textContent).toContain('duration4210');
  });

  it('shows equal errors as one row', async () => {
    const again = { ...declined, event_id: 'f'.repeat(32) };
    const other = { ...declined, fingerprint: ['mine'] };
    const page = await openPage([again, declined, other].map((event) => item('event', event)));
    const rows = page.show('#/errors').list.having('row');
    expect(rows.map((row) => row.having('count').map((count) => count.textContent))).toEqual([['\u00d72'], []]);
    expect(page.show(`#/event/${declined.event_id}`).detail.textContent).toContain('occurrence 1 of 2');
  });

  it('shows a trace as a waterfall with the error where it happened', async () => {
    const { list, detail } = (await openPage([item('transaction', transaction), item('event', declined)])).show('#/trace/t1');
    expect(list.textContent).toContain('3 spans, 1 error');
    const rows = detail.having('waterfall')[0]!.children;
    expect(rows.map((row) => row.having('label')[0]?.textContent)).toEqual([
      'http.serverPOST /orders/:id/payment',
      'functioncheckout.pay',
      'dbSELECT ?',
    ]);
    expect(rows.map((row) => row.having('span')[0]?.style)).toEqual([
      { left: '0.000%', width: '100.000%' },
      { left: '50.000%', width: '50.000%' },
      { left: '75.000%', width: '25.000%' },
    ]);
    expect(rows.map((row) => row.having('mark').map((mark) => mark.getAttribute('href')))).toEqual([
      [],
      [`#/event/${declined.event_id}`],
      [],
    ]);
  }); // prettier-ignore

  it('draws each span once, even if spans form a cycle', async () => {
    const ring = [
      { span_id: 'a', parent_span_id: 'b', start_timestamp: AT - 1, timestamp: AT },
      { span_id: 'b', parent_span_id: 'a', start_timestamp: AT - 1, timestamp: AT },
      { span_id: 'b', parent_span_id: 's1', start_timestamp: AT - 1, timestamp: AT },
    ];
    const { detail } = (await openPage([item('transaction', { ...transaction, spans: ring })])).show('#/trace/t1');
    expect(detail.having('waterfall')[0]?.children).toHaveLength(3);
  });

  it('puts streamed spans of several batches into one trace', async () => {
    const span = (id: string, parent: string | undefined, start: number) => ({
      trace_id: 't2', span_id: id, parent_span_id: parent, name: `span ${id}`, start_timestamp: start, end_timestamp: 10,
      status: 'ok', is_segment: parent === undefined, attributes: { 'sentry.op': { type: 'string', value: 'function' } },
    }); // prettier-ignore
    const page = await openPage([item('span', { items: [span('b', 'a', 2), span('c', 'gone', 3)] }), item('span', { items: [span('a', undefined, 1)] })]); // prettier-ignore
    const { list, detail } = page.show('#/trace/t2');
    expect(list.having('row').map((row) => row.textContent)).toEqual([expect.stringContaining('span a')]);
    expect(detail.having('waterfall')[0]?.children.map((row) => row.having('label')[0]?.textContent)).toEqual([
      'functionspan a',
      'functionspan b',
      'functionspan c',
    ]);
  });

  it('shows logs, metrics and everything else under Other', async () => {
    const log = item('log', { items: [{ timestamp: AT, level: 'warn', body: 'Retrying', attributes: { attempt: { value: 2 } } }] });
    const page = await openPage([log, item('check_in', { monitor_slug: 'nightly', status: 'ok' }), item('unheard_of', 'text')]);
    expect(page.show('#/other').list.having('row').map((row) => row.textContent)).toEqual([
      expect.stringContaining('logRetrying'),
      expect.stringContaining('check_innightly ok'),
      expect.stringContaining('unheard_oftext'),
    ]);
    expect(page.show(`#/item/${log.id}`).detail.textContent).toContain('warnRetryingattempt2');
    expect(page.show(`#/raw/${log.id}`).detail.textContent).toContain('"attempt": {');
  }); // prettier-ignore

  it('explains how to send the first event while there is none', async () => {
    const { detail } = (await openPage([])).show('');
    expect(detail.textContent).toContain('SENTRY_DSN=http://inbox@127.0.0.1:8970/1 node dist/main.js');
  });

  it('says that an item is no longer in the inbox', async () => {
    expect((await openPage([])).show('#/event/%E0%A4%A').detail.textContent).toContain('No longer in the inbox');
  });
});

describe('an item of very many values', () => {
  const many = (length: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, n]));
  const crowded = {
    extra: many(70_000),
    tags: Array.from({ length: 30_000 }, (_, n) => [`t${n}`, n]),
    contexts: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`c${n}`, { n }])),
    breadcrumbs: Array.from({ length: 10_000 }, () => ({ message: 'm' })),
    exception: { values: [{ type: 'E', value: '[Filtered]'.repeat(50_000), stacktrace: { frames: Array.from({ length: 10_000 }, (_, n) => ({ function: `f${n}`, in_app: true })) } }] },
  }; // prettier-ignore

  it('is drawn in part, and says how much is left out', async () => {
    const event = item('event', crowded);
    const page = await openPage([event]);
    const before = page.made.length;
    const { detail } = page.show(`#/event/${event.id}`);
    expect(page.made.length - before).toBeLessThan(80_000);
    expect(detail.textContent).toContain('… and 68000 more');
    expect(detail.textContent).toContain('… and 28000 more');
    expect(detail.textContent).toContain('[Filtered]'.repeat(50_000));
  });

  it('is indented only as far as that stays in proportion', async () => {
    const nest = `${'['.repeat(499)}${']'.repeat(499)}`;
    const deep = item('event', JSON.parse(`[${new Array(200).fill(nest).join(',')}]`));
    const plain = item('event', { a: { b: 1 } });
    const page = await openPage([deep, plain]);
    expect(page.show(`#/raw/${deep.id}`).detail.textContent.length).toBeLessThan(300_000);
    expect(page.show(`#/raw/${plain.id}`).detail.textContent).toContain('{\n  "a": {\n    "b": 1');
  });
});

describe('untrusted content', () => {
  const X = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
  const everywhere = (depth: number): unknown =>
    depth === 0 ? X : { [X]: everywhere(depth - 1), list: [everywhere(depth - 1)], __proto__: null };
  const texts: Record<string, unknown> = {};
  for (const name of ['event_id', 'level', 'message', 'transaction', 'environment', 'release', 'server_name'])
    texts[name] = X;
  const hostile = [
    item('event', { ...texts, exception: { values: [{ type: X, value: X, stacktrace: { frames: [{ filename: 'javascript:alert(1)', function: X, in_app: true, context_line: X, lineno: X, vars: everywhere(2) }] } }] }, breadcrumbs: [{ category: X, level: X, message: X, data: everywhere(1), timestamp: X }], tags: { [X]: X }, user: everywhere(2), extra: everywhere(2), request: { url: 'javascript:alert(1)', method: X, headers: everywhere(1), data: X }, contexts: { [X]: everywhere(1), operation: { chain: [{ name: X, op: X, data: everywhere(1), startedAt: X }] }, trace: { trace_id: X, span_id: X } } }),
    item('event', texts),
    item('transaction', { transaction: X, start_timestamp: 1, timestamp: 2, contexts: { trace: { trace_id: X, span_id: X, op: X, status: X } }, spans: [{ span_id: 'a', parent_span_id: 'b', op: 'constructor', description: X }, { span_id: 'b', parent_span_id: 'a' }] }),
    item(X, X),
    item('log', { items: [{ body: X, level: X, attributes: { [X]: { value: X } } }] }),
    item('attachment', { filename: X, size: X, text: X, eventId: X }),
  ]; // prettier-ignore
  const misshapen = ['check_in', 'alert', 'event', 'transaction', 'span', 'log', 'trace_metric', 'client_report', 'attachment', 'session', 'sessions'].flatMap((type) =>
    [null, [], 5, 'x', {}, { exception: 5, spans: 5, items: 5, contexts: [] }, { items: [null, []], exception: [null, { stacktrace: { frames: [null, {}] } }], breadcrumbs: {}, tags: [1, [2]], spans: [null, {}], fingerprint: {}, _meta: [] }].map((payload) => item(type, payload)),
  ); // prettier-ignore

  it('is shown as text everywhere', async () => {
    const page = await openPage([...hostile, ...misshapen]);
    const visited = new Set<string>();
    const visit = (hash: string): void => {
      if (visited.has(hash)) return;
      visited.add(hash);
      const { list, detail } = page.show(hash);
      expect(detail.textContent).not.toContain('cannot be shown');
      expect(list.textContent).not.toContain('cannot be shown');
      for (const link of [...list.all(), ...detail.all()].filter(({ tag }) => tag === 'a'))
        visit(link.getAttribute('href')!);
    };
    for (const view of ['errors', 'traces', 'messages', 'jobs', 'alerts', 'delivery', 'other']) visit(`#/${view}`);
    expect(visited.size).toBeGreaterThan(hostile.length + misshapen.length);

    const tags = new Set(page.made.map(({ tag }) => tag));
    for (const dangerous of ['img', 'script', 'svg', 'iframe', 'object', 'style', 'link'])
      expect(tags).not.toContain(dangerous);
    const attributes = page.made.flatMap(({ attributes: own }) => [...own]);
    for (const [name, value] of attributes) {
      expect(name).toMatch(/^(?:class|href|title|type|open|tabindex|role|scope|datetime|data-key|aria-[a-z]+)$/);
      if (name === 'href') expect(value).toMatch(/^#\/[a-z]+(?:\/[^/<>"]*)?$/);
      if (name === 'class') expect(value).not.toMatch(/[<>"]/);
    }
  });

  it('is handled by a script that cannot turn text into markup', () => {
    expect(PAGE_SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|DOMParser|srcdoc/,
    );
  });

  it('is subject to a strict content security policy', async () => {
    const inbox = await startInbox({ port: 0 });
    const { headers, body } = await send(`${inbox.url}/`);
    const assets = await Promise.all(['/page.js', '/page.css', '/icon.svg'].map((path) => send(inbox.url + path)));
    await inbox.close();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    expect([...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address).filter((address) => !/^[/#]/.test(address!))).toEqual([]);
    expect(assets.map(({ status }) => status)).toEqual([200, 200, 200]);
  }); // prettier-ignore
});

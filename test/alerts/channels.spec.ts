import { createHmac } from 'node:crypto';
import { jira, pagerDuty, slack, webhook } from '../../lib/alerts';
import { ChannelQueue } from '../../lib/alerts/channels/channel-queue';
import type { AlertChannel, AlertNotification } from '../../lib/options/alert-options';
import { HttpReceiver } from './http-receiver';
import { digest, HOSTILE, notification } from './notification';

let receiver: HttpReceiver;
beforeEach(async () => {
  receiver = await HttpReceiver.start();
});
afterEach(() => receiver.close());

const send = (channel: AlertChannel, each: AlertNotification) => channel.send(each, AbortSignal.timeout(5_000));

describe('slack', () => {
  const channel = (more: object = {}) => slack({ webhookUrl: `${receiver.url}/services/T/B/x`, ...more });

  /** Slack's limits of Block Kit, and that no text is anything but text. */
  function checkBlocks({ text, blocks }: any): void {
    expect(typeof text).toBe('string');
    expect(blocks.length).toBeLessThanOrEqual(50);
    const texts: string[] = [text];
    for (const block of blocks) {
      expect(['header', 'section', 'context']).toContain(block.type);
      if (block.type === 'header') {
        expect(block.text).toMatchObject({ type: 'plain_text' });
        expect(block.text.text.length).toBeLessThanOrEqual(150);
      }
      expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
      for (const part of [block.text, ...(block.fields ?? []), ...(block.elements ?? [])].filter(Boolean)) {
        expect(part.text.length).toBeGreaterThan(0);
        expect(part.text.length).toBeLessThanOrEqual(block.text === part ? 3_000 : 2_000);
        texts.push(part.text);
      }
    }
    const withoutLinks = texts.join('\n').replace(/<https:\/\/acme\.sentry\.io\/[^|<>\s]*\|Open in Sentry>/g, '');
    expect(withoutLinks).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(texts.join('\n')).not.toMatch(/@(here|channel|everyone)/);
  }

  test('a long title is cut between characters, and a link that is too long is left out', async () => {
    const url = `https://acme.sentry.io/?${'a&'.repeat(1_500)}`;
    for (const shift of ['', 'x']) await send(channel(), notification({ title: shift + '😀'.repeat(200), url }));
    for (const { body } of receiver.requests as any[]) {
      checkBlocks(body);
      expect(JSON.stringify(body)).not.toMatch(/\\ud[89a-f]/); // half of a character
    }
  });

  test('is text and Block Kit, with all that is known', async () => {
    await send(channel({ channel: '#ops' }), notification());
    const [{ body }] = receiver.requests as [any];
    checkBlocks(body);
    expect(body.channel).toBe('#ops');
    const text = JSON.stringify(body);
    for (const part of [
      '12 errors within 1m',
      'TypeError: boom',
      'production',
      '1.2.3',
      'tenant=acme',
      '2026-01-01T00:00:59.000Z',
    ])
      expect(text).toContain(part);
    expect(text).toContain('https://acme.sentry.io/issues/?project=1&amp;query=abc');
  });

  test('an error message can neither notify nor link', async () => {
    await send(
      channel(),
      notification({ title: HOSTILE, message: HOSTILE, tags: { [HOSTILE]: HOSTILE }, environment: HOSTILE }),
    );
    checkBlocks(receiver.bodies[0]);
  });

  test('stays within the limits, however long the texts are', async () => {
    const long = '<&>'.repeat(2_000);
    await send(channel(), notification({ title: long, message: long, tags: { a: long } }));
    await send(channel(), digest(20, 400, { title: long }));
    receiver.bodies.forEach(checkBlocks);
    expect(JSON.stringify(receiver.bodies[1])).toContain('and 400 more');
  });
});

describe('webhook', () => {
  const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  test.each([SECRET, `whsec_${SECRET}`])('signs as Standard Webhooks say, with %s', async (secret) => {
    const given = notification();
    await send(webhook({ url: receiver.url, secret }), given);
    const [{ headers, text, body }] = receiver.requests as [any];
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
    const expected = createHmac('sha256', Buffer.from(SECRET, 'base64')).update(content).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(5);
    expect(body).toEqual(given);
  });

  test('another try has the same id, another message another one', async () => {
    const channel = webhook({ url: receiver.url });
    const given = notification();
    for (const each of [given, given, notification()]) await send(channel, each);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(receiver.requests[0]!.headers['webhook-signature']).toBeUndefined();
  });

  test('a redirect is not followed', async () => {
    receiver.answer = (_request, response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end();
    await expect(send(webhook({ url: receiver.url }), notification())).rejects.toMatchObject({ isFinal: true });
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/']);
  });
});

describe('pagerDuty', () => {
  const channel = () => pagerDuty({ routingKey: 'R0UT1NG', url: `${receiver.url}/v2/enqueue` });

  test.each<[AlertNotification['kind'], string]>([
    ['fired', 'trigger'],
    ['ongoing', 'trigger'],
    ['escalated', 'trigger'],
    ['acknowledged', 'acknowledge'],
    ['recovered', 'resolve'],
  ])('%s: %s', async (kind, action) => {
    const given = notification({ kind, title: 'x'.repeat(2_000) });
    await send(channel(), given);
    const [body] = receiver.bodies;
    expect(body).toMatchObject({ routing_key: 'R0UT1NG', event_action: action, dedup_key: given.id });
    if (action !== 'trigger') return;
    expect(body.payload).toMatchObject({ source: 'production', severity: 'critical', component: 'error-burst' });
    expect(body.payload.summary.length).toBeLessThanOrEqual(1_024);
    expect(Date.parse(body.payload.timestamp)).toBe(Date.parse(given.lastSeen));
    expect(body.links).toEqual([{ href: given.url, text: 'Open in Sentry' }]);
  });

  test('keeps an incident for each alert of a window', async () => {
    const queue = new ChannelQueue(channel(), { inProcess: (run) => run(), clean: (text) => text });
    for (let at = 0; at < 50; at++) queue.push(notification({ id: `id-${at}` }));
    await queue.close();
    expect(receiver.bodies.map(({ dedup_key: key }) => key)).toEqual(Array.from({ length: 50 }, (_, at) => `id-${at}`));
  });

  test('a test leaves no incident behind', async () => {
    await send(channel(), notification({ kind: 'test' }));
    expect(receiver.bodies.map(({ event_action: action }) => action)).toEqual(['trigger', 'resolve']);
    expect(receiver.bodies[0].payload.summary).toMatch(/^Test: /);
  });
});

describe('jira', () => {
  const options = () => ({ url: receiver.url, email: 'bot@acme.com', token: 'T0KEN', project: 'OPS' });
  const issues: any[] = [];

  beforeEach(() => {
    issues.length = 0;
    receiver.answer = ({ method, path, body }, response) => {
      if (method === 'GET') {
        const label = /alert-[\w-]+/.exec(decodeURIComponent(path))?.[0];
        const found = issues.filter(({ fields }) => fields.labels.includes(label));
        response.end(JSON.stringify({ issues: found.map(({ key }) => ({ key })) }));
        return;
      }
      if (!path.endsWith('/comment')) issues.push({ key: `OPS-${issues.length + 1}`, fields: body.fields });
      response.writeHead(201).end(JSON.stringify({ id: '1', key: `OPS-${issues.length}` }));
    };
  });

  /** The parts of the Atlassian document format that are used. */
  function checkDocument(node: any, isRoot = true): void {
    if (isRoot) expect(node).toMatchObject({ type: 'doc', version: 1 });
    if (node.type === 'text') {
      expect(node.text.length).toBeGreaterThan(0);
      expect(node.text).not.toContain('\n');
      return;
    }
    expect(node.content.length).toBeGreaterThan(0);
    for (const child of node.content) checkDocument(child, false);
  }

  test('creates one issue for an alert, and comments on it when it escalates and recovers', async () => {
    const channel = jira(options());
    for (const kind of ['fired', 'ongoing', 'escalated', 'acknowledged', 'recovered'] as const)
      await send(channel, notification({ kind }));
    expect(receiver.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /rest/api/3/issue',
      'POST /rest/api/3/issue/OPS-1/comment',
      'POST /rest/api/3/issue/OPS-1/comment',
    ]);
    const [created, ...comments] = receiver.requests as [any, ...any[]];
    expect(created.headers.authorization).toBe(`Basic ${Buffer.from('bot@acme.com:T0KEN').toString('base64')}`);
    expect(created.body.fields).toMatchObject({
      project: { key: 'OPS' },
      issuetype: { name: 'Bug' },
      summary: '12 errors within 1m',
    });
    checkDocument(created.body.fields.description);
    for (const { body } of comments) checkDocument(body.body);
    expect(JSON.stringify(comments[1].body)).toContain('Recovered: ');
  });

  test('the answer to the first try was lost: there is no second issue', async () => {
    const channel = jira(options());
    const answer = receiver.answer;
    receiver.answer = (request, response) => {
      answer(request, { end: () => undefined, writeHead: () => ({ end: () => undefined }) } as never);
      response.writeHead(502).end();
    };
    const given = notification();
    await expect(send(channel, given)).rejects.toMatchObject({ isFinal: false });
    receiver.answer = answer;
    await send(channel, given);
    await send(channel, notification({ kind: 'recovered' }));
    expect(issues).toHaveLength(1);
    expect(receiver.requests.at(-1)!.path).toBe('/rest/api/3/issue/OPS-1/comment');
  });

  test('another process finds the issue by its label', async () => {
    await send(jira(options()), notification());
    await send(jira(options()), notification({ kind: 'escalated' }));
    expect(issues).toHaveLength(1);
    expect(receiver.requests.at(-1)!.path).toBe('/rest/api/3/issue/OPS-1/comment');
  });

  test('texts stay within the limits and on one line', async () => {
    await send(
      jira(options()),
      notification({ title: `${HOSTILE} ${'x'.repeat(500)}`, message: `${HOSTILE}\n\n`, tags: { empty: '' } }),
    );
    const { summary, description } = issues[0].fields;
    expect(summary.length).toBeLessThanOrEqual(255);
    expect(summary).not.toMatch(/[\r\n]/);
    checkDocument(description);
  });
});

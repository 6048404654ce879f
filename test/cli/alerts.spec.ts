import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../lib/cli/program.js';
import { HttpReceiver } from '../alerts/http-receiver';
import { testTerminal } from './test-terminal.js';

const TOKEN = 'sntrys_very-secret';
let folder: string;
let sentry: HttpReceiver;
let rules: { issue: any[]; metric: any[] };
let teams: { id: string; slug: string }[];
let refused = '';
const before = { ...process.env };

/** A Sentry that keeps rules, and returns them with additions of its own. */
function serve(): void {
  rules = { issue: [], metric: [] };
  teams = [{ id: '7', slug: 'shop-team' }];
  refused = '';
  sentry.answer = ({ method, path, headers, body }, response) => {
    const say = (status: number, answer: unknown, more = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(answer));
    if (headers.authorization !== `Bearer ${TOKEN}`) return say(401, { detail: `bad ${headers.authorization}` });
    if (path === '/api/0/projects/acme/shop/') return say(200, { slug: 'shop', teams });
    if (refused !== '' && body?.name?.startsWith(refused)) return say(400, { name: ['refused'] });
    // As Sentry does: `test_critical_trigger_no_action`.
    if (body?.triggers?.some(({ actions }: any) => !(actions?.[0]?.targetIdentifier > '')))
      return say(400, { nonFieldErrors: ['Each trigger must have an associated action for this alert to fire.'] });
    const [, kind, id] = /\/(rules|alert-rules)\/(?:(\d+)\/)?(?:\?|$)/.exec(path) ?? [];
    const list = kind === 'rules' ? rules.issue : rules.metric;
    if (method === 'GET') {
      const page = path.includes('cursor=1') ? list.slice(1) : list.slice(0, 1);
      const link = `<${sentry.url}${path}?cursor=1>; rel="next"; results="${list.length > 1}"; cursor="1"`;
      return say(200, page, path.includes('cursor=1') ? {} : { link });
    }
    const decorated = (each: any) => ({ ...each, uuid: 'x', name: each.name ?? 'in words' });
    const stored = { ...body, id: String(list.length + 1), dateCreated: 'today' };
    if (stored.conditions) stored.conditions = stored.conditions.map(decorated);
    if (method === 'PUT')
      Object.assign(
        list.find((each) => each.id === id),
        body,
      );
    else list.push(stored);
    return say(method === 'PUT' ? 200 : 201, stored);
  };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alerts-cli-'));
  sentry = await HttpReceiver.start();
  serve();
  Object.assign(process.env, {
    SENTRY_AUTH_TOKEN: TOKEN,
    SENTRY_ORG: 'acme',
    SENTRY_PROJECT: 'shop',
    SENTRY_URL: sentry.url,
  });
});
afterEach(async () => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
  await sentry.close();
});

/** Jest cannot import a file at run time, so the environment brings the rules unless a test gives some. */
async function run(...args: string[]) {
  const terminal = testTerminal();
  const code = await runCommandLine(['alerts', ...args], terminal);
  expect(terminal.stdout + terminal.stderr).not.toContain(TOKEN);
  return { code, out: terminal.stdout, err: terminal.stderr };
}

describe('alerts', () => {
  beforeEach(() => {
    process.env.SENTRY_ALERT_WEBHOOK_URL = `${sentry.url}/hook`;
  });

  test('list: the rules of the environment', async () => {
    const { code, out } = await run('list');
    expect(code).toBe(0);
    expect(out).toContain('high-error-rate  errorRate  error  webhook\n');
    expect(out.trim().split('\n')).toHaveLength(7);
  });

  test('without rules and channels: wrong use', async () => {
    delete process.env.SENTRY_ALERT_WEBHOOK_URL;
    expect(await run('list')).toMatchObject({ code: 2, err: expect.stringContaining('--file dist/alerts.js') });
  });

  test('a file that is not there: wrong use', async () => {
    expect(await run('list', '--file', join(folder, 'none.js'))).toMatchObject({ code: 2 });
  });

  test('test: one marked message to each channel; 1 if one refuses', async () => {
    sentry.answer = (_request, response) => response.end('{}');
    expect(await run('test', 'new-error')).toMatchObject({ code: 0, out: 'webhook  sent\n' });
    expect(sentry.bodies).toMatchObject([{ kind: 'test', rule: 'new-error', title: 'Test of the rule new-error' }]);
    sentry.answer = (_request, response) => response.writeHead(404).end();
    expect(await run('test', 'new-error')).toMatchObject({ code: 1, out: expect.stringContaining('404') });
    expect(await run('test', 'nothing')).toMatchObject({ code: 2 });
  });

  test('diff, push and push again: idempotent, and clear about what has no equivalent', async () => {
    const first = await run('diff');
    expect(first.code).toBe(1);
    expect(first.out).toContain('create  issue alert  new-error (nestjs-error-tracker)');
    expect(first.out).toContain('create  metric alert  high-error-rate (nestjs-error-tracker)');
    expect(first.out).toContain(
      'no equivalent  api-down (nestjs-error-tracker): Sentry does not count requests in a row',
    );
    expect(first.out).toContain('no equivalent  database-connection');
    expect((await run('push', '--dry-run')).err).toContain('Nothing was changed.');
    expect(rules).toEqual({ issue: [], metric: [] });
    expect((await run('push')).code).toBe(0);
    expect(rules.issue.map(({ name }) => name)).toEqual(['new-error (nestjs-error-tracker)']);
    expect(rules.metric.map(({ name }) => name)).toEqual([
      'high-error-rate (nestjs-error-tracker)',
      'error-burst (nestjs-error-tracker)',
      'critical-errors (nestjs-error-tracker)',
      'payment-failures (nestjs-error-tracker)',
    ]);
    expect(rules.metric[2]).toMatchObject({
      projects: ['shop'],
      aggregate: 'count()',
      query: 'domain:["payment", "auth"]',
      timeWindow: 5,
      thresholdType: 0,
      triggers: [
        {
          label: 'critical',
          alertThreshold: 0,
          actions: [{ type: 'email', targetType: 'team', targetIdentifier: '7' }],
        },
      ],
    });
    expect(await run('diff')).toMatchObject({ code: 0 });
    sentry.requests.length = 0;
    expect((await run('push')).err).toContain('Nothing to do.');
    expect(sentry.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('a rule that somebody changed is put right; whom it notifies stays', async () => {
    await run('push');
    const actions = [{ type: 'slack', targetIdentifier: '#ops' }];
    rules.metric[1].triggers = [{ id: '7', label: 'critical', alertThreshold: 99, actions }];
    const warning = { id: '8', label: 'warning', alertThreshold: 5, actions };
    rules.metric[1].triggers.push(warning);
    rules.issue[0].actions = [{ id: 'own' }];
    rules.issue[0].owner = 'team:7';
    rules.issue[0].frequency = 1_440;
    expect(await run('diff')).toMatchObject({
      code: 1,
      out: expect.stringContaining('update  metric alert  error-burst (nestjs-error-tracker): triggers'),
    });
    await run('push');
    expect(rules.metric[1].triggers).toEqual([{ id: '7', label: 'critical', alertThreshold: 10, actions }, warning]);
    expect(rules.issue[0]).toMatchObject({ frequency: 15, actions: [{ id: 'own' }], owner: 'team:7' });
    expect(await run('diff')).toMatchObject({ code: 0 });
  });

  test('a rule of another name is left over; one that Sentry refuses does not stop the others', async () => {
    await run('push');
    rules.issue[0].name = 'renamed (nestjs-error-tracker)';
    rules.metric.shift();
    const { out } = await run('diff');
    expect(out).toContain('left over  renamed (nestjs-error-tracker)');
    refused = 'new-error';
    expect(await run('push')).toMatchObject({ code: 1, err: expect.stringContaining('refused 1 of 2') });
    expect(rules.metric.map(({ name }) => name)).toContain('high-error-rate (nestjs-error-tracker)');
  });

  test('a project without a team has no metric alerts', async () => {
    teams = [];
    expect((await run('push')).code).toBe(0);
    expect(rules.metric).toEqual([]);
    expect((await run('diff')).out).toContain('no equivalent  error-burst (nestjs-error-tracker): a metric alert');
  });

  test('a token that is no token is not shown', async () => {
    process.env.SENTRY_AUTH_TOKEN = 'sntrys_\nwrong-secret';
    const { code, out, err } = await run('push');
    expect(code).toBe(2);
    expect(err).toContain('SENTRY_AUTH_TOKEN');
    expect(out + err).not.toContain('wrong-secret');
  });

  test('a page of something else than Sentry: says where it came from', async () => {
    sentry.answer = (_request, response) => response.end('<html>Log in</html>');
    const { code, err } = await run('diff');
    expect(code).toBe(1);
    expect(err).toContain(`${sentry.url}/api/0/projects/acme/shop/ did not respond with JSON`);
  });

  test('a name that is no slug: wrong use', async () => {
    expect(await run('diff', '--org', '..')).toMatchObject({ code: 2, err: expect.stringContaining('a slug') });
  });

  test('a wrong token is not shown, whatever Sentry answers', async () => {
    process.env.SENTRY_AUTH_TOKEN = 'wrong-secret';
    const { code, out, err } = await run('diff');
    expect(code).toBe(1);
    expect(out + err).toContain('401');
    expect(out + err).not.toContain('wrong-secret');
  });

  test.each(['SENTRY_AUTH_TOKEN', 'SENTRY_ORG', 'SENTRY_PROJECT'])('without %s: wrong use', async (name) => {
    process.env[name] = '';
    expect(await run('diff')).toMatchObject({ code: 2, err: expect.stringContaining(name) });
  });

  test('an address of Sentry without TLS: wrong use', async () => {
    expect(await run('diff', '--url', 'http://sentry.example.com')).toMatchObject({ code: 2 });
  });
});

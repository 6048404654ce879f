import * as alerts from '../../lib/alerts';
import { alertsFromEnvironment } from '../../lib/alerts/environment';
import { resolveAlerts } from '../../lib/alerts/resolve-alerts';
import { ConfigurationError } from '../../lib/options/configuration-error';
import { validateModuleOptions } from '../../lib/options/resolve-module';

const { consoleChannel, email, errorCount, errorRate, jira, newError, pagerDuty, redisStore, slack, webhook } = alerts;

/** The path and the message of the error. */
function refusal(run: () => unknown): { path: string; message: string; received: string } {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  }
  throw new Error('it was accepted');
}

const ops = consoleChannel();
const one = () => errorCount({ above: 1, within: '1m' });

test.each<[string, () => unknown, string]>([
  ['a percentage', () => errorRate({ above: 5, within: '5m' }), 'errorRate.above'],
  ['a share of all', () => errorRate({ above: 1, within: '5m' }), 'errorRate.above'],
  ['a negative count', () => errorCount({ above: -1, within: '1m' }), 'errorCount.above'],
  ['a window that is too short', () => errorCount({ above: 1, within: '999ms' }), 'errorCount.within'],
  ['a window that is too long', () => errorCount({ above: 1, within: '25h' }), 'errorCount.within'],
  ['no window', () => errorCount({ above: 1 } as never), 'errorCount.within'],
  [
    'an expression that takes exponential time',
    () => newError({ where: { message: /^(a+)+$/ } }),
    'newError.where.message',
  ],
  ['a level that no event has', () => newError({ where: { level: 'critical' } }), 'newError.where.level'],
  ['a status of a success', () => alerts.consecutiveFailures({ count: 3, status: 200 }), 'consecutiveFailures.status'],
  ['no failures in a row', () => alerts.consecutiveFailures({ count: 0 }), 'consecutiveFailures.count'],
  ['an unknown option', () => newError({ within: '5m' } as never), 'newError.within'],
  ['an empty text to match', () => newError({ where: { type: '' } }), 'newError.where.type'],
  ['an empty list to match', () => newError({ where: { tags: { tenant: [] } } }), 'newError.where.tags.tenant'],
  ['an unknown severity', () => newError({ severity: 'bad' as never }), 'newError.severity'],
  [
    'an escalation without a time',
    () => newError({ escalate: [{ notify: ['a'] } as never] }),
    'newError.escalate[0].after',
  ],
  [
    'an escalation to nobody',
    () => newError({ escalate: [{ after: '5m', notify: [] }] }),
    'newError.escalate[0].notify',
  ],
  [
    'what failures are like, of slow requests',
    () => alerts.slow({ above: '2s', share: 0.1, within: '5m', where: { route: '/a', type: 'TypeError' } }),
    'slow.where.type',
  ],
  ['the route of a monitor', () => alerts.missedCron({ where: { route: '/a' } }), 'missedCron.where.route'],
  ['a share as a threshold of seconds', () => alerts.slow({ above: 0, share: 0.1, within: '5m' }), 'slow.above'],
  ['a wrong threshold of the standard rules', () => alerts.standardRules({ errorRate: 5 }), 'standardRules.errorRate'],
  [
    'http to another host',
    () => slack({ webhookUrl: 'http://hooks.slack.com/services/T/B/secret' }),
    'slack.webhookUrl',
  ],
  ['http to a host named after this one', () => webhook({ url: 'http://localhost.example.com' }), 'webhook.url'],
  ['another protocol', () => webhook({ url: 'file:///etc/passwd' }), 'webhook.url'],
  ['no URL', () => jira({ url: 'acme', email: 'a@b.c', token: 't', project: 'OPS' }), 'jira.url'],
  ['a secret that is no key', () => webhook({ url: 'https://example.com', secret: 'whsec_' }), 'webhook.secret'],
  ['no routing key', () => pagerDuty({ routingKey: '' }), 'pagerDuty.routingKey'],
  ['a digest of no time', () => pagerDuty({ routingKey: 'k', digest: 0 }), 'pagerDuty.digest'],
  ['a login that cannot be decoded', () => email({ smtp: 'smtp://user:50%off@host', to: ['a@b.c'] }), 'email.smtp'],
  ['a secret that is not base64', () => webhook({ url: 'https://a.b', secret: 'my secret!' }), 'webhook.secret'],
  ['no SMTP host', () => email({ smtp: 'smtp://', to: ['a@b.c'] }), 'email.smtp'],
  ['a transport without a host', () => email({ smtp: {} as never, to: ['a@b.c'] }), 'email.smtp'],
  ['another kind of server', () => email({ smtp: 'https://smtp.example.com', to: ['a@b.c'] }), 'email.smtp'],
  ['a recipient with a line break', () => email({ smtp: 'smtp://h', to: ['a@b.c\r\nBcc: x@y.z'] }), 'email.to'],
  ['no recipient', () => email({ smtp: 'smtp://h', to: [] }), 'email.to'],
  ['a store of something else', () => redisStore({} as never), 'redisStore'],
])('%s is refused', (_what, run, path) => {
  expect(refusal(run).path).toBe(path);
});

test('the secret part of an address is not shown', () => {
  const { message } = refusal(() => slack({ webhookUrl: 'http://hooks.slack.com/services/T/B/secret' }));
  expect(message).not.toContain('secret');
  expect(refusal(() => email({ smtp: 'smtp://user:secret@', to: ['a@b.c'] })).message).not.toContain('secret');
});

test('this machine may be reached without TLS', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) webhook({ url: `http://${host}:3000/x` });
});

describe('the options together', () => {
  const resolve = (options: object, variables = {}) => resolveAlerts(options, variables);

  test.each<[string, object, string]>([
    [
      'an unknown channel',
      { channels: { ops }, rules: [newError({ notify: ['pager'] })] },
      'alerts.rules[0].notify[0]',
    ],
    [
      'a channel that is not set up',
      { channels: { ops }, rules: [newError({ notify: ['ops', 'slack'] })] },
      'alerts.rules[0].notify[1]',
    ],
    [
      'an unknown channel of an escalation',
      { channels: { ops }, rules: [one(), newError({ escalate: [{ after: '5m', notify: ['pager'] }] })] },
      'alerts.rules[1].escalate[0].notify[0]',
    ],
    ['two rules of one name', { channels: { ops }, rules: [one(), one()] }, 'alerts.rules[1].name'],
    ['something that is no rule', { rules: [{ above: 5 }] }, 'alerts.rules[0]'],
    [
      'a rule written by hand, with a wrong value',
      { rules: [{ kind: 'errorCount', above: 'x', within: '1m' }] },
      'alerts.rules[0].above',
    ],
    ['something that is no channel', { channels: { ops: 'slack' } }, 'alerts.channels.ops'],
    [
      'a digest of a channel that is no duration',
      { channels: { ops: { send: () => undefined, digest: 'soon' } } },
      'alerts.channels.ops.digest',
    ],
    ['something that is no store', { store: 'redis' }, 'alerts.store'],
    ['an address of Sentry without TLS', { organizationUrl: 'http://acme.sentry.io' }, 'alerts.organizationUrl'],
    ['an unknown option', { rule: [] }, 'alerts.rule'],
  ])('%s is refused', (_what, options, path) => {
    expect(refusal(() => resolve(options)).path).toBe(path);
  });

  test('the fix names the variable of a channel that is not set up', () => {
    const options = { channels: { ops }, rules: [newError({ notify: ['slack'] })] };
    expect(refusal(() => resolve(options)).message).toContain('SENTRY_SLACK_WEBHOOK_URL');
    expect(resolve(options, { SENTRY_SLACK_ALERTS_ENABLED: 'false' })?.rules).toHaveLength(1);
  });

  test('without channels and rules there is nothing to do', () => {
    expect(resolve({})).toBeUndefined();
    expect(resolveAlerts(undefined, {})).toBeUndefined();
    expect(resolve({ enabled: false, channels: { ops } })).toBeUndefined();
  });

  test('a channel brings the standard rules', () => {
    expect(resolve({ channels: { ops } })?.rules.map(({ name }) => name)).toEqual([
      'high-error-rate',
      'error-burst',
      'critical-errors',
      'api-down',
      'new-error',
      'database-connection',
      'payment-failures',
    ]);
  });

  test('an option of the module that was given to initSentry is sent there', () => {
    expect(() => {
      validateModuleOptions({ init: { alerts: {} } });
    }).toThrow('SentryModule.forRoot({ alerts })');
  });
});

describe('the environment', () => {
  const SLACK = { SENTRY_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/x' };

  test('each address turns its channel on', () => {
    const { channels } = alertsFromEnvironment({
      ...SLACK,
      SENTRY_SMTP_URL: 'smtp://smtp.example.com',
      SENTRY_ALERT_EMAIL_RECIPIENTS: 'a@example.com, b@example.com',
      SENTRY_PAGERDUTY_ROUTING_KEY: 'key',
      SENTRY_ALERT_WEBHOOK_URL: 'https://example.com/hook',
    });
    expect(Object.keys(channels)).toEqual(['slack', 'email', 'pagerDuty', 'webhook']);
    expect(alertsFromEnvironment({}).channels).toEqual({});
    expect(alertsFromEnvironment({ SENTRY_SLACK_WEBHOOK_URL: ' ' }).channels).toEqual({});
  });

  test('a switch silences its channel', () => {
    expect(alertsFromEnvironment({ ...SLACK, SENTRY_SLACK_ALERTS_ENABLED: 'false' }).channels).toEqual({});
    expect(Object.keys(alertsFromEnvironment({ ...SLACK, SENTRY_SLACK_ALERTS_ENABLED: 'true' }).channels)).toEqual([
      'slack',
    ]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['on without an address', { SENTRY_SLACK_ALERTS_ENABLED: 'true' }, 'SENTRY_SLACK_WEBHOOK_URL'],
    [
      'on without a server',
      { SENTRY_EMAIL_ALERTS_ENABLED: 'true', SENTRY_ALERT_EMAIL_RECIPIENTS: 'a@b.c' },
      'SENTRY_SMTP_URL',
    ],
    ['recipients without a server', { SENTRY_ALERT_EMAIL_RECIPIENTS: 'a@b.c' }, 'SENTRY_SMTP_URL'],
    ['a server without recipients', { SENTRY_SMTP_URL: 'smtp://h' }, 'SENTRY_ALERT_EMAIL_RECIPIENTS'],
    ['an address without TLS', { SENTRY_SLACK_WEBHOOK_URL: 'http://hooks.slack.com/x' }, 'SENTRY_SLACK_WEBHOOK_URL'],
    ['neither true nor false', { ...SLACK, SENTRY_SLACK_ALERTS_ENABLED: 'maybe' }, 'SENTRY_SLACK_ALERTS_ENABLED'],
    ['a percentage', { SENTRY_ERROR_RATE_THRESHOLD: '5' }, 'SENTRY_ERROR_RATE_THRESHOLD'],
    ['no number', { SENTRY_CRITICAL_ERROR_THRESHOLD: 'ten' }, 'SENTRY_CRITICAL_ERROR_THRESHOLD'],
  ])('%s is refused', (_what, variables, path) => {
    expect(refusal(() => alertsFromEnvironment(variables)).path).toBe(path);
  });

  test('thresholds are those of the standard rules', () => {
    const variables = { ...SLACK, SENTRY_ERROR_RATE_THRESHOLD: '0.2', SENTRY_CRITICAL_ERROR_THRESHOLD: '50' };
    const rules = resolveAlerts(undefined, variables)?.rules;
    expect(rules?.find(({ name }) => name === 'high-error-rate')).toMatchObject({ above: 0.2 });
    expect(rules?.find(({ name }) => name === 'error-burst')).toMatchObject({ above: 50, within: '1m' });
  });

  test('an option wins over the variable of the same channel', () => {
    expect(resolveAlerts({ channels: { slack: ops } }, SLACK)?.channels.slack).toBe(ops);
  });
});

test.each<[string, unknown, unknown, string]>([
  ['no title', 'ops', {}, 'alerts.notify.title'],
  ['an empty title', 'ops', { title: ' ' }, 'alerts.notify.title'],
  ['no message at all', 'ops', null, 'alerts.notify'],
  ['a text that is none', 'ops', { title: 'a', message: { b: 1 } }, 'alerts.notify.message'],
  ['an unknown severity', 'ops', { title: 'a', severity: 'fatal' }, 'alerts.notify.severity'],
  ['tags that are none', 'ops', { title: 'a', tags: null }, 'alerts.notify.tags'],
  ['a link that runs code', 'ops', { title: 'a', url: 'javascript:alert(1)' }, 'alerts.notify.url'],
  ['no channel', undefined, { title: 'a' }, 'alerts.notify'],
])('notify refuses %s', async (_what, channels, message, path) => {
  const notify = jest.fn();
  const running = Object.assign(new alerts.Alerts() as object, {
    host: { alerts: { notify } },
  }) as unknown as alerts.Alerts;
  await expect(running.notify(channels as never, message as never)).rejects.toMatchObject({ path });
  expect(notify).not.toHaveBeenCalled();
  await running.notify('ops', { title: 'a', message: '', tags: {}, url: 'https://example.com/a' });
  expect(notify).toHaveBeenCalledTimes(1);
});

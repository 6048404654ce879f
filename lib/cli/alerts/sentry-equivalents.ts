import type { AlertFilter, AlertRule, Match } from '../../options/alert-options.js';
import { parseDuration, type Duration } from '../../options/duration.js';
import type { SentryRule } from './sentry-api.js';

/** The rule in Sentry that does what a rule does here: an issue alert or a metric alert, or why there is none. */
export type Equivalent =
  | { readonly kind: 'issue' | 'metric'; readonly name: string; readonly body: SentryRule; readonly notes: string[] }
  | { readonly kind: 'none'; readonly name: string; readonly reason: string };

const MINUTE = 60_000;
/** Minutes of a metric alert. */
const WINDOWS = [1, 5, 10, 15, 30, 60, 120, 240, 1_440];
/** Minutes between two messages of an issue alert. */
const [SHORTEST, LONGEST] = [5, 43_200];
const LEVELS: Readonly<Record<string, string>> = { fatal: '50', error: '40', warning: '30', info: '20', debug: '10' };
/** Mail to the owners of the issue: who is told is set up in Sentry. */
const OWNERS = {
  id: 'sentry.mail.actions.NotifyEmailAction',
  targetType: 'IssueOwners',
  fallthroughType: 'ActiveMembers',
};

/** The project of the rules in Sentry, and the id of a team of it. */
export interface Owner {
  readonly project: string;
  readonly team: string | undefined;
}

/** Sentry refuses a trigger without an action. */
const mailTo = (team: string): SentryRule => ({ type: 'email', targetType: 'team', targetIdentifier: team });

/** There is no equivalent; the message says why. */
class NoEquivalent extends Error {}

/**
 * @see https://docs.sentry.io/api/alerts/create-an-issue-alert-rule-for-a-project/
 * @see https://docs.sentry.io/api/alerts/create-a-metric-alert-rule-for-an-organization/
 */
export function equivalentOf(rule: AlertRule, owner: Owner): Equivalent {
  const name = nameInSentry(rule.name);
  try {
    const { kind, body, notes } = translate(rule, owner);
    return { name, kind, body, notes: [...notes, ...withoutEquivalent(rule, kind)] };
  } catch (error) {
    if (error instanceof NoEquivalent) return { kind: 'none', name, reason: error.message };
    throw error;
  }
}

const MARK = ' (nestjs-error-tracker)';

/** Rules of other origin keep their names. */
export function nameInSentry(name: string): string {
  return `${name}${MARK}`;
}

/** Whether a name in Sentry is that of a rule that was pushed. */
export function isPushed(name: string): boolean {
  return name.endsWith(MARK);
}

/** The options of all rules that are set, and mean nothing in Sentry. */
function withoutEquivalent(rule: AlertRule, kind: 'issue' | 'metric'): string[] {
  const names = [
    'notify',
    'escalate',
    'severity',
    'recovery',
    ...(kind === 'metric' ? (['cooldown'] as const) : []),
  ] as const;
  const set = names.filter((name) => rule[name] !== undefined);
  return set.length === 0 ? [] : [`${set.join(', ')}: set up in Sentry`];
}

type Translated = { kind: 'issue' | 'metric'; body: SentryRule; notes: string[] };

function translate(rule: AlertRule, owner: Owner): Translated {
  const { where = {} } = rule;
  switch (rule.kind) {
    case 'newError':
      return issueAlert(rule, 'sentry.rules.conditions.first_seen_event.FirstSeenEventCondition', []);
    case 'regression':
      return issueAlert(rule, 'sentry.rules.conditions.regression_event.RegressionEventCondition', [
        'in Sentry, an issue is back once it was resolved; quiet has no equivalent',
      ]);
    case 'errorCount':
      return metricAlert(rule, owner, rule.within, rule.above, errors(queryOf(where)), []);
    case 'jobFailed': {
      const job = [['kind', 'queue'], ...given({ queue: rule.queue, job: rule.job })] as [string, Match][];
      const query = [queryOf(where), ...job.map(([key, match]) => term(key, match))].filter(Boolean).join(' ');
      return metricAlert(rule, owner, rule.within ?? '5m', rule.above ?? 0, errors(query), [
        ...(rule.queue === undefined ? ['jobs of queues only'] : []),
      ]);
    }
    case 'errorRate':
      return metricAlert(rule, owner, rule.within, rule.above, transactions('failure_rate()', where), [
        'minRequests has no equivalent; failure_rate() counts 4xx too',
      ]);
    case 'slow': {
      const rank = Number((1 - rule.share).toFixed(4));
      const fields = rule.route === undefined ? where : { ...where, route: rule.route };
      const aggregate = `percentile(transaction.duration,${rank})`;
      const above = parseDuration(rule.above) ?? 0;
      return metricAlert(rule, owner, rule.within, above, transactions(aggregate, fields), [
        'minRequests has no equivalent',
      ]);
    }
    case 'consecutiveFailures':
      throw new NoEquivalent('Sentry does not count requests in a row');
    case 'missedCron':
      throw new NoEquivalent('the cron monitor itself reports missed runs in Sentry');
  }
}

function issueAlert(rule: AlertRule, condition: string, notes: string[]): Translated {
  const { where = {}, cooldown = '15m' } = rule;
  const minutes = Math.round((parseDuration(cooldown) ?? 0) / MINUTE);
  const frequency = Math.min(Math.max(minutes, SHORTEST), LONGEST);
  return {
    kind: 'issue',
    notes: frequency === minutes ? notes : [...notes, `cooldown is ${frequency} minutes there`],
    body: {
      name: nameInSentry(rule.name),
      actionMatch: 'any',
      filterMatch: 'all',
      frequency,
      environment: environmentOf(where),
      conditions: [{ id: condition }],
      filters: filtersOf(where),
      actions: [OWNERS],
    },
  };
}

function metricAlert(
  rule: AlertRule,
  { project, team }: Owner,
  within: Duration,
  above: number,
  metric: SentryRule,
  notes: string[],
): Translated {
  const timeWindow = (parseDuration(within) ?? 0) / MINUTE;
  if (team === undefined) throw new NoEquivalent('a metric alert notifies a team, and the project has none');
  if (!WINDOWS.includes(timeWindow))
    throw new NoEquivalent(`a window in Sentry is one of ${WINDOWS.join(', ')} minutes`);
  return {
    kind: 'metric',
    notes,
    body: {
      name: nameInSentry(rule.name),
      projects: [project],
      environment: environmentOf(rule.where ?? {}),
      timeWindow,
      thresholdType: 0,
      triggers: [{ label: 'critical', alertThreshold: above, actions: [mailTo(team)] }],
      ...metric,
    },
  };
}

const errors = (query: string): SentryRule => ({
  queryType: 0,
  dataset: 'events',
  aggregate: 'count()',
  eventTypes: ['error', 'default'],
  query,
});

function transactions(aggregate: string, where: AlertFilter): SentryRule {
  const { route, environment: _environment, ...others } = where;
  if (given(others).length > 0) throw new NoEquivalent('where of a rule about requests can only have route there');
  return {
    queryType: 1,
    dataset: 'transactions',
    aggregate,
    eventTypes: ['transaction'],
    query: route === undefined ? '' : term('transaction', route),
  };
}

function environmentOf({ environment }: AlertFilter): string | null {
  if (environment === undefined) return null;
  if (typeof environment === 'string' && !environment.includes('*')) return environment;
  throw new NoEquivalent('a rule in Sentry has one environment, or all');
}

function fieldsOf({ environment: _environment, tags = {}, ...fields }: AlertFilter): [string, Match][] {
  const names = { domain: 'domain', type: 'error.type', message: 'message', route: 'transaction', level: 'level' };
  const own = given(fields).map(([key, match]): [string, Match] => [names[key as keyof typeof names], match]);
  return [...own, ...Object.entries(tags)];
}

function queryOf(where: AlertFilter): string {
  return fieldsOf(where)
    .map(([key, match]) => term(key, match))
    .join(' ');
}

/** One term of Sentry's search. */
function term(key: string, match: Match): string {
  const texts = textsOf(key, match);
  const values = texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`);
  const [only] = values;
  if (values.length === 1) return `${key}:${only}`;
  if (texts.some((text) => text.includes('*')))
    throw new NoEquivalent(`${key}: a list with wildcards cannot be searched`);
  return `${key}:[${values.join(', ')}]`;
}

function filtersOf(where: AlertFilter): SentryRule[] {
  return fieldsOf(where).map(([key, match]) => {
    const [text = '', ...more] = textsOf(key, match);
    if (more.length > 0) throw new NoEquivalent(`${key}: a filter in Sentry has one value`);
    if (key === 'level') {
      const level = LEVELS[text];
      if (level === undefined) throw new NoEquivalent(`level: '${text}' is none of ${Object.keys(LEVELS).join(', ')}`);
      return { id: 'sentry.rules.filters.level.LevelFilter', match: 'eq', level };
    }
    // `type` is the kind of the event there, and `message` the title of the issue.
    const attribute = { 'error.type': 'exception.type', message: 'exception.value' }[key];
    if (attribute !== undefined) {
      return { id: 'sentry.rules.filters.event_attribute.EventAttributeFilter', attribute, ...comparison(key, text) };
    }
    return { id: 'sentry.rules.filters.tagged_event.TaggedEventFilter', key, ...comparison(key, text) };
  });
}

/** A filter compares with the beginning, the end or a part of a value. */
function comparison(key: string, text: string): { match: string; value: string } {
  const value = text.replace(/^\*+|\*+$/g, '');
  if (value.includes('*')) throw new NoEquivalent(`${key}: a wildcard in the middle cannot be filtered`);
  const [fromStart, toEnd] = [!text.startsWith('*'), !text.endsWith('*')];
  return { match: fromStart ? (toEnd ? 'eq' : 'sw') : toEnd ? 'ew' : 'co', value };
}

function textsOf(key: string, match: Match): string[] {
  return (Array.isArray(match) ? match : [match]).map((each) => {
    // A route without a method stands for all: `GET /orders/:id` is the name there.
    if (typeof each === 'string') return key === 'transaction' && each.startsWith('/') ? `* ${each}` : each;
    throw new NoEquivalent(`${key}: Sentry knows no regular expressions`);
  });
}

function given<T extends object>(values: T): [string, Match][] {
  return Object.entries(values).filter((entry): entry is [string, Match] => entry[1] !== undefined);
}

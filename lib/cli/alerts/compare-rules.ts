import type { AlertRule } from '../../options/alert-options.js';
import type { SentryApi, SentryRule, SentryTarget } from './sentry-api.js';
import { equivalentOf, isPushed, type Equivalent } from './sentry-equivalents.js';

/** What has to happen in Sentry for one rule. */
export interface Difference {
  readonly rule: AlertRule;
  readonly equivalent: Equivalent;
  readonly action: 'create' | 'update' | 'none';
  /** The properties that differ. */
  readonly changed: readonly string[];
  readonly existing?: SentryRule;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** The names of rules in Sentry that were pushed once, and that no rule has any more. */
  readonly leftOver: readonly string[];
}

/** Who is told is set up in Sentry. */
const KEPT = new Set(['actions', 'name']);

export async function compareRules(
  rules: readonly AlertRule[],
  api: SentryApi,
  target: SentryTarget,
): Promise<Comparison> {
  const team = await teamOf(api, target);
  const equivalents = rules.map((rule) => ({
    rule,
    equivalent: equivalentOf(rule, { project: target.project, team }),
  }));
  const known = {
    issue: await api.list(pathOf('issue', target)),
    metric: (await api.list(pathOf('metric', target))).filter(({ projects }) => isOf(projects, target.project)),
  };
  const differences = equivalents.map(({ rule, equivalent }): Difference => {
    if (equivalent.kind === 'none') return { rule, equivalent, action: 'none', changed: [] };
    const existing = known[equivalent.kind].find(({ name }) => name === equivalent.name);
    if (!existing) return { rule, equivalent, action: 'create', changed: [] };
    const changed = Object.keys(equivalent.body).filter(
      (key) => !KEPT.has(key) && !contains(existing[key] ?? null, equivalent.body[key], key === 'triggers'),
    );
    return { rule, equivalent, action: changed.length > 0 ? 'update' : 'none', changed, existing };
  });
  const names = new Set(equivalents.map(({ equivalent }) => equivalent.name));
  const leftOver = [...known.issue, ...known.metric]
    .map(({ name }) => name)
    .filter((name): name is string => typeof name === 'string' && isPushed(name) && !names.has(name));
  return { differences, leftOver };
}

/** The id of the first team of the project: a metric alert needs somebody whom it notifies. */
async function teamOf(api: SentryApi, { org, project }: SentryTarget): Promise<string | undefined> {
  const found = (await api.get(`/api/0/projects/${org}/${project}/`)) as { teams?: unknown } | undefined;
  const [team] = Array.isArray(found?.teams) ? (found.teams as { id?: unknown }[]) : [];
  return typeof team?.id === 'string' || typeof team?.id === 'number' ? String(team.id) : undefined;
}

export async function applyDifference(
  { equivalent, action, existing }: Difference,
  api: SentryApi,
  target: SentryTarget,
): Promise<void> {
  if (equivalent.kind === 'none' || action === 'none') return;
  const path = pathOf(equivalent.kind, target);
  if (action === 'create') await api.send('POST', path, equivalent.body);
  else await api.send('PUT', `${path}${encodeURIComponent(String(existing?.id))}/`, updated(equivalent.body, existing));
}

function pathOf(kind: 'issue' | 'metric', { org, project }: SentryTarget): string {
  return kind === 'issue' ? `/api/0/projects/${org}/${project}/rules/` : `/api/0/organizations/${org}/alert-rules/`;
}

/** The new rule, with what is set up in Sentry: whom it notifies, who owns it, and further triggers. */
function updated(rule: SentryRule, existing: SentryRule | undefined): SentryRule {
  const { actions, triggers, owner } = existing ?? {};
  const body = { ...rule, ...(owner !== undefined && { owner }) };
  if (!Array.isArray(rule.triggers))
    return { ...body, ...(Array.isArray(actions) && actions.length > 0 && { actions }) };
  const known = Array.isArray(triggers) ? (triggers as SentryRule[]) : [];
  const labels = new Set((rule.triggers as SentryRule[]).map(({ label }) => label));
  const further = known.filter(({ label }) => !labels.has(label));
  const own = (rule.triggers as SentryRule[]).map((trigger) => {
    const same = known.find(({ label }) => label === trigger.label);
    const actions = Array.isArray(same?.actions) && same.actions.length > 0 ? same.actions : trigger.actions;
    return { ...trigger, ...(same && { id: same.id }), actions };
  });
  return { ...body, triggers: [...own, ...further] };
}

function isOf(projects: unknown, project: string): boolean {
  return Array.isArray(projects) && projects.includes(project);
}

/**
 * Whether a value of Sentry has everything that is expected: Sentry adds ids and texts of its own.
 *
 * @param mayHaveMore - whether a list may have further members
 */
function contains(actual: unknown, expected: unknown, mayHaveMore = false): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      (actual.length === expected.length || (mayHaveMore && actual.length > expected.length)) &&
      expected.every((each) => actual.some((one) => contains(one, each)))
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    return Object.entries(expected).every(
      ([key, each]) => KEPT.has(key) || contains((actual as SentryRule)[key], each),
    );
  }
  return actual === expected || (typeof expected === 'number' && Number(actual) === expected);
}

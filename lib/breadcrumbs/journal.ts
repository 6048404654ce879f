import {
  addBreadcrumb,
  getClient,
  getIsolationScope,
  withIsolationScope,
  withScope,
  type Breadcrumb,
  type BreadcrumbHint,
  type NodeClient,
  type Scope,
} from '@sentry/nestjs';
import { hasListeners } from '../client/hook-listeners.js';
import { getDefaultIsolationScope } from '../context/scopes.js';
import { guarded } from '../stats/stats.js';
import { canRunLater } from './breadcrumb-filter.js';
import { forgetLast, isSameBreadcrumb } from './fold.js';

const JOURNAL = Symbol.for('nestjs-error-tracker.breadcrumb-journal');
/** The mark on the prototype of scopes that empty their journal before anything reads or adds breadcrumbs. */
export const JOURNALED = Symbol.for('nestjs-error-tracker.journaled-scope');
/** The SDK's default for `maxBreadcrumbs`. */
const MAX_BREADCRUMBS = 100;
const MAX_NOTED = 200;

interface Journal {
  /** The client that was current when they were noted; its options decide what is kept. */
  readonly client: NodeClient;
  breadcrumbs: Breadcrumb[];
}
type JournaledScope = Scope & { [JOURNAL]?: Journal; readonly [JOURNALED]?: true };

/**
 * Adds a breadcrumb to an execution as `Sentry.addBreadcrumb()` does, but not before something needs it: most
 * executions end without an event. Filters and folding of this library see it then, with the same outcome. If other
 * code would notice the delay, such as a `beforeBreadcrumb` of the application, it is added immediately.
 *
 * @param isolation - the scope of the execution
 * @param hint - for hooks of the application, if the breadcrumb is added immediately
 */
export function noteBreadcrumb(
  breadcrumb: Breadcrumb,
  isolation: Scope = getIsolationScope(),
  hint?: BreadcrumbHint,
  client = getClient<NodeClient>(),
): void {
  const scope = isolation as JournaledScope;
  breadcrumb.timestamp ??= Date.now() / 1000;
  if (!client || !canWait(client, scope)) {
    addNow(breadcrumb, scope, hint);
    return;
  }
  let journal = scope[JOURNAL];
  if (journal && (journal.client !== client || isFull(journal, scope))) {
    addNoted(scope);
    journal = undefined;
  }
  journal ??= scope[JOURNAL] = { client, breadcrumbs: [] };
  journal.breadcrumbs.push(breadcrumb);
}

function addNow(breadcrumb: Breadcrumb, scope: Scope, hint: BreadcrumbHint | undefined): void {
  if (scope === getIsolationScope()) add(breadcrumb, hint);
  else
    withIsolationScope(scope, () => {
      add(breadcrumb, hint);
    });
}

function add(breadcrumb: Breadcrumb, hint?: BreadcrumbHint): void {
  breadcrumb.data ??= {};
  addBreadcrumb(breadcrumb, hint);
}

function canWait(client: NodeClient, scope: JournaledScope): boolean {
  const { beforeBreadcrumb, maxBreadcrumbs = MAX_BREADCRUMBS } = client.getOptions();
  return (
    canRunLater(beforeBreadcrumb) &&
    maxBreadcrumbs > 0 &&
    scope[JOURNALED] === true &&
    scope !== getDefaultIsolationScope() &&
    !hasListeners(client, 'beforeAddBreadcrumb')
  );
}

/** Whether the journal cannot take another breadcrumb, even without those that its scope would not keep. */
function isFull(journal: Journal, scope: Scope): boolean {
  const { client, breadcrumbs } = journal;
  if (breadcrumbs.length < MAX_NOTED) return false;
  const { maxBreadcrumbs = MAX_BREADCRUMBS } = client.getOptions();
  const first = breadcrumbs.length - maxBreadcrumbs;
  if (first < MAX_NOTED / 2 || hasEqualNeighbours(breadcrumbs, first)) return true;
  journal.breadcrumbs = breadcrumbs.slice(first);
  forgetLast(scope);
  return false;
}

/** Whether any of the last breadcrumbs would be folded into the one before it: then a scope keeps earlier ones. */
function hasEqualNeighbours(breadcrumbs: readonly Breadcrumb[], first: number): boolean {
  let before = breadcrumbs[first - 1];
  for (let at = first; at < breadcrumbs.length; at++) {
    const breadcrumb = breadcrumbs[at];
    if (before && breadcrumb && isSameBreadcrumb(before, breadcrumb)) return true;
    before = breadcrumb;
  }
  return false;
}

export function hasNoted(scope: JournaledScope): boolean {
  return scope[JOURNAL] !== undefined;
}

/** Adds to a scope what was noted for it. */
export function addNoted(scope: JournaledScope): void {
  const journal = scope[JOURNAL];
  if (!journal) return;
  scope[JOURNAL] = undefined;
  guarded('operation-breadcrumb', () => {
    withIsolationScope(scope, () => {
      withScope((current) => {
        current.setClient(journal.client);
        journal.breadcrumbs.forEach((breadcrumb) => {
          add(breadcrumb);
        });
      });
    });
  });
}

/** Forgets what was noted for a scope. */
export function forgetNoted(scope: JournaledScope): void {
  scope[JOURNAL] &&= undefined;
}

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

const JOURNAL = Symbol.for('nestjs-error-tracker.breadcrumb-journal');
/** The mark on the prototype of scopes that empty their journal before anything reads or adds breadcrumbs. */
export const JOURNALED = Symbol.for('nestjs-error-tracker.journaled-scope');
/** Longer journals are added to the scope: it keeps `maxBreadcrumbs` of them. */
const MAX_NOTED = 100;

interface Journal {
  /** The client that was current when they were noted; its options decide what is kept. */
  readonly client: NodeClient;
  readonly breadcrumbs: Breadcrumb[];
}
type JournaledScope = Scope & { [JOURNAL]?: Journal; readonly [JOURNALED]?: true };

/**
 * Adds a breadcrumb to the running execution as `Sentry.addBreadcrumb()` does, but not before something needs it: most
 * executions end without an event. Filters and folding of this library see it then, with the same outcome. If other
 * code would notice the delay, such as a `beforeBreadcrumb` of the application, it is added immediately.
 *
 * @param isolation - the scope of the execution; default: of the running one
 * @param hint - for hooks of the application, if the breadcrumb is added immediately
 */
export function noteBreadcrumb(breadcrumb: Breadcrumb, isolation?: Scope, hint?: BreadcrumbHint): void {
  const client = getClient<NodeClient>();
  const scope = (isolation ?? getIsolationScope()) as JournaledScope;
  if (!client || !canWait(client, scope)) {
    const add = () => {
      addBreadcrumb(breadcrumb, hint);
    };
    if (isolation) withIsolationScope(isolation, add);
    else add();
    return;
  }
  let journal = scope[JOURNAL];
  if (journal && (journal.client !== client || journal.breadcrumbs.length === MAX_NOTED)) {
    addNoted(scope);
    journal = undefined;
  }
  journal ??= scope[JOURNAL] = { client, breadcrumbs: [] };
  breadcrumb.timestamp = Date.now() / 1000;
  journal.breadcrumbs.push(breadcrumb);
}

function canWait(client: NodeClient, scope: JournaledScope): boolean {
  const { beforeBreadcrumb, maxBreadcrumbs = MAX_NOTED } = client.getOptions();
  return (
    canRunLater(beforeBreadcrumb) &&
    maxBreadcrumbs > 0 &&
    scope[JOURNALED] === true &&
    scope !== getDefaultIsolationScope() &&
    !hasListeners(client, 'beforeAddBreadcrumb')
  );
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
          addBreadcrumb(breadcrumb);
        });
      });
    });
  });
}

/** Forgets what was noted for a scope. */
export function forgetNoted(scope: JournaledScope): void {
  scope[JOURNAL] &&= undefined;
}

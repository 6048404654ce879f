import type { NodeOptions } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { foldsIntoLast } from './fold.js';
import { isPrintedLog } from './log-call.js';
import { compileNoise } from './noise.js';
import { isReplaced } from './replaced-requests.js';

type BreadcrumbFilter = NonNullable<NodeOptions['beforeBreadcrumb']>;

/** The mark on filters that run no code of the application. */
const OWN = Symbol.for('nestjs-error-tracker.own-breadcrumb-filter');

/** Whether a filter has the same outcome, and no other effect, if it runs later than the breadcrumb was made. */
export function canRunLater(filter: NodeOptions['beforeBreadcrumb']): boolean {
  return filter !== undefined && OWN in filter;
}

/**
 * Compiles the SDK's `beforeBreadcrumb`: drops what another breadcrumb replaces, runs the application's own hook, then
 * drops noise and folds repetitions.
 *
 * @param path - prefix of the paths in a ConfigurationError
 * @throws ConfigurationError - if a pattern is invalid
 */
export function compileBreadcrumbFilter({ breadcrumbs, sdk }: ResolvedInit, path: string): BreadcrumbFilter {
  const isNoise = compileNoise(breadcrumbs, `${path}breadcrumbs`);
  const folds = breadcrumbs?.fold ?? true;
  const applicationHook = sdk?.beforeBreadcrumb;
  const filter: BreadcrumbFilter = (breadcrumb, hint) => {
    if (guarded('breadcrumb-filter', () => isReplaced(hint))) return null;
    if (breadcrumb.category === 'console' && isPrintedLog(hint)) return null;
    const kept = applicationHook ? applicationHook(breadcrumb, hint) : breadcrumb;
    if (!kept || guarded('breadcrumb-noise', () => isNoise(kept))) return null;
    return folds && guarded('breadcrumb-fold', () => foldsIntoLast(kept)) ? null : kept;
  };
  return applicationHook ? filter : Object.assign(filter, { [OWN]: true });
}

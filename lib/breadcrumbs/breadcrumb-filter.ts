import type { NodeOptions } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { foldsIntoLast } from './fold.js';
import { compileNoise } from './noise.js';

type BreadcrumbFilter = NonNullable<NodeOptions['beforeBreadcrumb']>;

/**
 * What becomes of a breadcrumb: first the application's own hook has its say, then noise is left out and repetition
 * folded.
 *
 * @param path - what the paths of a ConfigurationError begin with
 * @throws ConfigurationError - where a pattern cannot be used
 */
export function compileBreadcrumbFilter({ breadcrumbs, sdk }: ResolvedInit, path: string): BreadcrumbFilter {
  const isNoise = compileNoise(breadcrumbs, `${path}breadcrumbs`);
  const folds = breadcrumbs?.fold ?? true;
  const own = sdk?.beforeBreadcrumb;
  return (breadcrumb, hint) => {
    const kept = own ? own(breadcrumb, hint) : breadcrumb;
    if (!kept || guarded('breadcrumb-noise', () => isNoise(kept))) return null;
    return folds && guarded('breadcrumb-fold', () => foldsIntoLast(kept)) ? null : kept;
  };
}

import type { Breadcrumb } from '@sentry/nestjs';
import type { BreadcrumbOptions } from '../options/init-options.js';
import { compileNameMatcher, TRACE_PRESETS } from '../sampling/index.js';

/** The SDK's categories of HTTP calls. */
const CALLS = new Set(['http', 'fetch', 'xhr']);

/**
 * Tells the calls that a machine makes all day, and that tell nothing of what led to an error.
 *
 * @throws ConfigurationError - where a pattern cannot be used
 */
export function compileNoise(options: BreadcrumbOptions = {}, path: string): (breadcrumb: Breadcrumb) => boolean {
  const presets = options.presets === false ? [] : TRACE_PRESETS;
  const matchers = [compileNameMatcher(options.ignore ?? [], `${path}.ignore`), compileNameMatcher(presets, path)];
  return ({ category, type, data }) => {
    if (!data || (type !== 'http' && !CALLS.has(category ?? ''))) return false;
    const url: unknown = data.url;
    if (typeof url !== 'string') return false;
    const given: unknown = data['http.method'] ?? data['http.request.method'] ?? data.method;
    const method = typeof given === 'string' ? given : 'GET';
    return matchers.some((matches) => matches({ name: `${method} ${url}`, method, path: url }));
  };
}

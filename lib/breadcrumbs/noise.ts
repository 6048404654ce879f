import type { Breadcrumb } from '@sentry/nestjs';
import type { BreadcrumbOptions } from '../options/init-options.js';
import { compilePatterns, compileTracePresets, executionName } from '../sampling/index.js';

/** The SDK's breadcrumb categories of HTTP requests. */
const HTTP_CATEGORIES = new Set(['http', 'fetch', 'xhr']);

/**
 * Compiles a predicate for routine requests, such as health checks, that do not help to explain an error.
 *
 * @throws ConfigurationError - if a pattern is invalid
 */
export function compileNoise(options: BreadcrumbOptions = {}, path: string): (breadcrumb: Breadcrumb) => boolean {
  const matchers = [compilePatterns(options.ignore ?? [], `${path}.ignore`)];
  if (options.presets !== false) matchers.push(compileTracePresets());
  return ({ category, type, data }) => {
    if (!data || (type !== 'http' && !HTTP_CATEGORIES.has(category ?? ''))) return false;
    // The SDK's breadcrumbs have a URL, those of this library a path.
    const url: unknown = data.url ?? data.path;
    if (typeof url !== 'string') return false;
    const value: unknown = data['http.method'] ?? data['http.request.method'] ?? data.method;
    const method = typeof value === 'string' ? value : 'GET';
    const request = executionName({ name: `${method} ${url}`, method, path: url });
    return matchers.some((matches) => matches(request));
  };
}

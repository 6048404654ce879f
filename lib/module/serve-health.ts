import type { HttpAdapterHost } from '@nestjs/core';
import type { HealthOptions } from '../options/health-options.js';
import { isUp, sentryHealth } from '../tracker/health.js';

/**
 * Adds the route of `health.path`. It is a route of the platform, not a controller: guards, interceptors and the prefix of
 * the application would change who gets an answer, and what it looks like.
 */
export function serveHealth(adapter: HttpAdapterHost['httpAdapter'], { path, critical }: HealthOptions): void {
  adapter.get(path, (_request: unknown, response: unknown) => {
    const health = sentryHealth();
    adapter.setHeader(response, 'cache-control', 'no-store');
    adapter.reply(response, health, isUp(health, critical) ? 200 : 503);
  });
}

import { providerInstances } from '../hooks/provider-instances.js';
import type { ModulesContainer } from '../hooks/provider-prototypes.js';
import { hookDrivers } from '../integrations/drivers/hook-drivers.js';
import { hookHttpClient } from '../integrations/http-client/hook-http-client.js';
import { hookLoadedSenders, hookSendersOf } from '../integrations/notifications/hook-senders.js';
import { hookRedis } from '../integrations/redis/hook-redis.js';
import { trackDataSourceOf } from '../integrations/typeorm/data-sources.js';
import { guarded } from '../stats/stats.js';

/**
 * Follows the clients of other systems among the providers of an application. May be called again: providers may create
 * their clients in hooks.
 *
 * @param modules - once their providers have been created
 */
export function trackProviders(modules: ModulesContainer): void {
  guarded('drivers', hookDrivers);
  guarded('http-client', hookHttpClient);
  guarded('notifications', hookLoadedSenders);
  for (const provider of guarded('providers', () => providerInstances(modules)) ?? []) {
    guarded('redis', () => {
      hookRedis(provider, modules);
    });
    guarded('typeorm-hooks', () => {
      trackDataSourceOf(provider, modules);
    });
    guarded('notifications', () => {
      hookSendersOf(provider);
    });
  }
}

import { providerInstances } from '../hooks/provider-instances.js';
import type { ModulesContainer } from '../hooks/provider-prototypes.js';
import { hookHttpClient } from '../integrations/http-client/hook-http-client.js';
import { hookRedis } from '../integrations/redis/hook-redis.js';
import { guarded } from '../stats/stats.js';

/** @param modules - once their providers have been created */
export function hookDataClients(modules: ModulesContainer): void {
  guarded('http-client', hookHttpClient);
  guarded('data-clients', () => {
    for (const provider of providerInstances(modules)) {
      guarded('redis', () => {
        hookRedis(provider, modules);
      });
    }
  });
}

import type { ProviderInstance } from '../../hooks/provider-instances.js';
import { trackCache } from './cache.js';
import { isRedisClient, trackClient } from './tracked-clients.js';

/** The token of the cache, of `@nestjs/cache-manager`. */
const CACHE_MANAGER = 'CACHE_MANAGER';

/**
 * Follows a provider if it is a client of ioredis, or the cache.
 *
 * @param modules - Nest's `ModulesContainer`
 */
export function hookRedis({ token, instance }: ProviderInstance, modules: object): void {
  if (token === CACHE_MANAGER) trackCache(instance, modules);
  else if (isRedisClient(instance)) trackClient(instance, { modules });
}

import { Partner } from '../../partners/partner.js';
import { compileRedisSettings, redisShape } from './redis-options.js';

export const redis = new Partner({ name: 'redis', check: redisShape, compile: compileRedisSettings });

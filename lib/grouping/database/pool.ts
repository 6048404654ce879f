import { nameOf } from '../error-shape.js';
import type { DatabaseFacts } from './driver-facts.js';

const TIMEOUTS = new Set(['KnexTimeoutError', 'SequelizeConnectionAcquireTimeoutError']);

/** The pools of knex and Sequelize, whose errors do not tell the database. */
export function poolFacts(error: unknown): DatabaseFacts | undefined {
  return TIMEOUTS.has(nameOf(error) ?? '') ? { operation: 'CONNECT', code: 'pool_timeout' } : undefined;
}

import { nameOf, read, readText } from '../error-shape.js';
import type { DatabaseFacts } from './driver-facts.js';

const OPERATIONS: Record<string, string> = {
  EntityNotFoundError: 'FIND',
  OptimisticLockVersionMismatchError: 'UPDATE',
  PessimisticLockTransactionRequiredError: 'LOCK',
  EntityMetadataNotFoundError: 'CONNECT',
  EntityPropertyNotFoundError: 'FIND',
};

/** TypeORM's own errors. The criteria in their messages are values, so they are not read. */
export function typeOrmFacts(error: unknown): DatabaseFacts | undefined {
  const name = nameOf(error) ?? '';
  if (name === 'QueryFailedError' && readText(error, 'query') !== undefined) {
    return { system: 'typeorm', code: name }; // an unknown driver; the statement provides the rest
  }
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) return undefined;
  const entity = read(error, 'entityClass');
  const table =
    typeof entity === 'string' ? entity : (readText(entity, 'name') ?? readText(read(entity, 'options'), 'name'));
  return { system: 'typeorm', operation, code: name, table };
}

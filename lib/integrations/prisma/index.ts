/**
 * The entry point `nestjs-error-tracker/prisma` for Prisma: an extension that tracks a client.
 *
 * @packageDocumentation
 */
export type { PrismaOperation } from './prisma-operation.js';
export { trackPrisma, type PrismaExtension } from './track-prisma.js';
export type { TypeOrmOptions } from '../typeorm/typeorm-options.js';
export type { Duration } from '../../options/duration.js';

import { NestApplicationContext } from '@nestjs/core';
import { guarded } from '../stats/stats.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';

/**
 * Whether the files of `@nestjs/core` that are resolved by path are the ones that the application runs. In a bundle
 * they are not: it contains its own copy, which only the imports of this package resolve to.
 */
export const runsFoundCopy =
  guarded('hooks', () => loadOptional<{ NestApplicationContext?: unknown }>('@nestjs/core/nest-application-context.js'))
    ?.NestApplicationContext === NestApplicationContext;

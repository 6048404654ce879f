import { NestApplicationContext } from '@nestjs/core';
import { guarded } from '../stats/stats.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';

/**
 * Whether the files of `@nestjs/core` that are found by their path are those that the application runs. In a bundle they
 * are not: it brings a copy of its own, which only the imports of this package lead to.
 */
export const runsFoundCopy =
  guarded('hooks', () => loadOptional<{ NestApplicationContext?: unknown }>('@nestjs/core/nest-application-context.js'))
    ?.NestApplicationContext === NestApplicationContext;

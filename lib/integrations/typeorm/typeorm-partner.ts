import { Partner } from '../../partners/partner.js';
import type { QuerySettings } from '../../queries/query-source.js';
import { compileQuerySettings, typeOrmShape, type TypeOrmOptions } from './typeorm-options.js';

/** Compiled {@link TypeOrmOptions}, beside the options themselves. */
export interface TypeOrmSettings extends QuerySettings {
  readonly options: TypeOrmOptions;
}

export function compileTypeOrmSettings(options: TypeOrmOptions): TypeOrmSettings {
  return { ...compileQuerySettings(options), options };
}

export const typeOrm = new Partner({ name: 'typeorm', check: typeOrmShape, compile: compileTypeOrmSettings });

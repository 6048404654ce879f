import { Partner } from '../../partners/partner.js';
import type { QuerySettings } from '../../queries/query-source.js';
import { compileQuerySettings, typeOrmShape, type TypeOrmOptions } from './typeorm-options.js';

/** Compiled {@link TypeOrmOptions}, beside the options themselves. */
export interface TypeOrmSettings extends QuerySettings {
  readonly options: TypeOrmOptions;
}

export const typeOrm = new Partner<TypeOrmOptions, TypeOrmSettings>({
  name: 'typeorm',
  check: typeOrmShape,
  compile: (options) => ({ ...compileQuerySettings(options), options }),
});

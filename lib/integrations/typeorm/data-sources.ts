import { basename } from 'node:path';
import { processWide } from '../../process-state/process-wide.js';
import type { ProviderInstance } from '../../hooks/provider-instances.js';
import { ownOptions, settingsWith, type OwnOptions } from '../../partners/own-options.js';
import { registerPools } from '../../queries/pools.js';
import type { QuerySource } from '../../queries/query-source.js';
import { exhaustedPoolOf, isDataSource, poolsOf, systemOf, type DataSource } from './data-source.js';
import { hookQueryRunners } from './hook-query-runners.js';
import type { TypeOrmOptions } from './typeorm-options.js';
import { compileTypeOrmSettings, typeOrm, type TypeOrmSettings } from './typeorm-partner.js';

/** What is known about a data source. */
interface Known {
  readonly name: string;
  readonly system: string | undefined;
  readonly pool: NonNullable<QuerySource['pool']>;
  /** Nest's `ModulesContainer` of its application; undefined: that of the running code. */
  modules?: object;
  /** The options given to `trackDataSource()`. */
  own?: OwnOptions<TypeOrmOptions, TypeOrmSettings>;
  /** The last source of its queries. */
  made?: QuerySource;
}

const known = processWide('typeorm-data-sources', () => new WeakMap<object, Known>());

/**
 * Tracks a provider if it is a data source. One that is already tracked stays as it is.
 *
 * @param modules - Nest's `ModulesContainer`
 */
export function trackDataSourceOf({ token, instance }: ProviderInstance, modules: object): void {
  if (isDataSource(instance)) remember(instance, nameOf(instance, token)).modules ??= modules;
}

/** @param options - take precedence over those of the module */
export function trackOwn(dataSource: DataSource, options: TypeOrmOptions): void {
  remember(dataSource, nameOf(dataSource, undefined)).own = ownOptions(options);
}

function remember(dataSource: DataSource, name: string): Known {
  const before = known.get(dataSource);
  if (before) return before;
  const pool = () => exhaustedPoolOf(dataSource);
  const added: Known = { name, system: systemOf(dataSource), pool };
  known.set(dataSource, added);
  registerPools(dataSource, name, poolsOf);
  hookQueryRunners(dataSource, sourceOf);
  return added;
}

/** The name that Nest gives a data source; otherwise its token, without the suffix that Nest adds; or its database. */
function nameOf({ options: { name, database } }: DataSource, token: unknown): string {
  if (typeof name === 'string' && name !== '') return name;
  if (typeof token === 'string') return token.replace(/_?DataSource$/i, '') || 'default';
  return token === undefined && typeof database === 'string' ? basename(database) : 'default';
}

/**
 * Where a data source sends its queries.
 *
 * @returns undefined if it is not known; `off` if its application does not track TypeORM
 */
function sourceOf(dataSource: object | undefined): QuerySource | 'off' | undefined {
  const source = dataSource && known.get(dataSource);
  if (!source) return undefined;
  const { name, system, pool, modules, own } = source;
  const tracking = modules ? typeOrm.trackingIn(modules) : typeOrm.trackingHere();
  if (!tracking) return 'off';
  const settings = settingsWith(tracking.settings, own, compileTypeOrmSettings);
  if (source.made?.settings !== settings) source.made = { dataSource: name, system, pool, settings };
  return source.made;
}

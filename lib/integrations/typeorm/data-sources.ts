import { basename } from 'node:path';
import { processWide } from '../../process-state/process-wide.js';
import type { ModulesContainer } from '../../hooks/provider-prototypes.js';
import { registerPool } from '../../queries/pools.js';
import type { QuerySource } from '../../queries/query-source.js';
import { isDataSource, poolOf, systemOf, type DataSource } from './data-source.js';
import { hookQueryRunners } from './hook-query-runners.js';
import type { TypeOrmOptions } from './typeorm-options.js';
import { compileQuerySettings } from './typeorm-options.js';
import { typeOrm, type TypeOrmSettings } from './typeorm-partner.js';

/** What is known about a data source. */
interface Known {
  readonly name: string;
  readonly system: string | undefined;
  readonly pool: NonNullable<QuerySource['pool']>;
  /** Nest's `ModulesContainer` of its application; undefined: that of the running code. */
  modules?: object;
  /** The options given to `trackDataSource()`. */
  own?: TypeOrmOptions;
  /** The last source of its queries, and the settings of the application that it was made with. */
  made?: { readonly base: TypeOrmSettings; readonly source: QuerySource };
}

const known = processWide('typeorm-data-sources', () => new WeakMap<object, Known>());

/** Tracks the data sources among the providers of an application. Those that are already tracked stay as they are. */
export function trackDataSourcesOf(modules: ModulesContainer): void {
  for (const { providers } of modules.values()) {
    for (const [token, { instance }] of providers) {
      if (isDataSource(instance)) remember(instance, nameOf(instance, token)).modules ??= modules;
    }
  }
}

/** @param options - take precedence over those of the module */
export function trackOwn(dataSource: DataSource, options: TypeOrmOptions): void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const tracked = remember(dataSource, nameOf(dataSource, undefined));
  tracked.own = Object.fromEntries(given);
  tracked.made = undefined;
}

function remember(dataSource: DataSource, name: string): Known {
  const before = known.get(dataSource);
  if (before) return before;
  const pool = () => poolOf(dataSource);
  const added: Known = { name, system: systemOf(dataSource), pool };
  known.set(dataSource, added);
  registerPool(dataSource, name, poolOf);
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
  const { name, system, pool, modules, own, made } = source;
  const tracking = modules ? typeOrm.trackingIn(modules) : typeOrm.trackingHere();
  if (!tracking) return 'off';
  const { settings: base } = tracking;
  if (made?.base === base) return made.source;
  const settings = own ? compileQuerySettings({ ...base.options, ...own }) : base;
  source.made = { base, source: { dataSource: name, system, pool, settings } };
  return source.made.source;
}

import type { PoolStatus } from '../context/failed-queries.js';

/** Which queries are reported as slow or repeated. */
export interface QuerySettings {
  /** Milliseconds. */
  readonly slowerThan: number;
  readonly nPlusOne: number | false;
}

/** Where a query is sent. */
export interface QuerySource {
  readonly dataSource?: string;
  /** As OpenTelemetry names it: `postgresql`, `mysql`, `mariadb`, `sqlite`, `mssql`. */
  readonly system?: string;
  /** Without them, the query is a breadcrumb only. */
  readonly settings?: QuerySettings;
  /** The state of the connection pool, if there is one. */
  readonly pool?: () => PoolStatus | undefined;
}

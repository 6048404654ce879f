import type { PoolStatus } from '../context/failed-queries.js';

/** Which queries are reported as slow or repeated. */
export interface QuerySettings {
  /** Milliseconds. */
  readonly slowerThan: number;
  readonly nPlusOne: number | false;
}

/** What the driver beneath an ORM was seen to send. It stays empty if that driver cannot be seen. */
export interface SeenDriver {
  /** As OpenTelemetry names the database. */
  system?: string;
  /** Statements so far. */
  statements: number;
}

/** Where a query is sent. */
export interface QuerySource {
  /** Drivers may tell it only once a query is sent. */
  dataSource?: string;
  /** As OpenTelemetry names it: `postgresql`, `mysql`, `mariadb`, `sqlite`, `mssql`. */
  readonly system?: string;
  /** Without them, the query is a breadcrumb only. */
  readonly settings?: QuerySettings;
  /** The state of the connection pool, if there is one. */
  readonly pool?: () => PoolStatus | undefined;
  /** Of an ORM whose operations are followed, rather than its statements. */
  readonly driver?: SeenDriver;
}

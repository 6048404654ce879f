/** Facts of a database error: names only, no values. */
export interface DatabaseFacts {
  /** `postgresql`, `mysql`, `mariadb`, `sqlite`, `mongodb`, `redis`; `prisma` or `typeorm` if the database is unknown. */
  system?: string;
  /** `INSERT`, `SELECT`, `CONNECT`; for Prisma and TypeORM the method. */
  operation?: string;
  /** The driver's code: `23505`, `ER_DUP_ENTRY`, `SQLITE_CONSTRAINT_UNIQUE`, `P2002`, `11000`. */
  code?: string;
  /** Constraint or index; if the driver names none, the columns: `customer.email`. */
  constraint?: string;
  table?: string;
  /** Normalized: literals are `?`. */
  statement?: string;
}

/** Facts of a driver's error alone. */
export interface DriverFacts extends DatabaseFacts {
  /** Used if no constraint is named. */
  column?: string;
  /** Of a library that sends any statement: used if that is unknown. */
  method?: string;
}

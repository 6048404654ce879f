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

/** Facts of a driver's error alone; the column is used if no constraint is named. */
export interface DriverFacts extends DatabaseFacts {
  column?: string;
}

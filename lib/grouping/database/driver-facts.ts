/** What a database error says: names only, no values. */
export interface DatabaseFacts {
  /** `postgresql`, `mysql`, `mariadb`, `sqlite`, `mongodb`, `redis`; `prisma` or `typeorm` where that is all one sees. */
  system?: string;
  /** `INSERT`, `SELECT`, `CONNECT`; for Prisma and TypeORM the method. */
  operation?: string;
  /** The driver's code: `23505`, `ER_DUP_ENTRY`, `SQLITE_CONSTRAINT_UNIQUE`, `P2002`, `11000`. */
  code?: string;
  /** Constraint or index; where the driver names none, the columns: `customer.email`. */
  constraint?: string;
  table?: string;
  /** Normalised: literals are `?`. */
  statement?: string;
}

/** What a driver's error says by itself; a column stands for the constraint where there is no other name. */
export interface DriverFacts extends DatabaseFacts {
  column?: string;
}

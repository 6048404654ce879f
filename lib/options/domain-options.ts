import type { SeverityLevel } from '@sentry/nestjs';

/** Data that errors of every built-in domain may carry. */
export interface CommonData {
  /** Code of the provider or of the application; part of the fingerprint. Default: the code of the error. */
  code?: string | number;
  [key: string]: unknown;
}

/**
 * Data of a failed payment. Read from the errors of Stripe, PayPal and Adyen unless given explicitly. Card data is always
 * removed, whatever its name.
 */
export interface PaymentData extends CommonData {
  provider?: string;
  /** In the main or the minor unit of the currency, as the application counts; read from Stripe in the minor unit. */
  amount?: number | string;
  currency?: string;
  orderId?: string | number;
  customerId?: string | number;
  declineCode?: string;
  /** The provider's type of error: `StripeCardError`, `UNPROCESSABLE_ENTITY`. */
  type?: string;
  /** Status of the provider's response. */
  status?: number;
  /** The provider's request id: Stripe's request id, Adyen's PSP reference. */
  requestId?: string;
  /** PayPal's debug id. */
  debugId?: string;
}

/** Data of a failed authentication. `method` and `reason` are read from JWT and passport errors. */
export interface AuthData extends CommonData {
  /** `login`, `refresh`, `mfa`, … */
  action?: string;
  /** `jwt`, `oauth`, … */
  method?: string;
  /** `token expired`, … */
  reason?: string;
  userId?: string | number;
}

/** Data of a failed change or renewal of a subscription. */
export interface SubscriptionData extends CommonData {
  subscriptionId?: string | number;
  plan?: string;
  action?: string;
  status?: string;
}

/** Data of a failed booking. */
export interface BookingData extends CommonData {
  bookingId?: string | number;
  resource?: string;
  action?: string;
  /** Start of the booked period. */
  from?: string;
  /** End of the booked period. */
  to?: string;
}

/** Data of a failed integration with another system. */
export interface IntegrationData extends CommonData {
  integration?: string;
  action?: string;
  externalId?: string | number;
}

/** Data of a failed call to another service. Read from the errors of axios, fetch, got and others. */
export interface ExternalApiData extends CommonData {
  /** Host of the service. */
  service?: string;
  /** Method and path pattern: `GET /charges/:id`. */
  endpoint?: string;
  /** Status of the response. */
  status?: number;
  /** In milliseconds; read from the errors of got, which measures it. */
  responseTime?: number;
}

/** Data of a failed statement: names, no values. Read from the errors of drivers, TypeORM, Prisma and mongoose. */
export interface DatabaseData extends CommonData {
  /** `postgresql`, `mysql`, `mongodb`, … */
  system?: string;
  /** `SELECT`, `INSERT`, `CONNECT`, … */
  operation?: string;
  table?: string;
  constraint?: string;
}

/**
 * The domains and the types of their data. Add your own domains by declaration merging; their names are then accepted
 * wherever a domain is expected:
 *
 * ```ts
 * declare module 'nestjs-error-tracker' {
 *   interface Domains {
 *     shipping: ShippingData;
 *   }
 * }
 * ```
 */
export interface Domains {
  payment: PaymentData;
  auth: AuthData;
  subscription: SubscriptionData;
  booking: BookingData;
  integration: IntegrationData;
  externalApi: ExternalApiData;
  database: DatabaseData;
}

/** The name of a domain. */
export type DomainName = Extract<keyof Domains, string>;
/** The data type of a domain, given by its name or by the result of `defineDomain`. */
export type DomainData<D extends DomainName | Domain> = D extends DomainName
  ? Domains[D]
  : D extends Domain<infer Data>
    ? Data
    : never;

declare const data: unique symbol;

/** A domain returned by `defineDomain`: its name and the type of its data. */
export interface Domain<Data extends object = never> {
  readonly name: string;
  /** Only for the compiler. */
  readonly [data]?: (data: Data) => void;
}

/** How the errors of a domain are reported. */
export interface DomainOptions<Data extends object> {
  /**
   * Property names of the data, each sent as the searchable tag `<domain>.<property>`; or fixed tags of every error of
   * the domain. The tag `domain` is always set. Default: `['code']`.
   */
  tags?: readonly Extract<keyof Data, string>[] | Readonly<Record<string, string | number | boolean>>;
  /** Level of the errors. Default: `error`, for a critical domain `fatal`. */
  level?: SeverityLevel;
  /** Whether errors get the tag `critical: true` and the level `fatal`, and bypass `sampling.errors`. Default: false. */
  critical?: boolean;
  /**
   * Which errors of the domain form one issue; the domain always comes first. If the function throws, the default applies
   * and the failure is counted as `domain-fingerprint`. Default: type and code of the error.
   */
  fingerprint?: readonly string[] | ((error: unknown, data: Partial<Data>) => readonly string[]);
}

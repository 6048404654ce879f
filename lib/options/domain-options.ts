import type { SeverityLevel } from '@sentry/nestjs';

/** Facts that every error of a built-in domain may carry, besides those of its domain. */
export interface CommonData {
  /** Code of the provider or of the application; divides the group. Default: that of the error. */
  code?: string | number;
  [key: string]: unknown;
}

/**
 * What is known of a failed payment. What the errors of Stripe, PayPal and Adyen say is filled in; what is given here
 * wins. Card data is left out, whatever it is called.
 */
export interface PaymentData extends CommonData {
  provider?: string;
  /** In the currency's main or minor unit, as the application counts; from Stripe in the minor one. */
  amount?: number | string;
  currency?: string;
  orderId?: string | number;
  customerId?: string | number;
  declineCode?: string;
  /** The provider's kind of error: `StripeCardError`, `UNPROCESSABLE_ENTITY`. */
  type?: string;
  /** Status of the provider's answer. */
  status?: number;
  /** The provider's id of the request: Stripe's request id, Adyen's PSP reference. */
  requestId?: string;
  /** PayPal's. */
  debugId?: string;
}

/** What is known of a failed authentication; `method` and `reason` are read off JWT and passport errors. */
export interface AuthData extends CommonData {
  /** `login`, `refresh`, `mfa`, … */
  action?: string;
  method?: string;
  reason?: string;
  userId?: string | number;
}

export interface SubscriptionData extends CommonData {
  subscriptionId?: string | number;
  plan?: string;
  action?: string;
  status?: string;
}

export interface BookingData extends CommonData {
  bookingId?: string | number;
  resource?: string;
  action?: string;
  from?: string;
  to?: string;
}

export interface IntegrationData extends CommonData {
  integration?: string;
  action?: string;
  externalId?: string | number;
}

/** What is known of a failed call of another service; read off the errors of axios, fetch, got and others. */
export interface ExternalApiData extends CommonData {
  /** Its host. */
  service?: string;
  /** `GET /charges/:id` */
  endpoint?: string;
  status?: number;
  /** Milliseconds; read off the errors of got, which measures it. */
  responseTime?: number;
}

/** What is known of a failed statement; read off the errors of drivers, TypeORM, Prisma and mongoose. Names, no values. */
export interface DatabaseData extends CommonData {
  system?: string;
  operation?: string;
  table?: string;
  constraint?: string;
}

/**
 * The domains and their data. A domain of the application's own is added by declaration merging; then its name stands
 * for it wherever a domain is asked for:
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

export type DomainName = Extract<keyof Domains, string>;
/** The data of a domain, by its name or by what `defineDomain` has returned. */
export type DomainData<D extends DomainName | Domain> = D extends DomainName
  ? Domains[D]
  : D extends Domain<infer Data>
    ? Data
    : never;

declare const data: unique symbol;

/** A domain that `defineDomain` has made: stands for its name, and knows the type of its data. */
export interface Domain<Data extends object = never> {
  readonly name: string;
  /** Only for the compiler. */
  readonly [data]?: (data: Data) => void;
}

/** How the errors of a domain are reported. */
export interface DomainOptions<Data extends object> {
  /**
   * Names of properties of the data, each the searchable tag `<domain>.<property>`; or tags that every error of the
   * domain gets as they are. Default `['code']`. The tag `domain` is always there.
   */
  tags?: readonly Extract<keyof Data, string>[] | Readonly<Record<string, string | number | boolean>>;
  /** Default `error`; of a critical domain `fatal`. */
  level?: SeverityLevel;
  /** The tag `critical: true`, the level `fatal`, and `sampling.errors` leaves none of its errors out. Default false. */
  critical?: boolean;
  /**
   * Which errors of the domain form one issue. The domain itself always comes first. May throw: the default holds then,
   * the failure is counted as `domain-fingerprint`. Default: type and code of the error.
   */
  fingerprint?: readonly string[] | ((error: unknown, data: Partial<Data>) => readonly string[]);
}

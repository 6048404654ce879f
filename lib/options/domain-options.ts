import type { SeverityLevel } from '@sentry/nestjs';

/** Facts that every error of a built-in domain may carry, besides those of its domain. */
interface CommonData {
  /** Code of the provider or of the application; divides the group. Default: that of the error. */
  code?: string | number | undefined;
  [key: string]: unknown;
}

/**
 * What is known of a failed payment. What the errors of Stripe, PayPal and Adyen say is filled in; what is given here
 * wins. Card data is left out, whatever it is called.
 */
export interface PaymentData extends CommonData {
  provider?: string | undefined;
  /** In the currency's main or minor unit, as the application counts; from Stripe in the minor one. */
  amount?: number | string | undefined;
  currency?: string | undefined;
  orderId?: string | number | undefined;
  customerId?: string | number | undefined;
  declineCode?: string | undefined;
  /** The provider's kind of error: `StripeCardError`, `UNPROCESSABLE_ENTITY`. */
  type?: string | undefined;
  /** Status of the provider's answer. */
  status?: number | undefined;
  /** The provider's id of the request: Stripe's request id, Adyen's PSP reference. */
  requestId?: string | undefined;
  /** PayPal's. */
  debugId?: string | undefined;
}

/** What is known of a failed authentication; `method` and `reason` are read off JWT and passport errors. */
export interface AuthData extends CommonData {
  /** `login`, `refresh`, `mfa`, … */
  action?: string | undefined;
  method?: string | undefined;
  reason?: string | undefined;
  userId?: string | number | undefined;
}

export interface SubscriptionData extends CommonData {
  subscriptionId?: string | number | undefined;
  plan?: string | undefined;
  action?: string | undefined;
  status?: string | undefined;
}

export interface BookingData extends CommonData {
  bookingId?: string | number | undefined;
  resource?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface IntegrationData extends CommonData {
  integration?: string | undefined;
  action?: string | undefined;
  externalId?: string | number | undefined;
}

/** What is known of a failed call of another service; read off the errors of axios, fetch, got and others. */
export interface ExternalApiData extends CommonData {
  /** Its host. */
  service?: string | undefined;
  /** `GET /charges/:id` */
  endpoint?: string | undefined;
  status?: number | undefined;
  /** Milliseconds; read off the errors of got, which measures it. */
  responseTime?: number | undefined;
}

/** What is known of a failed statement; read off the errors of drivers, TypeORM, Prisma and mongoose. Names, no values. */
export interface DatabaseData extends CommonData {
  system?: string | undefined;
  operation?: string | undefined;
  table?: string | undefined;
  constraint?: string | undefined;
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
  tags?: readonly Extract<keyof Data, string>[] | Readonly<Record<string, string | number | boolean>> | undefined;
  /** Default `error`; of a critical domain `fatal`. */
  level?: SeverityLevel | undefined;
  /** The tag `critical: true`, the level `fatal`, and `sampling.errors` leaves none of its errors out. Default false. */
  critical?: boolean | undefined;
  /**
   * Which errors of the domain form one issue. The domain itself always comes first. May throw: the default holds then,
   * the failure is counted as `domain-fingerprint`. Default: type and code of the error.
   */
  fingerprint?: (readonly string[] | ((error: unknown, data: Partial<Data>) => readonly string[])) | undefined;
}

import type { SeverityLevel } from '@sentry/nestjs';

/**
 * Data that errors of every built-in domain may carry.
 *
 * @example
 * ```ts
 * tracker.capturePaymentError(error, { code: 'gateway_timeout', shop: 'berlin' }); // properties of your own, too
 * ```
 */
export interface CommonData {
  /** Code of the provider or of the application; part of the fingerprint. Default: the code of the error. */
  code?: string | number | undefined;
  [key: string]: unknown;
}

/**
 * Data of a failed payment. Read from the errors of Stripe, PayPal and Adyen unless given explicitly. Card data is always
 * removed, whatever its name.
 *
 * @example
 * ```ts
 * tracker.capturePaymentError(error, { provider: 'stripe', orderId: order.id, amount: order.total });
 * ```
 */
export interface PaymentData extends CommonData {
  provider?: string | undefined;
  /** In the main or the minor unit of the currency, as in the application; Stripe's amounts are in the minor unit. */
  amount?: number | string | undefined;
  currency?: string | undefined;
  orderId?: string | number | undefined;
  customerId?: string | number | undefined;
  declineCode?: string | undefined;
  /** The provider's type of error: `StripeCardError`, `UNPROCESSABLE_ENTITY`. */
  type?: string | undefined;
  /** Status of the provider's response. */
  status?: number | undefined;
  /** The provider's request id: Stripe's request id, Adyen's PSP reference. */
  requestId?: string | undefined;
  /** PayPal's debug id. */
  debugId?: string | undefined;
}

/**
 * Data of a failed authentication. `method` and `reason` are read from JWT and passport errors.
 *
 * @example
 * ```ts
 * tracker.captureAuthError(error, { method: 'jwt', action: 'refresh' });
 * ```
 */
export interface AuthData extends CommonData {
  /** `login`, `refresh`, `mfa`, … */
  action?: string | undefined;
  /** `jwt`, `oauth`, … */
  method?: string | undefined;
  /** `token expired`, … */
  reason?: string | undefined;
  userId?: string | number | undefined;
}

/**
 * Data of a failed subscription change or renewal.
 *
 * @example
 * ```ts
 * tracker.captureSubscriptionError(error, { code: 'renewal_failed' });
 * ```
 */
export interface SubscriptionData extends CommonData {
  subscriptionId?: string | number | undefined;
  plan?: string | undefined;
  action?: string | undefined;
  status?: string | undefined;
}

/**
 * Data of a failed booking.
 *
 * @example
 * ```ts
 * tracker.captureBookingError(error, { bookingId: '42', resource: 'room 7' });
 * ```
 */
export interface BookingData extends CommonData {
  bookingId?: string | number | undefined;
  resource?: string | undefined;
  action?: string | undefined;
  /** Start of the booked period. */
  from?: string | undefined;
  /** End of the booked period. */
  to?: string | undefined;
}

/**
 * Data of a failed integration with another system.
 *
 * @example
 * ```ts
 * tracker.captureIntegrationError(error, { integration: 'crm', action: 'sync' });
 * ```
 */
export interface IntegrationData extends CommonData {
  integration?: string | undefined;
  action?: string | undefined;
  externalId?: string | number | undefined;
}

/**
 * Data of a failed call to another service. Read from the errors of axios, fetch, got and others.
 *
 * @example
 * ```ts
 * tracker.captureExternalApiError(error, { service: 'carrier', endpoint: 'POST /labels', status: 502 });
 * ```
 */
export interface ExternalApiData extends CommonData {
  /** Host of the service, or its name in `services` of `SentryHttpClientModule`. */
  service?: string | undefined;
  /** Method and path pattern: `GET /charges/:id`. */
  endpoint?: string | undefined;
  /** Status of the response. */
  status?: number | undefined;
  /** In milliseconds. */
  responseTime?: number | undefined;
  /** Header `retry-after` of the response: seconds, or a date. */
  retryAfter?: number | string | undefined;
}

/**
 * Data of a failed statement: names, never values. Read from the errors of drivers, TypeORM, Prisma and mongoose.
 *
 * @example
 * ```ts
 * tracker.captureDatabaseError(error, { system: 'postgresql', operation: 'insert', table: 'orders' });
 * ```
 */
export interface DatabaseData extends CommonData {
  /** `postgresql`, `mysql`, `mongodb`, … */
  system?: string | undefined;
  /** `SELECT`, `INSERT`, `CONNECT`, … */
  operation?: string | undefined;
  table?: string | undefined;
  constraint?: string | undefined;
}

/**
 * Data of a failed mail, text message or push notification. Read from the errors of nodemailer, Twilio, SendGrid, Firebase,
 * APNs, web push and Expo. Never put the text of the message here.
 *
 * @example
 * ```ts
 * tracker.captureDomainError('notification', error, { provider: 'post', template: 'letter' });
 * ```
 */
export interface NotificationData extends CommonData {
  /** `nodemailer`, `twilio`, `sendgrid`, `fcm`, `apns`, `web-push`, `expo`, … */
  provider?: string | undefined;
  /** `email`, `sms`, `push`, … */
  channel?: string | undefined;
  /** Name or id of the template. */
  template?: string | undefined;
  /** Address, phone number or token of a device, or several of them; sent as pseudonyms. */
  recipient?: string | string[] | undefined;
  /** Status of the provider's response. */
  status?: number | undefined;
}

/**
 * The domains and the types of their data. Add your own domains by declaration merging; their names are then accepted
 * wherever a domain is expected:
 *
 * ```ts
 * declare module 'nestjs-error-tracker' {
 *   interface Domains {
 *     shipping: { carrier: string; weight?: number };
 *   }
 * }
 * ```
 */
export interface Domains {
  payment: PaymentData;
  auth: AuthData;
  subscription: SubscriptionData;
  booking: BookingData;
  notification: NotificationData;
  integration: IntegrationData;
  externalApi: ExternalApiData;
  database: DatabaseData;
}

/**
 * The name of a domain.
 *
 * @example
 * ```ts
 * import { type DomainName } from 'nestjs-error-tracker';
 *
 * const onCall: DomainName[] = ['payment', 'auth'];
 * ```
 */
export type DomainName = Extract<keyof Domains, string>;
/**
 * The data type of a domain, by its name or by the result of `defineDomain`.
 *
 * @example
 * ```ts
 * import { type DomainData } from 'nestjs-error-tracker';
 *
 * const data: DomainData<'payment'> = { provider: 'stripe', orderId: order.id };
 * ```
 */
export type DomainData<D extends DomainName | Domain> = D extends DomainName
  ? Domains[D]
  : D extends Domain<infer Data>
    ? Data
    : never;

declare const data: unique symbol;

/**
 * A domain returned by `defineDomain`: its name and the type of its data.
 *
 * @example
 * ```ts
 * import { defineDomain, type Domain } from 'nestjs-error-tracker';
 *
 * export const shipping: Domain<{ carrier: string }> = defineDomain<{ carrier: string }>('shipping');
 * tracker.captureDomainError(shipping, error, { carrier: 'dhl' });
 * ```
 */
export interface Domain<Data extends object = never> {
  readonly name: string;
  /** Only for the compiler. */
  readonly [data]?: (data: Data) => void;
}

/**
 * How the errors of a domain are reported.
 *
 * @example
 * ```ts
 * export const shipping = defineDomain<{ carrier: string }>('shipping', { tags: ['carrier'], level: 'warning' });
 * ```
 */
export interface DomainOptions<Data extends object> {
  /**
   * Property names of the data, each sent as the searchable tag `<domain>.<property>`; or fixed tags for every error of
   * the domain. The tag `domain` is always set. Default: `['code']`.
   */
  tags?: readonly Extract<keyof Data, string>[] | Readonly<Record<string, string | number | boolean>> | undefined;
  /** Level of the errors. Default: `error`, or `fatal` for a critical domain. */
  level?: SeverityLevel | undefined;
  /** Whether errors get the tag `critical: true` and the level `fatal`, and bypass `sampling.errors`. Default: false. */
  critical?: boolean | undefined;
  /**
   * Which errors of the domain form one issue; the domain always comes first. If the function throws, the default applies
   * and the failure is counted as `domain-fingerprint`. Default: type and code of the error.
   */
  fingerprint?: (readonly string[] | ((error: unknown, data: Partial<Data>) => readonly string[])) | undefined;
}

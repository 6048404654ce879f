import type { SeverityLevel } from '@sentry/nestjs';

/** Facts that every domain error may carry, besides those of its domain. */
interface CommonData {
  /** Code of the provider or of the application; divides the group. */
  code?: string;
  [key: string]: unknown;
}

export interface PaymentData extends CommonData {
  provider?: string;
  /** In the currency's main or minor unit, as the application counts. */
  amount?: number | string;
  currency?: string;
  orderId?: string | number;
  customerId?: string | number;
  declineCode?: string;
}

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

export interface ExternalApiData extends CommonData {
  service?: string;
  /** `GET /charges/:id` */
  endpoint?: string;
  status?: number;
  /** Milliseconds. */
  responseTime?: number;
}

export interface DatabaseData extends CommonData {
  system?: string;
  operation?: string;
  table?: string;
  constraint?: string;
}

/** The domains and their data. Augment it by declaration merging to add one of your own. */
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
export type DomainData<D extends DomainName> = Domains[D];

interface DomainRule {
  /** Properties of the data that become searchable tags `<domain>.<property>`. */
  tags: readonly string[];
  level: SeverityLevel;
}

const RULES: Readonly<Record<string, DomainRule>> = {
  payment: { tags: ['provider', 'currency', 'code', 'declineCode'], level: 'error' },
  auth: { tags: ['action', 'method', 'reason', 'code'], level: 'warning' },
  subscription: { tags: ['plan', 'action', 'status', 'code'], level: 'error' },
  booking: { tags: ['resource', 'action', 'code'], level: 'error' },
  integration: { tags: ['integration', 'action', 'code'], level: 'error' },
  externalApi: { tags: ['service', 'endpoint', 'status', 'code'], level: 'error' },
  database: { tags: ['system', 'operation', 'table', 'code'], level: 'error' },
};

/** How an error of this domain is reported: tags, context, level and group. */
export function domainContext(domain: string, error: unknown, data: Readonly<Record<string, unknown>>) {
  const { tags, level } = RULES[domain] ?? { tags: ['code'], level: 'error' as const };
  const found: Record<string, string> = { domain };
  for (const name of tags) {
    const value = data[name];
    if (typeof value === 'string' || typeof value === 'number') found[`${domain}.${name}`] = String(value);
  }
  const code = data.code ?? codeOf(error);
  const parts = [domain, typeOf(error), code].filter((part) => typeof part === 'string' || typeof part === 'number');
  return { level, tags: found, contexts: { [domain]: { ...data } }, fingerprint: parts.map(String) };
}

function typeOf(error: unknown): string {
  const name = property(error, 'name');
  return typeof name === 'string' && name ? name : typeof error;
}

function codeOf(error: unknown): unknown {
  return property(error, 'code');
}

function property(object: unknown, key: string): unknown {
  try {
    return (object as Record<string, unknown> | null | undefined)?.[key];
  } catch {
    return undefined; // a hostile error has no code to group by
  }
}

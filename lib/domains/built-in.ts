import { databaseFacts, transactionPattern } from '../grouping/index.js';
import { authFacts } from './auth-facts.js';
import type { DomainRule, FactReader } from './domain-rule.js';
import { externalApiFacts } from './external-api-facts.js';
import { notificationFacts } from './providers/notification-facts.js';
import { paymentFacts } from './providers/payment-facts.js';
import { codeOf, typeOf } from './type-and-code.js';

const rule = (properties: string[], facts: FactReader | undefined, more: Partial<DomainRule> = {}): DomainRule => ({
  properties,
  facts,
  fixedTags: {},
  level: 'error',
  critical: false,
  ...more,
});

const PAYMENT = ['provider', 'currency', 'code', 'declineCode', 'type', 'requestId', 'debugId'];

export const BUILT_IN: Readonly<Record<string, DomainRule>> = {
  payment: rule(PAYMENT, paymentFacts),
  auth: rule(['action', 'method', 'reason', 'code'], authFacts, { level: 'warning' }),
  subscription: rule(['plan', 'action', 'status', 'code', 'provider', 'declineCode', 'requestId'], paymentFacts),
  booking: rule(['resource', 'action', 'code'], undefined),
  notification: rule(['provider', 'channel', 'code', 'template'], notificationFacts, {
    recipients: ['recipient', 'to'],
    fingerprint: (error, data) => {
      const { provider, code, status } = data as Record<string, unknown>;
      return texts(provider ?? typeOf(error), code, status === code ? undefined : status);
    },
  }),
  integration: rule(['integration', 'action', 'service', 'code'], externalApiFacts),
  externalApi: rule(['service', 'endpoint', 'status', 'code'], externalApiFacts, {
    fingerprint: (error, data) => {
      const { service, endpoint, status } = data as Record<string, unknown>;
      const where = typeof endpoint === 'string' ? transactionPattern(endpoint) : undefined;
      const statusClass = typeof status === 'number' ? `${Math.floor(status / 100)}xx` : undefined;
      const code = codeOf(error, data);
      // As the errors of the same calls that nobody captures: see grouping/presets/outbound.ts.
      if (typeof service === 'string' && where !== undefined)
        return texts(service, where, statusClass ?? code ?? typeOf(error));
      return texts(typeOf(error), code, service, where, statusClass);
    },
  }),
  database: rule(['system', 'operation', 'table', 'constraint', 'code'], (error) => ({ ...databaseFacts(error) }), {
    fingerprint: (error, data) => {
      const { operation, constraint, table } = data as Record<string, unknown>;
      return texts(typeOf(error), codeOf(error, data), operation, constraint ?? table);
    },
  }),
};

function texts(...parts: unknown[]): string[] {
  return parts.filter((part) => part !== undefined && part !== null && part !== '').map(String);
}

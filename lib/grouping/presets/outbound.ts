import { outboundFacts } from '../outbound-facts.js';
import { type Preset } from '../grouping-event.js';

/** `['externalApi', service, 'GET /charges/:id', '5xx']`; without a response the code replaces the status. */
export const outboundPreset: Preset = (error) => {
  const facts = outboundFacts(error);
  if (!facts) return undefined;
  const status = facts.status === undefined ? undefined : `${Math.floor(facts.status / 100)}xx`;
  return ['externalApi', facts.service, facts.endpoint ?? 'request', status ?? facts.code ?? 'unknown'];
};

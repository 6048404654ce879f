import { MESSAGE, OPEN, COOKIES, SOURCE, WHOLE_ADDRESS } from '../texts/rule-kinds.js';
import { PROTOCOL, fieldContext, type FieldContext } from './field-context.js';

/** Fields that several items of Sentry's protocol share. */

export const message = fieldContext({ kinds: MESSAGE, checksNames: false });
export const text = fieldContext({ checksNames: false });
export const source = fieldContext({ kinds: SOURCE, checksNames: false });
export const identity = fieldContext({ checksNames: false });
export const tags = fieldContext({ container: 'tags', rest: text });
export const cookies = fieldContext({
  kinds: OPEN | COOKIES,
  container: 'cookies',
  rest: fieldContext({ container: 'cookies' }),
});
export const address = fieldContext({
  kinds: OPEN | WHOLE_ADDRESS,
  checksNames: false,
  children: { type: PROTOCOL, unit: PROTOCOL },
});
export const attributes = fieldContext({
  container: 'attributes',
  unbounded: true,
  children: { 'client.address': address, 'user.ip_address': address },
});
export const protocolList = fieldContext({ kinds: PROTOCOL.kinds, checksNames: false, unbounded: true });

/** Fields of these names belong to the protocol. */
export function protocolFields(names: string): Record<string, FieldContext> {
  return Object.fromEntries(names.split(' ').map((name) => [name, protocolList]));
}

// What the values of attackers are made with.
export const filled = (count, entry) => Array.from({ length: count }, (_, index) => entry(index));
export const keyed = (count, entry = (index) => index, name = (index) => `key${index}`) =>
  Object.fromEntries(filled(count, (index) => [name(index), entry(index)]));
export const text = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
/** The same characters as one string: V8 need not put it together when it is read. */
export const flat = (string) => Buffer.from(string).toString();
export const nested = (levels, wrap, inner) => filled(levels, () => 0).reduce((value) => wrap(value), inner);
export const base64 = (string) => Buffer.from(string).toString('base64');
export const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(3)}\n-----END PRIVATE KEY-----\n`;

/** Full of what the rules for texts look for. */
export const dense = text('Cookie: a=b; password=c, mysql -px ', 60_000);

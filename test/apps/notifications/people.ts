/** Recipients by what the tests call them: an address in a URL or beside a stack frame would be sent. */
const PEOPLE: Record<string, string> = {
  alice: 'alice@example.com',
  bob: 'bob@example.com',
  unknown: 'unknown@example.com',
  slow: 'slow@example.com',
  shop: '+15550001111',
  phone: '+15551234567',
  'wrong-phone': '+15551234513',
  device: 'device-token-1',
  'gone-device': 'device-token-gone',
  expo: 'ExponentPushToken[device-token]',
  'gone-expo': 'ExponentPushToken[device-token-gone]',
  browser: 'https://127.0.0.1:9/push/the-secret-endpoint',
};

export const person = (name: string): string => PEOPLE[name] ?? name;
export const people = (names: string): string[] => names.split(',').map(person);

export const BODY = 'the secret body';

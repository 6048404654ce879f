import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const KEY_BYTES = 32;

const deriveKey = promisify<string, Buffer, number, Buffer>(scrypt);

/** @returns `salt:key`, both in base64 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await deriveKey(password, salt, KEY_BYTES);
  return `${salt.toString('base64')}:${key.toString('base64')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  const given = await deriveKey(password, Buffer.from(salt, 'base64'), KEY_BYTES);
  return timingSafeEqual(given, Buffer.from(key, 'base64'));
}

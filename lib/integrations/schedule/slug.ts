import { createHash } from 'node:crypto';

/** Sentry cuts a longer slug. */
const MAX_LENGTH = 50;
const HASH_LENGTH = 8;

/** A slug as Sentry stores it: letters, digits, hyphens, underscores, not only digits. */
export const SLUG = new RegExp(`^(?!\\d+$)[a-z\\d_-]{1,${MAX_LENGTH}}$`);

/** The slug of a name: a valid slug stays as it is; anything else becomes kebab case: `reports-service-nightly`. */
export function slugOf(name: string): string {
  if (SLUG.test(name)) return name;
  const kebab = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d_]+/g, '-')
    .replace(/^-|-$/g, '');
  if (SLUG.test(kebab)) return kebab;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  const start = /^\d*$/.test(kebab) ? `cron-${kebab}` : kebab;
  return `${start.slice(0, MAX_LENGTH - HASH_LENGTH - 1).replace(/-$/, '')}-${hash}`;
}

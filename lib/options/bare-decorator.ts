import { ConfigurationError } from './configuration-error.js';

/**
 * Rejects a decorator without parentheses: its factory is then called as the decorator itself, with the decorated class
 * or member.
 *
 * @param usage - the correct form: `@SkipTracking()`
 * @throws ConfigurationError - if the arguments are those of a decorator
 */
export function refuseBareDecorator(usage: string, [target, key]: readonly unknown[]): void {
  const onMember = typeof key === 'string' || typeof key === 'symbol';
  if (typeof target !== 'function' && !(onMember && typeof target === 'object' && target !== null)) return;
  const type = typeof target === 'function' ? target : (target as { constructor?: { name: string } }).constructor;
  const place = [type?.name, onMember && String(key)].filter(Boolean).join('.');
  const [decorator = ''] = usage.split('(', 1);
  throw new ConfigurationError({
    path: `${decorator} on ${place}`,
    received: `${decorator} without parentheses`,
    expected: 'a call of it',
    fix: `add the parentheses: ${usage}`,
  });
}

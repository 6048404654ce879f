/**
 * Sentry's data categories, most valuable first: sent first, dropped last.
 *
 * @see https://develop.sentry.dev/sdk/expected-features/rate-limiting/#definitions
 */
export const CATEGORIES = [
  'error',
  'monitor',
  'feedback',
  'default',
  'security',
  'transaction',
  'span',
  'profile',
  'replay',
  'log_item',
  'metric',
  'attachment',
  'session',
  'internal',
] as const;

export type Category = (typeof CATEGORIES)[number];

const OF_TYPE: Readonly<Record<string, Category | undefined>> = {
  event: 'error',
  check_in: 'monitor',
  feedback: 'feedback',
  user_report: 'default',
  raw_security: 'security',
  transaction: 'transaction',
  span: 'span',
  profile: 'profile',
  profile_chunk: 'profile',
  replay_event: 'replay',
  replay_recording: 'replay',
  log: 'log_item',
  trace_metric: 'metric',
  attachment: 'attachment',
  session: 'session',
  sessions: 'session',
  client_report: 'internal',
};

/** The category of an envelope item, by its type. */
export function categoryOf(type: unknown): Category {
  return (typeof type === 'string' && Object.hasOwn(OF_TYPE, type) ? OF_TYPE[type] : undefined) ?? 'default';
}

export function rankOf(category: Category): number {
  return CATEGORIES.indexOf(category);
}

export function isCategory(name: string): name is Category {
  return (CATEGORIES as readonly string[]).includes(name);
}

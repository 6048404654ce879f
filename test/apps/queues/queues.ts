const { QUEUES = `queues-${process.pid}` } = process.env;

/** Queue names that no other test uses. */
export const nameOf = (queue: string) => `${QUEUES}-${queue}`;

export const connection = { host: '127.0.0.1', port: 6379 };
/** Redis behind a proxy that the test starts and stops. */
export const distant = { host: '127.0.0.1', port: Number(process.env.DISTANT_PORT ?? 6379) };

export const NAMES = [
  'last',
  'first',
  'every',
  'chosen',
  'broken-choice',
  'bare',
  'linked',
  'apart',
  'untracked',
  'own',
  'shared',
  'stalling',
  'away',
  'parents',
  'registered',
  'registered-file',
];

const { env } = process;

/** What the shop takes from its environment. */
export const configuration = {
  host: env.HOST ?? '127.0.0.1',
  port: Number(env.PORT ?? 3000),
  platform: env.PLATFORM === 'fastify' ? 'fastify' : 'express',
  /** `postgres://…`; without one the shop keeps its data in memory. */
  databaseUrl: env.DATABASE_URL,
  /** Signs the tokens. Production has no default: there, a shop without a key lets nobody in, and reports it. */
  jwtSecret: env.JWT_SECRET ?? (env.NODE_ENV === 'production' ? undefined : 'only-for-development'),
} as const;

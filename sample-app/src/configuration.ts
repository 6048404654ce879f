const { env } = process;
/** Unless it is told that this is a developer's machine, the shop knows no keys that others know. */
const isLocal = env.NODE_ENV === 'development' || env.NODE_ENV === 'test';

/** The environment variables of the shop. */
export const configuration = {
  host: env.HOST ?? '127.0.0.1',
  port: Number(env.PORT ?? 3000),
  platform: env.PLATFORM === 'fastify' ? 'fastify' : 'express',
  /** `postgres://…`; if unset, the shop keeps its data in memory. */
  databaseUrl: env.DATABASE_URL,
  /** `redis://…`; if unset, receipts and reminders are sent by timers of this process. */
  redisUrl: env.REDIS_URL,
  /** `amqp://…`, `nats://…` or `mqtt://…`; if unset, paid orders are packed by this process. */
  brokerUrl: env.BROKER_URL,
  /** `https://…`; if unset, the carrier is a fake within this process. */
  carrierUrl: env.CARRIER_URL,
  /** What the carrier sends to prove that it is the carrier. */
  carrierKey: env.CARRIER_KEY ?? (isLocal ? 'only-for-development' : undefined),
  /** `smtp://…`; if unset, no mail is sent. */
  smtpUrl: env.SMTP_URL,
  /** Signs the tokens. There is a default for developers only: without a key, logins fail and are reported. */
  jwtSecret: env.JWT_SECRET ?? (isLocal ? 'only-for-development' : undefined),
  /** Whether browsers reach the shop by HTTPS only. */
  isSecure: !isLocal,
} as const;

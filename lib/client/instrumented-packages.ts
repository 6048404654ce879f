/** Packages that the SDK can only trace if it starts before they are loaded. */
export const INSTRUMENTED_PACKAGES = [
  'pg',
  'mysql2',
  'mysql',
  'ioredis',
  'redis',
  'mongodb',
  'mongoose',
  'amqplib',
  'kafkajs',
  '@prisma/client',
  'knex',
  'tedious',
];

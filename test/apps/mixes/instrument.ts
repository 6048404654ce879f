import * as Sentry from '@sentry/nestjs';
import { initSentry } from 'nestjs-error-tracker/init';

/** The ways in which applications start Sentry, in the order that INITS names. */
const starts: Record<string, () => void> = {
  ours: () => void initSentry({ tracesSampleRate: 1 }),
  plain: () => void Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 1, environment: 'plain' }),
};

/** @param place - where this is called; INITS_AT names the place that counts, `import` by default */
export function startAt(place: string): void {
  if (place !== (process.env.INITS_AT ?? 'import')) return;
  for (const name of process.env.INITS?.split(',') ?? []) starts[name]!();
}

startAt('import');

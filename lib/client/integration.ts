import type { getDefaultIntegrations } from '@sentry/nestjs';

export type Integration = NonNullable<ReturnType<typeof getDefaultIntegrations>>[number];

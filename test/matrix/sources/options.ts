import type { InitOptions } from 'nestjs-error-tracker';

export const options: InitOptions = { tracing: { components: process.env['COMPONENTS'] === '1' } };

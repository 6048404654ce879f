import { initSentry } from 'nestjs-error-tracker/init';

initSentry({ tracing: { components: process.env['COMPONENTS'] === '1' } });

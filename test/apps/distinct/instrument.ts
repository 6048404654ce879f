import { initSentry } from 'nestjs-error-tracker/init';

initSentry({ tracesSampleRate: 0.1, throttle: process.env.THROTTLE === 'off' ? false : undefined });

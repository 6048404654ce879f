import { initSentry } from 'nestjs-error-tracker/init';

if (process.env.PLAIN !== '1') initSentry(JSON.parse(process.env.INIT ?? '{}'));

import { initSentry } from 'nestjs-error-tracker/init';

if (process.env.START === 'init') initSentry(JSON.parse(process.env.INIT ?? '{}'));

import { initSentry } from 'nestjs-error-tracker/init';

initSentry(JSON.parse(process.env.INIT ?? '{}'));

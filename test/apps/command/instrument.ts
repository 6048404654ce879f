import { initSentry } from 'nestjs-error-tracker/init';

if (!process.env.BARE) initSentry();

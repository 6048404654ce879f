import { initSentry } from 'nestjs-error-tracker/init';

if (process.env.BARE !== '1') initSentry();

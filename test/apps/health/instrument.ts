import { initSentry } from 'nestjs-error-tracker/init';

initSentry();

import { initSentry } from 'nestjs-error-tracker/init';
import { options } from './options.js';

initSentry(options);

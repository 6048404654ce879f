import { initSentry } from 'nestjs-error-tracker/init';
import { initOptions } from '../init-options.js';

initSentry(initOptions(process.env.INIT));

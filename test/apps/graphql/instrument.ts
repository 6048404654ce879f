import { initSentry } from 'nestjs-error-tracker/init';
import { initOptions } from '../init-options.js';

if (process.env.START === 'init') initSentry(initOptions(process.env.INIT));

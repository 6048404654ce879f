import { Partner } from '../../partners/partner.js';
import { compileScheduleSettings, scheduleShape } from './schedule-options.js';

export const schedule = new Partner({ name: 'schedule', check: scheduleShape, compile: compileScheduleSettings });

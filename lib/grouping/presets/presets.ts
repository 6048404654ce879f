import { type GroupingPreset } from '../../options/grouping-options.js';
import { type Preset } from '../grouping-event.js';
import { authPreset } from './auth.js';
import { databasePreset } from './database.js';
import { messagePreset } from './message.js';
import { outboundPreset } from './outbound.js';
import { rateLimitPreset } from './rate-limit.js';
import { timeoutPreset } from './timeout.js';
import { validationPreset } from './validation.js';

/** All presets in order of precedence: the more specific ones first. */
export const PRESETS: ReadonlyArray<readonly [GroupingPreset, Preset]> = [
  ['database', databasePreset],
  ['outbound', outboundPreset],
  ['rateLimit', rateLimitPreset],
  ['auth', authPreset],
  ['validation', validationPreset],
  ['timeout', timeoutPreset],
  ['message', messagePreset],
];

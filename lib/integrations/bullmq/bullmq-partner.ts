import { Partner } from '../../partners/partner.js';
import { bullMqShape, compileJobSettings } from './bullmq-options.js';

export const bullMq = new Partner({ name: 'bullmq', check: bullMqShape, compile: compileJobSettings });

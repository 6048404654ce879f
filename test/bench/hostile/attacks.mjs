// Values as somebody would build them who wants to stop the process. Each is made anew for each run.
import { dataAttacks } from './attack-data.mjs';
import { errorAttacks } from './attack-errors.mjs';
import { objectAttacks } from './attack-objects.mjs';
import { textAttacks } from './attack-texts.mjs';

/** @type {Record<string, () => unknown>} */
export const attacks = {
  'a small object': () => ({ id: 1, name: 'small', items: [1, 2, 3] }),
  ...textAttacks,
  ...dataAttacks,
  ...objectAttacks,
  ...errorAttacks,
};

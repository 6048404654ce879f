import { attacks } from './attacks.mjs';
import { values } from './values.mjs';

/** `SET=attacks`: several hundred values built to be costly; otherwise those of the table in docs/bounds.md. */
export const chosenValues = process.env.SET === 'attacks' ? attacks : values;

import { call, httpExceptionStatus, nameOf, read, readText } from '../error-shape.js';
import { handlerOf, type Preset } from '../grouping-event.js';

/** `['validation', handler]`: class-validator, zod, joi, yup, ajv, Fastify's schemas, and Nest's 400 or 422 with a list. */
export const validationPreset: Preset = (error, event) => {
  const handler = isRejectedInput(error) ? handlerOf(event) : undefined;
  return handler === undefined ? undefined : ['validation', handler];
};

function isRejectedInput(error: unknown): boolean {
  if (Array.isArray(error)) return isPropertyError(error[0]);
  const name = nameOf(error);
  if (name === 'ZodError' || name === '$ZodError' || name === 'ValiError') return Array.isArray(read(error, 'issues'));
  if (read(error, 'isJoi') === true) return true;
  if (readText(error, 'code') === 'FST_ERR_VALIDATION') return true;
  if (name === 'ValidationError' && Array.isArray(read(error, 'inner'))) return true; // yup
  if (read(error, 'ajv') === true && Array.isArray(read(error, 'errors'))) return true;
  if (isPropertyError(error)) return true;
  const status = httpExceptionStatus(error);
  if (status !== 400 && status !== 422) return false;
  const response = call(error, 'getResponse');
  return Array.isArray(read(response, 'message')) || Array.isArray(read(response, 'errors'));
}

/** One of class-validator's: the property and its broken constraints, or those of the objects below it. */
function isPropertyError(error: unknown): boolean {
  if (readText(error, 'property') === undefined) return false;
  return typeof read(error, 'constraints') === 'object' || Array.isArray(read(error, 'children'));
}

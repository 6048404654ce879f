import type { FactReader } from '../domain-rule.js';
import { firstInCauses } from '../error-links.js';
import { adyenFacts } from './adyen.js';
import { paypalFacts } from './paypal.js';
import { stripeFacts } from './stripe.js';

/** Reads the errors of payment providers by their shape; none of their packages is imported. */
export const paymentFacts: FactReader = (error) =>
  firstInCauses(error, (link) => stripeFacts(link) ?? paypalFacts(link) ?? adyenFacts(link));

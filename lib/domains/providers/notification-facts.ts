import type { FactReader } from '../domain-rule.js';
import { firstInCauses } from '../error-links.js';
import { nodemailerFacts } from './nodemailer.js';
import { pushFacts } from './push-messages.js';
import { sendgridFacts, twilioFacts } from './text-messages.js';

/** Reads the errors of mail, text message and push services by their shape; none of their packages is imported. */
export const notificationFacts: FactReader = (error) =>
  firstInCauses(error, (link) => nodemailerFacts(link) ?? twilioFacts(link) ?? sendgridFacts(link) ?? pushFacts(link));

export { withoutCardData } from './card-data.js';
export { defineDomain } from './define-domain.js';
export { describeDomainError, type DomainDescription } from './describe-domain-error.js';
export { jsonBody } from './providers/json-body.js';
export { notificationFacts } from './providers/notification-facts.js';
export { describeRecipients, usePseudonyms, withoutRecipients } from './recipients.js';
export { firstInCauses } from './error-links.js';

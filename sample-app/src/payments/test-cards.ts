type Outcome = 'insufficient_funds' | 'generic_decline' | 'provider_down' | 'slow';

/** Outcomes of test cards, like those that payment providers publish. All other cards are charged immediately. */
export const testCards: ReadonlyMap<string, Outcome> = new Map([
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000002', 'generic_decline'],
  ['4000000000000119', 'provider_down'],
  ['4000000000003220', 'slow'], // the bank asks the customer for confirmation
]);

import { relative } from 'node:path';
import type { Check, Examination } from '../examination.js';
import type { Finding } from '../finding.js';

/** `sentry-duplicate`, `nest-duplicate`: several copies of a package in one process. */
export const packagesAreSingle: Check = {
  topic: 'configuration',
  run: (examination) => [
    ...duplicates(
      examination,
      '@sentry/',
      'sentry-duplicate',
      'Each copy has its own client and scopes: user, tags and breadcrumbs of one are missing on the events of the other.',
    ),
    ...duplicates(
      examination,
      '@nestjs/',
      'nest-duplicate',
      'Hooks are on one copy, and errors of the other are not reported. Nest itself does not recognize its own exceptions across copies.',
    ),
  ],
};

function duplicates({ facts, folder }: Examination, scope: string, id: string, why: string): Finding[] {
  const found = Object.entries(facts?.packages ?? {}).filter(
    ([name, folders]) => name.startsWith(scope) && folders.length > 1,
  );
  if (found.length === 0) return [];
  const copies = found.map(
    ([name, folders]) => `${name} (${folders.map((each) => relative(folder, each)).join(', ')})`,
  );
  const names = found.map(([name]) => name).join(' ');
  return [
    {
      id,
      severity: 'error',
      what: `Loaded more than once: ${copies.join('; ')}.`,
      why,
      fix: `Run npm ls ${names}, and give all packages that need it the same version: npm dedupe, or overrides in package.json.`,
    },
  ];
}

/** What `.env.example` says of each variable. */
const VARIABLES: readonly { name: string; lines: readonly string[] }[] = [
  {
    name: 'SENTRY_DSN',
    lines: [
      '# Where errors are sent. Without it, development uses the inbox: npx nestjs-error-tracker inbox',
      'SENTRY_DSN=',
    ],
  },
  {
    name: 'SENTRY_ENVIRONMENT',
    lines: ['# development, staging or production: decides on defaults', 'SENTRY_ENVIRONMENT=development'],
  },
  {
    name: 'SENTRY_RELEASE',
    lines: ['# Which deployment it is; default: the commit, or name@version of package.json', '# SENTRY_RELEASE='],
  },
  {
    name: 'SENTRY_TRACES_SAMPLE_RATE',
    lines: [
      '# Share of traces; default: 1 in development, 0.5 in staging, 0.1 in production',
      '# SENTRY_TRACES_SAMPLE_RATE=0.1',
    ],
  },
];

const HEADING = [
  '# Error tracking. Variables are read before ConfigModule loads a file: use node --env-file=.env dist/main.js,',
  "# or import 'dotenv/config' first in instrument.",
];

/** @returns the text with the variables that it does not name yet */
export function withVariables(text = ''): string {
  const missing = VARIABLES.filter(({ name }) => !new RegExp(`^[ \\t#]*(?:export )?${name}[ \\t]*=`, 'm').test(text));
  if (missing.length === 0) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const isNew = missing.length === VARIABLES.length;
  const lines = [...(isNew ? HEADING : []), ...missing.flatMap((variable) => variable.lines)];
  const between = text === '' ? '' : /\n$/.test(text) ? eol : eol + eol;
  return text + between + lines.map((line) => line + eol).join('');
}

/**
 * The floors of the house, from the ground up. A room may use its own floor's files and everything below it, never what
 * is above it. The rooms of one floor listed in `APART` do not know each other.
 */
const FLOORS = [
  ['ledger', 'partners'],
  ['options'],
  ['scrubbing', 'sampling', 'grouping'],
  ['delivery', 'domains'],
  ['client'],
  ['context'],
  ['breadcrumbs', 'operations', 'tracing', 'capture', 'alerts'],
  ['init.ts', 'register.ts'],
  ['integrations/graphql', 'integrations/microservices', 'integrations/websockets'],
  ['module', 'sentry.module.ts', 'index.ts'],
  ['integrations', 'testing', 'cli'],
];
const APART = ['scrubbing', 'sampling', 'grouping'];

const below = (index) => FLOORS.slice(0, index + 1).flat();
const pattern = (rooms) => `^lib/(${rooms.map((room) => room.replace('.', '\\.')).join('|')})(/|$)`;

const floors = FLOORS.map((rooms, index) => ({
  name: `floor-${rooms[0]}`,
  comment: `${rooms.join(', ')} may use what is below, and nothing above`,
  severity: 'error',
  from: { path: pattern(rooms) },
  to: { path: '^lib/', pathNot: [pattern(below(index)), ...(rooms.includes('cli') ? ['^lib/inbox/'] : [])] },
}));

const apart = APART.map((room) => ({
  name: `${room}-stands-alone`,
  comment: 'scrubbing, sampling and grouping are pure and do not know each other',
  severity: 'error',
  from: { path: `^lib/${room}/` },
  to: { path: pattern(APART.filter((other) => other !== room)) },
}));

module.exports = {
  forbidden: [
    ...floors,
    ...apart,
    {
      name: 'inbox-stands-apart',
      comment: 'the inbox is a program of its own: built-ins and its own files',
      severity: 'error',
      from: { path: '^lib/inbox/' },
      to: { pathNot: '^lib/inbox/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'before-nest',
      comment: 'what runs before Nest is loaded never loads it',
      severity: 'error',
      from: {
        path: pattern([
          'init.ts',
          'register.ts',
          'ledger',
          'partners',
          'options',
          'delivery',
          'domains',
          'client',
          'context',
          ...APART,
        ]),
      },
      to: { path: 'node_modules/@nestjs/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-rooms',
      comment: 'scrubbing, sampling, grouping, domains and options know neither Nest nor Sentry at run time',
      severity: 'error',
      from: { path: pattern(['options', 'ledger', 'domains', ...APART]) },
      to: { path: 'node_modules/(@nestjs|@sentry)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sdk-setup-in-one-room',
      comment: 'only client/ starts and configures the SDK',
      severity: 'error',
      from: {
        path: '^lib/',
        pathNot: '^lib/(client|init|context|operations|tracing|capture|module|breadcrumbs|integrations)',
      },
      to: { path: 'node_modules/@sentry/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'never-sentry-core',
      comment: 'npm would install a second copy of it',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: 'node_modules/@sentry/(core|node|node-core)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'partners-are-loaded-lazily',
      comment: 'an optional partner is reached through import type or loadPartner',
      severity: 'error',
      from: { path: '^lib/' },
      to: { dependencyTypes: ['npm-dev', 'npm-optional'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

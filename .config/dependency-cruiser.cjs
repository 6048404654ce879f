/**
 * The layers, from the ground up. A module may use the files of its own layer and of every layer below, never what is
 * above it. The modules listed in `APART` do not know each other.
 */
const LAYERS = [
  ['process-state', 'stats', 'optional-dependencies', 'envelopes', 'crontab'],
  ['options'],
  ['scrubbing', 'sampling', 'grouping'],
  ['bounds'],
  ['delivery', 'domains'],
  ['client'],
  ['context'],
  ['breadcrumbs', 'tracing', 'capture'],
  ['operations', 'queries', 'alerts', 'tunnel'],
  ['tracker'],
  ['hooks'],
  ['partners'],
  ['init.ts', 'register.ts'],
  [
    'graphql',
    'microservices',
    'websockets',
    'schedule',
    'events',
    'bullmq',
    'redis',
    'http-client',
    'cls',
    'logger',
    'notifications',
    'drivers',
    'typeorm',
    'prisma',
  ].map((name) => `integrations/${name}`),
  ['module', 'sentry.module.ts', 'index.ts'],
  ['integrations', 'testing', 'cli'],
];
const APART = ['scrubbing', 'sampling', 'grouping'];

const below = (index) => LAYERS.slice(0, index + 1).flat();
const pattern = (modules) => `^lib/(${modules.map((name) => name.replace('.', '\\.')).join('|')})(/|$)`;

const layers = LAYERS.map((modules, index) => ({
  name: `layer-${modules[0]}`,
  comment: `${modules.join(', ')} may use what is below, and nothing above`,
  severity: 'error',
  from: { path: pattern(modules) },
  to: { path: '^lib/', pathNot: [pattern(below(index)), ...(modules.includes('cli') ? ['^lib/inbox/'] : [])] },
}));

const apart = APART.map((name) => ({
  name: `${name}-stands-alone`,
  comment: 'scrubbing, sampling and grouping are pure and do not know each other',
  severity: 'error',
  from: { path: `^lib/${name}/` },
  to: { path: pattern(APART.filter((other) => other !== name)) },
}));

/** Which modules of scrubbing/ may use which; the files directly in scrubbing/ may use all of them. */
const SCRUBBING = {
  limits: [],
  markers: [],
  cache: [],
  names: ['markers', 'cache', 'limits'],
  texts: ['names', 'markers', 'cache', 'limits'],
  fields: ['texts'],
  walk: ['fields', 'texts', 'names', 'markers', 'cache', 'limits'],
  items: ['walk', 'fields', 'texts', 'markers', 'limits'],
};

const scrubbing = Object.entries(SCRUBBING).map(([name, allowed]) => ({
  name: `scrubbing-${name}`,
  comment: `scrubbing/${name} may use ${allowed.join(', ') || 'no other module of scrubbing'}`,
  severity: 'error',
  from: { path: `^lib/scrubbing/${name}/` },
  to: { path: '^lib/scrubbing/', pathNot: `^lib/scrubbing/(${[name, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...apart,
    ...scrubbing,
    {
      name: 'scrubbing-rules-stand-alone',
      comment: 'a text rule knows neither the scan, nor the scrubber that runs it, nor which kinds of rules there are',
      severity: 'error',
      from: { path: '^lib/scrubbing/texts/[^/]+/' },
      to: { path: '^lib/scrubbing/texts/[^/]+\\.ts$' },
    },
    {
      name: 'inbox-stands-apart',
      comment: 'the inbox is a program of its own: built-ins, its own files, what reads envelopes and crontabs',
      severity: 'error',
      from: { path: '^lib/inbox/' },
      to: { pathNot: '^lib/(inbox|envelopes|crontab)/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'schematics-stand-apart',
      comment: 'the Nest CLI loads them: built-ins, their own files, and types',
      severity: 'error',
      from: { path: '^lib/schematics/' },
      to: { pathNot: '^lib/schematics/', dependencyTypesNot: ['core', 'type-only'] },
    },
    {
      name: 'before-nest',
      comment: 'what runs before Nest is loaded never loads it',
      severity: 'error',
      from: {
        path: pattern([
          'init.ts',
          'register.ts',
          'process-state',
          'stats',
          'optional-dependencies',
          'options',
          'bounds',
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
      name: 'pure-modules',
      comment: 'scrubbing, sampling, grouping, domains and options know neither Nest nor Sentry at run time',
      severity: 'error',
      from: { path: pattern(['options', 'process-state', 'stats', 'bounds', 'domains', ...APART]) },
      to: { path: 'node_modules/(@nestjs|@sentry)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sdk-setup-in-client',
      comment: 'only client/ starts and configures the SDK; nothing below it knows the SDK at run time',
      severity: 'error',
      from: {
        path: pattern([
          'process-state',
          'stats',
          'optional-dependencies',
          'options',
          'bounds',
          'delivery',
          'domains',
          ...APART,
        ]),
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
      to: { circular: true },
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

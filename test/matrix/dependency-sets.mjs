import { pathToFileURL } from 'node:url';
import { lanes } from '../harness/lanes.mjs';

const NEST = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  'reflect-metadata',
  'rxjs',
];

/** The packages of an application, in the versions of the lanes that have this Nest and this Sentry. */
function setOf(nest, sentry) {
  const { dependencies } = lanes[nest];
  const sentryVersion = lanes[sentry === 10 ? 11 : 12].dependencies['@sentry/nestjs'];
  return {
    name: `Nest ${nest}, Sentry ${sentry}`,
    versions: `Nest ${dependencies['@nestjs/core']} and Sentry ${sentryVersion}`,
    nest,
    dependencies: {
      ...Object.fromEntries(NEST.map((name) => [name, dependencies[name]])),
      '@sentry/nestjs': sentryVersion,
    },
    /** The folder below .lanes that has these packages. */
    lane: (nest === 11) === (sentry === 10) ? String(nest) : undefined,
  };
}

/** What this library supports together. Sentry 10 does not accept Nest 12. */
export const dependencySets = [setOf(11, 10), setOf(11, 11), setOf(12, 11)];

export const kinds = [
  { name: 'CommonJS', type: 'commonjs' },
  { name: 'ES modules', type: 'module' },
];
export const platforms = ['Express', 'Fastify'];
export const nodeMajors = [20, 22, 24];
/** What is compiled last runs; `bundler` leaves CommonJS files in an application of ES modules to a bundler. */
export const resolutions = ['node16', 'bundler', 'nodenext'];

/** How the SDK is started, as docs/installation.md says. */
export const starts = {
  import: { what: 'instrument first', main: 'main-with-instrument.js', flags: [] },
  register: {
    what: '--import',
    main: 'main.js',
    flags: ['--import', 'nestjs-error-tracker/register'],
    /** The same way with options, which `/register` does not take. */
    flagsWithOptions: ({ output }) => ['--import', pathToFileURL(`${output}/instrument.js`).href],
  },
  module: { what: 'forRoot({ init })', main: 'main.js', flags: [] },
};

// Which file of the package each module goes into. A chunk is a module of lib/README.md, or several of neighbouring layers.

/** The modules of a chunk, as folders of lib/. What runs only beside Nest, of modules that are loaded before it too. */
const CHUNKS = {
  foundation: ['process-state', 'stats', 'optional-dependencies', 'envelopes', 'crontab'],
  'scrubbing-names': ['scrubbing/limits', 'scrubbing/markers', 'scrubbing/cache', 'scrubbing/names'],
  'scrubbing-assignments': ['scrubbing/texts/assignments', 'scrubbing/texts/encodings'],
  'scrubbing-texts': ['scrubbing/texts'],
  module: ['module', 'sentry.module'],
  hooks: ['hooks', 'partners'],
  bounds: ['bounds', 'sampling'],
  capture: ['capture', 'breadcrumbs', 'tracing'],
  operations: ['operations', 'queries'],
};
/** Integrations that share a chunk, so that the package has fewer files; each other one has its own. */
const SHARED = {
  clients: ['typeorm', 'prisma', 'redis', 'http-client'],
  records: ['cls', 'logger', 'notifications', 'drivers'],
  background: ['schedule', 'events', 'bullmq'],
  messages: ['microservices', 'websockets'],
};
/** Of what is started by itself: in its one file. */
const PROGRAMS = ['cli', 'inbox', 'schematics'];
const BESIDE_NEST = 'tracker';
const BELOW_HOOKS = [
  'optional-dependencies',
  'options',
  'client',
  'context',
  'breadcrumbs',
  'tracing',
  'capture',
  'operations',
  'queries',
  'tracker',
];

/**
 * @param path - of a module below the sources, without its extension: `capture/judge`
 * @param beforeNest - whether an entry that is loaded before Nest needs the module
 * @returns the name of its chunk; undefined: the file of the entry point that needs it
 */
export function chunkOf(path, beforeNest) {
  // A file of its own, by whose name the package finds out whether it is part of a bundle.
  if (path.endsWith('/this-file')) return 'this-file';
  // Shared by the command and the preload of the process that it starts, which must not load the command.
  if (path.startsWith('cli/doctor/facts/')) return 'doctor-facts';
  const [folder, name] = path.split('/');
  if (PROGRAMS.includes(folder) || path.startsWith('integrations/health/')) return undefined;
  if (folder === 'integrations') return Object.keys(SHARED).find((chunk) => SHARED[chunk].includes(name)) ?? name;
  if (path === 'alerts/alert-status' || folder === 'tunnel' || (!beforeNest && BELOW_HOOKS.includes(folder)))
    return BESIDE_NEST;
  const isIn = (module) => path === module || path.startsWith(`${module}/`);
  return Object.keys(CHUNKS).find((name) => CHUNKS[name].some(isIn)) ?? folder;
}

import { type NamePattern } from '../options/sampling-options.js';

const PATHS = [
  // health, liveness, readiness: Terminus examples, Kubernetes conventions, actuators
  '/health',
  '/health/:check',
  '/healthz',
  '/healthz/:check',
  '/healthcheck',
  '/health-check',
  '/_health',
  '/actuator/health*',
  '/live',
  '/livez',
  '/liveness',
  '/ready',
  '/readyz',
  '/readiness',
  // metrics
  '/metrics',
  '/actuator/prometheus',
  // static files
  '/static/*',
  '/assets/*',
  '/favicon.ico',
  '/robots.txt',
];

const FILES = 'css js mjs map ico png jpg jpeg gif svg webp avif woff woff2 ttf otf eot webmanifest'.split(' ');

/**
 * Names that are not traced unless `critical`, a rule or `presets: false` says otherwise: probes and static files. GET and
 * HEAD only: `POST /metrics` belongs to the application.
 */
export const TRACE_PRESETS: readonly NamePattern[] = [...PATHS, ...FILES.map((extension) => `/*.${extension}`)].map(
  (path) => `GET|HEAD ${path}`,
);

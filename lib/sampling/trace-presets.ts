import { compilePath, type NameMatcher } from './name-pattern.js';

/** Probes also where the application has a prefix: `/api/v1/health`. */
const PROBES = ['/health', '/healthz', '/healthcheck', '/health-check'];

const PATHS = [
  // liveness, readiness: Terminus examples, Kubernetes conventions, actuators
  '/health/:check',
  '/healthz/:check',
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

const METHODS = new Set(['GET', 'HEAD']);

/**
 * Matches what is not traced unless `critical`, a rule or `presets: false` says otherwise: probes and static files, at
 * these paths alone: `/api/v1/assets/42` belongs to the application. So does `POST /metrics`.
 */
export function compileTracePresets(): NameMatcher {
  const probes = new Set(PROBES);
  const matchers = [...PATHS, ...FILES.map((extension) => `/*.${extension}`)].map(compilePath);
  return ({ method, paths, wholePaths }) => {
    if (method !== undefined && !METHODS.has(method)) return false;
    if (paths.some((path) => probes.has(path))) return true;
    return wholePaths.some((path) => matchers.some((matches) => matches(path)));
  };
}

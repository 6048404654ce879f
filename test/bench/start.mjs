// CPU of starting: Nest alone, with plain @sentry/nestjs, and with this library, interleaved in one run. Each sample is a
// process that starts the SDK and loads Nest and the module. Prints medians, and what they are above Nest alone.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
await import('../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '.lanes', '11');
const ROUNDS = Number(process.env.ROUNDS ?? 15);

const options = "{ dsn: 'http://key@127.0.0.1:9/1', environment: 'production', tracesSampleRate: 0.1 }";
const nest = "require('reflect-metadata'); require('@nestjs/core');";
const kinds = {
  bare: nest,
  sentry: `require('@sentry/nestjs').init(${options}); ${nest} require('@sentry/nestjs/setup');`,
  tracker: `require('nestjs-error-tracker/init').initSentry({ ...${options}, spool: false }); ${nest} require('nestjs-error-tracker');`,
};
const MEASURE =
  'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000)); process.exit();';

const cpuOf = (code) =>
  Number(
    execFileSync(process.execPath, ['-e', `${code} ${MEASURE}`], {
      cwd: lane,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    }),
  );
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const samples = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
for (let round = 0; round < ROUNDS; round++) {
  process.stderr.write(`\rstart: round ${round + 1} of ${ROUNDS}`);
  for (const [kind, code] of Object.entries(kinds)) samples[kind].push(cpuOf(code));
}
process.stderr.write('\n');
const bare = median(samples.bare);
console.log(`CPU of a start, median of ${ROUNDS}`);
for (const [kind, values] of Object.entries(samples)) {
  const value = median(values);
  console.log(
    `  ${kind.padEnd(8)} ${value.toFixed(0).padStart(5)} ms   ${(value - bare).toFixed(0).padStart(4)} ms above bare`,
  );
}

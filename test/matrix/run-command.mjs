import { spawn } from 'node:child_process';

/** `npm run` passes its own project, `npx` its own settings: a consumer project has neither. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => !/^(npm_|SENTRY_|NODE_ENV|NODE_OPTIONS|INIT_CWD)/i.test(key)),
);

/** @returns what the command has printed to stdout; rejects with all that it has printed if it fails */
export function runCommand(command, args, { cwd, timeout = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${[command, ...args].join(' ')}: ${signal ?? `exit code ${code}`}\n${output}`));
    });
  });
}

/** What a process inherits that is none of its own business. */
export const cleanEnvironment = env;

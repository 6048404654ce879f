// Makes sure that there is a Chromium for the tests in a browser: installs it with apt-get, or fails with the command to run.
import { spawnSync } from 'node:child_process';
import find from '../test/harness/find-chromium.cjs';

const run = (args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
const install = ['install', '--yes', '--no-install-recommends', 'chromium'];

if (find.findChromium() === undefined) {
  // The lists of packages may be missing or old.
  const installed = (run(install) || (run(['update']) && run(install))) && find.findChromium() !== undefined;
  if (!installed) {
    process.stderr.write(`no Chromium was found. Run: apt-get ${install.join(' ')}, or set CHROMIUM_PATH\n`);
    process.exitCode = 1;
  }
}

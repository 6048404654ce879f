import { launch, type Browser } from 'puppeteer-core';
import { findChromium } from './find-chromium.cjs';

/** Without a Chromium, the tests are skipped with a message. CI installs one, and counts skipped tests as failed. */
export const describeInBrowser = findChromium() === undefined ? describe.skip : describe;
if (findChromium() === undefined)
  process.stderr.write(
    '\nSKIPPED: the tests in a browser, because no Chromium was found. Run: apt-get install chromium, or set CHROMIUM_PATH\n',
  );

/** @param blocked - the host that the browser cannot reach, as with an ad blocker */
export function launchBrowser({ blocked }: { blocked?: string } = {}): Promise<Browser> {
  return launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox', // CI runs as root
      '--disable-dev-shm-usage',
      ...(blocked === undefined ? [] : [`--host-resolver-rules=MAP ${blocked} ~NOTFOUND`]),
    ],
  });
}

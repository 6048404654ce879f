import { launch, type Browser } from 'puppeteer-core';
import { findChromium } from './find-chromium.cjs';

/**
 * Whether there is a Chromium. If not, its tests are skipped with a message; CI installs it, and counts skipped tests as
 * failed.
 */
export function hasChromium(): boolean {
  if (findChromium() !== undefined) return true;
  process.stderr.write(
    '\nSKIPPED: the tests in a browser, because no Chromium was found. Run: apt-get install chromium, or set CHROMIUM_PATH\n',
  );
  return false;
}

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

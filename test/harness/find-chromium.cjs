const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
const OTHERS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** @returns {string | undefined} the Chromium of CHROMIUM_PATH or PUPPETEER_EXECUTABLE_PATH, or one that is installed */
exports.findChromium = () => {
  const chosen = process.env.CHROMIUM_PATH || process.env.PUPPETEER_EXECUTABLE_PATH;
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  const usual = NAMES.flatMap((name) => FOLDERS.map((folder) => join(folder, name)));
  return [...usual, ...OTHERS].find((path) => existsSync(path));
};

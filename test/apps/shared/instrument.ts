import { initSentry } from 'nestjs-error-tracker/init';

const { BARE, START = 'init', INIT = '{}' } = process.env;

/** JSON has no regular expressions: `{ "regExp": "^a" }` stands for `/^a/`. */
export const initOptions = JSON.parse(INIT, (_key, value) => (value?.regExp ? new RegExp(value.regExp) : value));

/** With START=late the module starts Sentry, with START=register the `--import` flag does, with BARE=1 nobody. */
if (BARE !== '1' && START === 'init') initSentry(initOptions);

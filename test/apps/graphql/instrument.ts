import { initSentry } from 'nestjs-error-tracker/init';

/** JSON has no regular expressions. */
const revive = (_key: string, value: any) => (value?.regExp ? new RegExp(value.regExp) : value);

if (process.env.START === 'init') initSentry(JSON.parse(process.env.INIT ?? '{}', revive));

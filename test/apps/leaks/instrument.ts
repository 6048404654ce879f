import { initSentry } from 'nestjs-error-tracker/init';

// As much as the SDK can collect: what it would leave out by itself proves nothing about the scrubber.
const collect = { userInfo: true, cookies: true, httpHeaders: true, urlQueryParams: true, databaseQueryData: true };

initSentry({
  environment: 'test',
  tracesSampleRate: 1,
  includeLocalVariables: true,
  scrubbing: process.env.SCRUBBING === 'off' ? false : { pseudonymKey: 'of the tests' },
  sdk: { enableLogs: true, dataCollection: collect } as object,
});

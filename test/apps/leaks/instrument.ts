import { initSentry, type InitOptions } from 'nestjs-error-tracker/init';

// As much as the SDK can collect: what it would leave out by itself proves nothing about the scrubber.
const collect = { userInfo: true, cookies: true, httpHeaders: true, urlQueryParams: true, databaseQueryData: true };

const scrubbing: Record<string, InitOptions['scrubbing']> = {
  on: { pseudonymKey: 'of the tests' },
  off: false,
  failing: {
    custom: (value) => {
      if (value === 'throw over this') throw new Error('a rule of the application');
      return value;
    },
  },
};

initSentry({
  environment: 'test',
  tracesSampleRate: 1,
  includeLocalVariables: true,
  scrubbing: scrubbing[process.env.SCRUBBING ?? 'on'],
  sdk: { enableLogs: true, dataCollection: collect } as object,
});

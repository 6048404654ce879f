import { initSentry } from 'nestjs-error-tracker/init';

function broken(): never {
  throw new Error('a hook of the application');
}

const options = {
  tracesSampleRate: 1,
  tracing: { components: process.env.COMPONENTS === '1' },
  sdk: {
    enableLogs: true,
    denyUrls: [/denied-script/],
    ...(process.env.BROKEN_HOOKS && { beforeBreadcrumb: broken, tracesSampler: broken }),
  } as object,
};
if (process.env.BARE !== '1') initSentry(options);

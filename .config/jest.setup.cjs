// `npm run test:matrix` runs every property to its end; otherwise each ends after a few seconds with what it has tried.
if (process.env.TEST_SCALE !== 'full') {
  require('fast-check').configureGlobal({ interruptAfterTimeLimit: 3_000, markInterruptAsFailure: false });
}

// `npm run test:full` runs every property to its end, with values of its own. Otherwise each property tries the same
// values every time, so that a change fails for its own reasons, and ends after a second.
if (process.env.TEST_SCALE !== 'full') {
  require('fast-check').configureGlobal({ seed: 1, interruptAfterTimeLimit: 800, markInterruptAsFailure: false });
}

import { ErrorTracker } from '../../lib/index';

test('a tracker of another copy of the package is one, too', () => {
  let Copy!: typeof ErrorTracker;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    Copy = (require('../../lib/index') as { ErrorTracker: typeof ErrorTracker }).ErrorTracker;
  });
  expect(Copy).not.toBe(ErrorTracker);
  expect(new Copy() instanceof ErrorTracker).toBe(true);
  expect(new ErrorTracker() instanceof Copy).toBe(true);
});

test('what is no tracker is none, and a class that extends it holds for its own', () => {
  class Own extends ErrorTracker {}
  const values = [{}, null, 'tracker', { captureException: () => undefined }];
  expect(values.some((value) => (value as unknown) instanceof ErrorTracker)).toBe(false);
  expect([new Own() instanceof ErrorTracker, new ErrorTracker() instanceof Own, new Own() instanceof Own]).toEqual([
    true,
    false,
    true,
  ]);
});

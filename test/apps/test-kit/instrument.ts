import { initSentry } from 'nestjs-error-tracker/init';

initSentry({ scrubbing: { keys: ['street'] }, sampleRate: 0, throttle: { burst: 1 }, environment: 'production' });

import { initSentry } from 'nestjs-error-tracker/init';

const ip = process.env.PII_IP as 'keep' | 'pseudonym' | undefined;
initSentry(ip && { scrubbing: { pii: { ip } } });

import { initSentry } from 'nestjs-error-tracker/init';
import { setTimeout as sleep } from 'node:timers/promises';

const hooks: Record<string, object> = {
  drops: { beforeSend: () => null },
  decides: { beforeSend: (event: any) => ({ ...event, tags: { ...event.tags, decided: 'yes' } }) },
  waits: { beforeSend: (event: any) => sleep(50, event) },
};

if (process.env.BARE !== '1') {
  const client = initSentry({ sdk: { enableLogs: true, ...hooks[process.env.BEFORE_SEND ?? ''] } });
  if (process.env.PROCESSOR === 'waits') client?.addEventProcessor((event) => sleep(50, event));
}

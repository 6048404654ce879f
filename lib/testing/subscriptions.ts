import { channel } from 'node:diagnostics_channel';

type Subscriber = (...args: never[]) => void;

/** As properties, because the methods are replaced. */
interface Channel {
  subscribe: (this: Channel, subscriber: Subscriber) => void;
  unsubscribe: (this: Channel, subscriber: Subscriber) => boolean;
  bindStore: (this: Channel, store: object, transform?: unknown) => void;
  unbindStore: (this: Channel, store: object) => boolean;
}

/**
 * Runs code, and remembers what it subscribes to on diagnostics channels. These belong to the process: where each test
 * file has an SDK of its own, those of earlier files would go on handling the requests of later ones.
 *
 * @returns what ends these subscriptions
 */
export function followSubscriptions(run: () => void): () => void {
  const channels = prototypeOfActiveChannels();
  const { subscribe, bindStore } = channels;
  const ends: (() => void)[] = [];
  channels.subscribe = function (this: Channel, subscriber) {
    ends.push(() => this.unsubscribe(subscriber));
    subscribe.call(this, subscriber);
  };
  channels.bindStore = function (this: Channel, store, transform) {
    ends.push(() => this.unbindStore(store));
    bindStore.call(this, store, transform);
  };
  try {
    run();
  } finally {
    Object.assign(channels, { subscribe, bindStore });
  }
  return () => {
    for (const end of ends.splice(0)) end();
  };
}

/** A channel has other methods once somebody has subscribed. */
function prototypeOfActiveChannels(): Channel {
  const probe = channel('nestjs-error-tracker.probe') as unknown as Channel;
  const nothing = () => undefined;
  probe.subscribe(nothing);
  const prototype = Object.getPrototypeOf(probe) as Channel;
  probe.unsubscribe(nothing);
  return prototype;
}

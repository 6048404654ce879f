const { channel } = require('node:diagnostics_channel');
const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of Node, which also ends what a spec has subscribed to: diagnostics channels belong to the worker, so
 * an SDK started in one spec would add its trace headers to the requests of all that follow.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.endSubscriptions = followSubscriptions();
  }

  async teardown() {
    this.endSubscriptions?.();
    await super.teardown();
  }
};

/** @returns ends all subscriptions made since */
function followSubscriptions() {
  const made = [];
  const channels = prototypeOfActiveChannels();
  const { subscribe, bindStore } = channels;
  channels.subscribe = function (subscriber) {
    made.push(() => this.unsubscribe(subscriber));
    return subscribe.call(this, subscriber);
  };
  channels.bindStore = function (store, transform) {
    made.push(() => this.unbindStore(store));
    return bindStore.call(this, store, transform);
  };
  return () => {
    Object.assign(channels, { subscribe, bindStore });
    for (const end of made) end();
  };
}

/** A channel has other methods once somebody has subscribed. */
function prototypeOfActiveChannels() {
  const probe = channel('jest-environment');
  const nothing = () => undefined;
  probe.subscribe(nothing);
  const prototype = Object.getPrototypeOf(probe);
  probe.unsubscribe(nothing);
  return prototype;
}

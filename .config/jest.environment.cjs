const { channel } = require('node:diagnostics_channel');
const http = require('node:http');
const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of Node, which also ends what a spec has subscribed to, and gives back what it has wrapped: diagnostics
 * channels and the modules of Node belong to the worker, so an SDK started in one spec would add its trace headers to the
 * requests of all that follow.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.endSubscriptions = followSubscriptions();
    this.unwrapRequests = keepOwn(http.ClientRequest.prototype, '_storeHeader');
  }

  async teardown() {
    this.endSubscriptions?.();
    this.unwrapRequests?.();
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

/** @returns gives the object back the method that it has, or inherits, now: where no channel tells, the SDK wraps this one */
function keepOwn(object, method) {
  const own = Object.getOwnPropertyDescriptor(object, method);
  return () => {
    if (own) Object.defineProperty(object, method, own);
    else delete object[method];
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

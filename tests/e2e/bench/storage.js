// Runs in every document before its own scripts: when the page is ready, how long tasks take, and
// from then on for each press of the mouse what saving costs. A start asks the stores ten thousand
// times and more, so they are watched only after it: watching would be a part of what is measured.
(() => {
  if (location.pathname.endsWith('.html')) return;
  const cost = window.__cost = {ready: null, tasks: [], presses: []};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) cost.tasks.push([entry.startTime, entry.duration]);
  }).observe({type: 'longtask', buffered: true});
  new MutationObserver((_, observer) => {
    if (!document.documentElement?.hasAttribute('data-ready')) return;
    cost.ready = performance.now();
    observer.disconnect();
    watchStores();
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready']});

  // Reading and writing of both stores, summed for the press that is under way.
  let press = null;
  const timed = (owner, name, note) => {
    const plain = owner[name];
    owner[name] = function (...rest) {
      const start = performance.now();
      try {
        return plain.apply(this, rest);
      } finally {
        const end = performance.now();
        if (press) note(press, start, end);
      }
    };
  };
  const watchStores = () => {
    // From the first question for the header to the end of the last write there is nothing but saving.
    for (const name of ['getItem', 'setItem', 'removeItem', 'key'])
      timed(Storage.prototype, name, (it, start, end) => {
        it.from ??= start;
        it.storage += end - start;
        if (name === 'setItem') it.to = end;
      });
    const copying = (it, start, end) => { it.copy += end - start; };
    for (const name of ['put', 'delete']) timed(IDBObjectStore.prototype, name, copying);
    timed(IDBDatabase.prototype, 'transaction', copying);
    timed(IDBTransaction.prototype, 'commit', copying);
  };

  // The press ends; the first task after it runs when all its handlers and what they queued are done.
  addEventListener('pointerup', () => {
    const start = performance.now();
    const own = press = {from: null, to: null, storage: 0, copy: 0, turn: null};
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      own.turn = performance.now() - start;
      // IndexedDB is written to when it has opened a transaction, in a turn of its own.
      setTimeout(() => {
        if (press === own) press = null;
        cost.presses.push({saving: own.to === null ? null : own.to - own.from, storage: own.storage, copy: own.copy, turn: own.turn});
      }, 60);
    };
    channel.port2.postMessage(null);
  }, {capture: true});
})();

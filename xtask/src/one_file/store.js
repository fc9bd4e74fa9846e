// Gives this file stores of its own. Chromium has one store for all files that are opened from disk, so that every name of
// ours gets the file's own before it; the program sees nothing of that, and of other files neither.
window.sourcelightFile = null;
(function () {
  var own = "sl-" + document.querySelector("meta[name=sourcelight-store]").content + "/", all = null;
  function isOwn(name) { return typeof name === "string" && name.slice(0, own.length) === own; }
  function bare(name) { return name.slice(own.length); }
  try {
    all = window.localStorage;
  } catch (refused) {}
  function value(name) { return typeof name === "string" ? all.getItem(own + name) : null; }
  var methods = {
    getItem: value,
    setItem: function (name, it) { all.setItem(own + name, it); },
    removeItem: function (name) { all.removeItem(own + name); }
  };
  if (all) Object.defineProperty(window, "localStorage", { value: new Proxy({}, {
    get: function (none, name) {
      var found = methods[name] || value(name);
      return found === null ? undefined : found;
    },
    ownKeys: function () { return Object.keys(all).filter(isOwn).map(bare); },
    getOwnPropertyDescriptor: function (none, name) {
      var found = value(name);
      return found === null ? undefined : { value: found, enumerable: true, configurable: true, writable: true };
    }
  }) });
  addEventListener("storage", function (event) {
    if (!event.isTrusted) return;
    event.stopImmediatePropagation();
    if (event.key !== null && !isOwn(event.key)) return;
    dispatchEvent(new StorageEvent("storage", {
      key: event.key && bare(event.key), oldValue: event.oldValue, newValue: event.newValue, url: event.url
    }));
  }, true);
  var databases = IDBFactory.prototype, open = databases.open, remove = databases.deleteDatabase, list = databases.databases;
  databases.open = function (name, version) {
    return version === undefined ? open.call(this, own + name) : open.call(this, own + name, version);
  };
  databases.deleteDatabase = function (name) { return remove.call(this, own + name); };
  if (list) databases.databases = function () {
    return list.call(this).then(function (found) {
      return found.filter(function (it) { return isOwn(it.name); }).map(function (it) {
        return { name: bare(it.name), version: it.version };
      });
    });
  };
})();

// The plain page around the app: what must happen before the wasm is there, or when it is not coming.
// The app reads `window.nk` and hears 'nk:shell' when something in it has changed.
(() => {
  'use strict';
  const nk = (window.nk = { canInstall: false, updateReady: false });
  const tell = () => dispatchEvent(new Event('nk:shell'));

  // The browser offers the home screen once, perhaps before the app can hear it.
  let offer = null;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    nk.canInstall = true;
    tell();
  });
  const installed = () => {
    offer = null;
    nk.canInstall = false;
    tell();
  };
  addEventListener('appinstalled', installed);
  nk.install = async () => {
    if (!offer) return false;
    const shown = offer;
    installed();
    await shown.prompt();
    return (await shown.userChoice).outcome === 'accepted';
  };

  // Text for another person: by the phone's own dialogue, else by the clipboard. True where it was copied.
  nk.share = async (text) => {
    if (!navigator.share) return navigator.clipboard.writeText(text).then(() => true);
    return navigator.share({ text });
  };

  // A release may name the keys whose packs it takes (docs/adr/0008). What the endpoint offers is then fetched with its
  // signature, and reaches the app only if one of these keys made it; until then the packs on the phone stay in use.
  const keys = document.querySelector('meta[name=nk-keys]').content.match(/[\w+/=]{99,}/g);
  if (keys) {
    const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const { fetch, crypto: { subtle } } = window;
    window.fetch = async (path, options) => {
      if (!/^\/api\/v1\/packs\//.test(path)) return fetch(path, options);
      const reply = await fetch(`${path}/signed`, options);
      if (!reply.ok) return reply;
      const file = new Uint8Array(await reply.arrayBuffer());
      for (const spki of keys) {
        const der = Uint8Array.from(atob(spki), (letter) => letter.charCodeAt(0));
        const key = await subtle.importKey('spki', der, ECDSA, false, ['verify']);
        if (await subtle.verify(ECDSA, key, file.slice(-64), file.slice(0, -64))) return new Response(file.slice(16, -64), reply);
      }
      return new Response(null, { status: 422 }); // signed by nobody that we know: not asked for again for a while
    };
  }

  // Once: each time would count as a start.
  let reload = () => {
    reload = () => {};
    location.reload();
  };
  const release = document.querySelector('meta[name=nk-release]').content;
  const workers = navigator.serviceWorker;
  let controlled = Boolean(workers?.controller);
  // Asks the service worker, and gives its answer; nothing where there is none, or after ten seconds.
  nk.ask = (wish, worker) =>
    new Promise((resolve) => {
      worker ??= workers?.controller;
      if (!worker) return resolve();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      setTimeout(resolve, 10_000);
      worker.postMessage(wish, [port2]);
    });

  // A new version is fetched whole beside the old one, and waits until the person takes it, locks or closes the app.
  const HOUR = 3_600_000;
  let waiting = null;
  let switching = false;
  let overtaken = false;
  let look = tell;
  const watch = (registration) => {
    look = () => {
      waiting = registration.waiting;
      nk.updateReady = Boolean(overtaken || (waiting && workers.controller));
      tell();
    };
    const follow = (worker) => worker?.addEventListener('statechange', look);
    look();
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    let asked = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || Date.now() - asked < HOUR) return;
      asked = Date.now();
      registration.update().catch(() => {}); // without signal there is no news
    });
  };
  const register = () => {
    workers
      ?.register('/sw.js', { updateViaCache: 'none' })
      .then(watch)
      .catch(() => {}); // without signal, or in a private window: the app works as it is
  };
  workers?.addEventListener('controllerchange', () => {
    if (switching) return reload();
    // Another tab has taken the new version; this one goes on with its own.
    overtaken = controlled;
    controlled = true;
    look();
  });
  const take = async (wish) => {
    switching = true;
    // A worker that is busy would keep the person waiting.
    setTimeout(() => reload(), (await nk.ask(wish, waiting)) ? 5_000 : 0);
  };
  nk.switchVersion = () => take(waiting ? 'activate' : 'forward');
  // The page is left in any case, and shows nothing from now on: where that disturbs nobody, for the new version.
  nk.again = (idle) => {
    document.body.hidden = true;
    if (idle && waiting) take('alone');
    else reload();
  };

  // The watchdog. A start counts as failed until the app has taken the shell away; after two of them the way out is
  // shown at once, and disappears with the shell if the app comes up after all.
  const remember = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {} // a browser that cannot remember does without
  };
  const recall = (nk.recall = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  });
  const STARTS = 'nk-failed-starts';
  const failed = Number(recall(STARTS) ?? 0);
  const starting = () => document.getElementById('shell') !== null;
  const patience = controlled ? 15_000 : 60_000;
  addEventListener('DOMContentLoaded', () => {
    // The first visit's line is for what is to be seen first; a mended release must come even if this one never starts.
    const first = !controlled;
    if (first) setTimeout(() => starting() && register(), patience);
    else register();
    remember(STARTS, String(failed + 1));
    if (failed >= 2) nk.showRecovery('starts');
    setTimeout(() => starting() && nk.showRecovery('slow'), patience);
    const looking = setInterval(() => {
      if (starting()) return;
      clearInterval(looking);
      remember(STARTS, null);
      if (first) register();
      workers?.ready.then(({ active }) => nk.ask(`up ${release}`, active)).then((passedOver) => passedOver && nk.showNewest());
    }, 100); // whoever leaves at once has seen it come up
  });

  // A panic of the app is a trap in its wasm: afterwards nothing in it can be trusted to answer. What is kept tells where
  // it happened, by the number of a function, and never what was on the screen.
  const watchTraps = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    const where = /wasm-function\[\d+\]:0x[0-9a-f]+/.exec(error.stack ?? '')?.[0] ?? '';
    remember('nk-last-panic', JSON.stringify({ where, release, at: new Date().toISOString() }));
    nk.showRecovery('panic');
  };
  addEventListener('error', (event) => watchTraps(event.error));
  addEventListener('unhandledrejection', (event) => watchTraps(event.reason));
})();

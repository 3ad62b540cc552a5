// The way out when the app does not come up or has broken down: plain HTML and plain JavaScript, so that it works when
// the wasm is dead. It never deletes anything.
(() => {
  'use strict';
  const nk = (window.nk ??= {});
  const DATABASE = 'naik-kelas';
  const UNSENT = ['outbox', 'refused', 'drafts'];

  const WORDS = {
    id: {
      panic: 'Aplikasi berhenti karena kesalahan.',
      slow: 'Aplikasi belum bisa dibuka.',
      starts: 'Aplikasi beberapa kali gagal dibuka.',
      safe: 'Semua yang sudah tersimpan tetap ada di HP ini.',
      reload: 'Muat ulang',
      rescue: 'Ekspor data yang belum terkirim',
      about: 'Ekspor membuat berkas tersegel: isinya tidak terbaca orang lain. Simpan berkas itu dan hubungi koordinator Anda.',
      done: (count) => `${count} catatan diekspor ke folder unduhan.`,
      nothing: 'Tidak ada data yang belum terkirim.',
      failed: 'Data tidak bisa dibaca. Tutup semua tab Naik Kelas, nyalakan ulang HP, lalu coba lagi.',
    },
    en: {
      panic: 'The app has stopped because of a fault.',
      slow: 'The app could not be opened yet.',
      starts: 'The app has failed to open several times.',
      safe: 'Everything that was saved is still on this phone.',
      reload: 'Reload',
      rescue: 'Export unsent data',
      about: 'The export makes a sealed file that nobody else can read. Keep it and call your coordinator.',
      done: (count) => `${count} records exported to the downloads folder.`,
      nothing: 'There is no unsent data.',
      failed: 'The data cannot be read. Close all tabs of Naik Kelas, restart the phone, then try again.',
    },
  };

  const language = () => {
    try {
      return localStorage.getItem('nk-lang') === 'en' ? 'en' : 'id';
    } catch {
      return 'id';
    }
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  nk.showRecovery = (why) => {
    const words = WORDS[language()];
    const answer = element('p', { role: 'status' });
    const rescue = element('button', { type: 'button', className: 'btn quiet', textContent: words.rescue });
    rescue.dataset.testid = 'rescue';
    rescue.addEventListener('click', async () => {
      rescue.disabled = true;
      answer.textContent = await exportUnsent().then(
        (count) => (count > 0 ? words.done(count) : words.nothing),
        () => words.failed,
      );
      rescue.disabled = false;
    });
    const reload = element('button', { type: 'button', className: 'btn', textContent: words.reload });
    reload.addEventListener('click', async () => {
      reload.disabled = true;
      await mended();
      // A new version that waits is taken: this one has shown that it does not work.
      (nk.switchVersion ?? (() => location.reload()))();
    });
    const screen = element(
      'section',
      { id: 'recovery', className: 'card bad' },
      element('h2', { textContent: words[why] ?? words.slow }),
      element('p', { textContent: words.safe }),
      reload,
      rescue,
      element('p', { textContent: words.about }),
      answer,
    );
    document.getElementById('recovery')?.remove();
    const page = document.querySelector('#shell main');
    if (why === 'panic' || !page) {
      // What is drawn can no longer be trusted to answer.
      const frame = element('div', { className: 'frame' }, element('main', { className: 'page' }, screen));
      document.body.replaceChildren(frame);
    } else {
      page.prepend(screen);
    }
    screen.scrollIntoView();
  };

  // The service worker looks through the app's files; without signal it gives up soon, and with a bad one it is not waited for.
  const mended = () =>
    new Promise((resolve) => {
      const worker = navigator.serviceWorker?.controller;
      if (!worker) return resolve();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      setTimeout(resolve, 10_000);
      worker.postMessage('mend', [port2]);
    });

  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('blocked'));
    });

  // The rows as they lie in the database: sealed, so they can leave the phone.
  const unsent = async () => {
    const known = await indexedDB.databases?.();
    if (known && !known.some((database) => database.name === DATABASE)) return {};
    const database = await result(indexedDB.open(DATABASE));
    try {
      const tables = UNSENT.filter((table) => database.objectStoreNames.contains(table));
      if (tables.length === 0) return {};
      const transaction = database.transaction(tables, 'readonly');
      const rows = await Promise.all(tables.map((table) => result(transaction.objectStore(table).getAll())));
      return Object.fromEntries(tables.map((table, at) => [table, rows[at]]));
    } finally {
      database.close();
    }
  };

  const base64 = (bytes) => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };

  const exportUnsent = async () => {
    const tables = await unsent();
    const count = Object.values(tables).reduce((sum, rows) => sum + rows.length, 0);
    if (count === 0) return 0;
    const release = document.querySelector('meta[name=nk-release]')?.content;
    const sealed = Object.fromEntries(
      Object.entries(tables).map(([table, rows]) => [table, rows.map(({ k, v, b }) => ({ k, v, b: base64(b) }))]),
    );
    const made = new Date().toISOString();
    const file = JSON.stringify({ format: 'naik-kelas-rescue', version: 1, release, made, tables: sealed });
    const url = URL.createObjectURL(new Blob([file], { type: 'application/json' }));
    element('a', { href: url, download: `naik-kelas-${made.slice(0, 10)}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return count;
  };
  nk.exportUnsent = exportUnsent;
})();

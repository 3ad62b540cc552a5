// The way out when the app does not come up or has broken down: plain HTML and plain JavaScript, so that it works when
// the wasm is dead. It never deletes a record.
(() => {
  'use strict';
  const { nk } = window;
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
      before: 'Pakai versi sebelumnya',
      newest: 'Ini versi sebelumnya. Coba yang terbaru',
      anew: 'Unduh ulang aplikasi',
      far: 'Perlu sinyal. Tidak ada yang dihapus.',
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
      before: 'Use the previous version',
      newest: 'This is the previous version. Try the newest',
      anew: 'Download the app again',
      far: 'That needs a signal. Nothing was deleted.',
    },
  };

  const spoken = () => WORDS[nk.recall('nk-lang') === 'en' ? 'en' : 'id'];

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const button = (name, look, work) => {
    const made = element('button', { type: 'button', className: `btn ${look}`, textContent: spoken()[name] });
    made.dataset.testid = name;
    made.addEventListener('click', async () => {
      made.disabled = true;
      await work();
      made.disabled = false;
    });
    return made;
  };

  nk.showRecovery = (why) => {
    const words = spoken();
    const answer = element('p', { role: 'status' });
    const rescue = button('rescue', 'quiet', async () => {
      answer.textContent = await exportUnsent().then(
        (count) => (count > 0 ? words.done(count) : words.nothing),
        () => words.failed,
      );
    });
    const reload = button('reload', '', async () => {
      // With a bad signal this is not waited for.
      await nk.ask('mend');
      // A new version that waits is taken: this one has shown that it does not work.
      nk.switchVersion();
    });
    const before = button('before', 'quiet', async () => {
      await nk.ask('back');
      location.reload();
    });
    const anew = button('anew', 'quiet', () => clear().catch(() => (answer.textContent = words.far)));
    nk.ask('before').then((there) => there && reload.after(before));
    const screen = element(
      'section',
      { id: 'recovery', className: 'card bad' },
      element('h2', { textContent: words[why] ?? words.slow }),
      element('p', { textContent: words.safe }),
      reload,
      rescue,
      element('p', { textContent: words.about }),
      anew,
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

  // The new version did not come up and the one before has: the way forward, whatever the app itself shows.
  nk.showNewest = () => {
    document.body.prepend(element('aside', {}, button('newest', '', nk.switchVersion)));
  };

  // All that the next start can fetch again. Where it could not, everything stays.
  const clear = async () => {
    await (await fetch('/release.json', { cache: 'no-store' })).json();
    for (const name of await caches.keys()) await caches.delete(name);
    await (await navigator.serviceWorker?.getRegistration())?.unregister();
    location.reload();
  };

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

// The way out when the app does not come up or has broken down: plain HTML and plain JavaScript, so that it works when
// the wasm is dead. It never deletes a record.
(() => {
  'use strict';
  const { nk } = window;
  const DATABASE = 'naik-kelas';
  const UNSENT = ['outbox', 'refused', 'drafts'];
  const WRAPS = IDBKeyRange.bound('rescue/', 'rescue0');

  const WORDS = {
    id: {
      panic: 'Aplikasi berhenti karena kesalahan.',
      slow: 'Aplikasi belum bisa dibuka.',
      starts: 'Aplikasi beberapa kali gagal dibuka.',
      safe: 'Semua yang sudah tersimpan tetap ada di HP ini.',
      reload: 'Muat ulang',
      rescue: 'Ekspor data yang belum terkirim',
      'hand-in': 'Kirim berkas ekspor rekan',
      about: 'Ekspor membuat berkas tersegel: isinya tidak terbaca orang lain. Simpan berkas itu dan hubungi koordinator Anda.',
      done: (count) => `${count} catatan diekspor ke folder unduhan.`,
      nothing: 'Tidak ada data yang belum terkirim.',
      failed: 'Data tidak bisa dibaca. Tutup semua tab Naik Kelas, nyalakan ulang HP, lalu coba lagi.',
      before: 'Pakai versi sebelumnya',
      newest: 'Ini versi sebelumnya. Coba yang terbaru',
      anew: 'Unduh ulang aplikasi',
      far: 'Perlu sinyal. Tidak ada yang dihapus.',
      taken: (r, refused) => `${r.received} diterima, ${r.already} sudah ada, ditolak: ${refused}. ${r.drafts} draf tetap di berkas.`,
      unsent: 'Belum terkirim. Periksa sinyal, atau masuk lagi.',
      not: {
        'rescue-unreadable': 'Berkas terpotong atau bukan berkas ekspor. Ekspor lagi di HP asalnya.',
        'rescue-too-large': 'Berkas terlalu besar.',
        'rescue-other-server': 'Berkas ini untuk server lain.',
        'wrong-realm': 'Data latihan dan data asli tidak dicampur.',
      },
    },
    en: {
      panic: 'The app has stopped because of a fault.',
      slow: 'The app could not be opened yet.',
      starts: 'The app has failed to open several times.',
      safe: 'Everything that was saved is still on this phone.',
      reload: 'Reload',
      rescue: 'Export unsent data',
      'hand-in': "Send a colleague's export",
      about: 'The export makes a sealed file that nobody else can read. Keep it and call your coordinator.',
      done: (count) => `${count} records exported to the downloads folder.`,
      nothing: 'There is no unsent data.',
      failed: 'The data cannot be read. Close all tabs of Naik Kelas, restart the phone, then try again.',
      before: 'Use the previous version',
      newest: 'This is the previous version. Try the newest',
      anew: 'Download the app again',
      far: 'That needs a signal. Nothing was deleted.',
      taken: (r, refused) => `${r.received} received, ${r.already} already there, refused: ${refused}. ${r.drafts} drafts stay in the file.`,
      unsent: 'Not sent. Check the signal, or sign in again.',
      not: {
        'rescue-unreadable': 'The file is cut off, or is no export. Export again on its phone.',
        'rescue-too-large': 'The file is too large.',
        'rescue-other-server': 'This file is for another server.',
        'wrong-realm': 'Practice data and real data are not mixed.',
      },
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
    const [rescue, answer] = controls();
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

  const plain = ({ k, v, b }) => {
    let text = '';
    for (const byte of b) text += String.fromCharCode(byte);
    return { k, v, b: btoa(text) };
  };

  // The rows as they lie in the database: sealed, so they can leave the phone. Beside them the key of each vault, sealed so
  // that only the server opens it (crates/domain/src/rescue.rs).
  const read = async () => {
    const known = await indexedDB.databases?.();
    if (known && !known.some((database) => database.name === DATABASE)) return {};
    const database = await result(indexedDB.open(DATABASE));
    try {
      const names = [...UNSENT, 'meta'].filter((table) => database.objectStoreNames.contains(table));
      if (names.length === 0) return {};
      const transaction = database.transaction(names, 'readonly');
      const rows = (table) => result(transaction.objectStore(table).getAll(table === 'meta' ? WRAPS : null));
      const all = await Promise.all(names.map(rows));
      const { meta, ...tables } = Object.fromEntries(names.map((table, at) => [table, all[at].map(plain)]));
      return { wraps: meta, tables };
    } finally {
      database.close();
    }
  };

  const exportUnsent = async () => {
    const { tables = {}, wraps } = await read();
    const count = Object.values(tables).reduce((sum, rows) => sum + rows.length, 0);
    if (count === 0) return 0;
    const release = document.querySelector('meta[name=nk-release]')?.content;
    const made = new Date().toISOString();
    const file = JSON.stringify({ format: 'naik-kelas-rescue', version: 1, release, made, wraps, tables });
    const url = URL.createObjectURL(new Blob([file], { type: 'application/json' }));
    element('a', { href: url, download: `naik-kelas-${made.slice(0, 10)}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return count;
  };
  // The file in one tap, and what became of it in words.
  const rescue = (words) =>
    exportUnsent().then(
      (count) => (count > 0 ? words.done(count) : words.nothing),
      () => words.failed,
    );

  // A colleague's file is chosen and sent as it is; what became of it in words.
  let chooser; // held: nothing else does while one chooses
  const handIn = (words, token) =>
    new Promise((tell) => {
      chooser = element('input', { type: 'file' });
      chooser.onchange = async () => {
        const body = chooser.files[0];
        try {
          if (body.size > 8 << 20) return tell(words.not['rescue-too-large']);
          const headers = { authorization: `Bearer ${token}` };
          const reply = await fetch('/api/v1/rescue', { method: 'POST', headers, body });
          const said = await reply.json();
          if (!reply.ok) return tell(words.not[said.code] ?? words.unsent);
          const refused = Object.entries(said.refused).map(([code, count]) => `${count} ${code}`);
          tell(words.taken(said, refused.join(', ') || 0));
        } catch {
          tell(words.unsent); // no signal, or it is not our server that answers
        }
      };
      chooser.click();
    });

  // The buttons for both; the second one where somebody has signed in.
  const controls = (token) => {
    const words = spoken();
    const told = element('p', { role: 'status' });
    told.dataset.testid = 'rescue-told';
    const telling = (name, deed) => button(name, 'quiet', async () => (told.textContent = await deed(words, token)));
    const second = token === undefined ? [] : [telling('hand-in', handIn)];
    return [telling('rescue', rescue), ...second, told];
  };
  // A page of the app has a place for them.
  nk.offerRescue = (token) => document.getElementById('rescue')?.replaceChildren(...controls(token));

  // Seals a vault's data key to the server's public key, for the file.
  nk.sealFor = async (server, info, secret) => {
    const { subtle } = crypto;
    const EC = { name: 'ECDH', namedCurve: 'P-256' };
    const AES = { name: 'AES-GCM', length: 256, iv: new Uint8Array(12) };
    const own = await subtle.generateKey(EC, false, ['deriveKey']);
    const peer = await subtle.importKey('raw', server, EC, false, []);
    const shared = await subtle.deriveKey({ ...EC, public: peer }, own.privateKey, 'HKDF', false, ['deriveKey']);
    const salt = await subtle.exportKey('raw', own.publicKey);
    const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, shared, AES, false, ['encrypt']);
    const sealed = await subtle.encrypt(AES, key, secret);
    return new Blob([info, salt, sealed]).arrayBuffer();
  };
})();

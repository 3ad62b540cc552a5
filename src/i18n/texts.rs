//! The table of texts: a name, Bahasa Indonesia, English.
//!
//! The voice: the facilitator is *Anda*, the family *keluarga ini*; short active
//! sentences, no blame, no exclamation marks; what is safe is said.

macro_rules! texts {
    ($($name:ident: $id:literal / $en:literal;)*) => {
        /// Every text, in one language. `{}` is a place for a value.
        pub struct Texts {$(
            #[doc = $id]
            pub $name: &'static str,
        )*}
        /// Bahasa Indonesia.
        pub(super) static ID: Texts = Texts { $($name: $id,)* };
        /// English.
        pub(super) static EN: Texts = Texts { $($name: $en,)* };
        #[cfg(test)]
        pub(super) fn all() -> Vec<(&'static str, &'static str, &'static str)> {
            vec![$((stringify!($name), $id, $en),)*]
        }
    };
}

texts! {
    // ---- The frame -------------------------------------------------------------------------------------------------
    app: "Naik Kelas" / "Naik Kelas";
    today: "Hari ini" / "Today";
    families: "Keluarga" / "Families";
    outbox: "Kotak keluar" / "Outbox";
    me: "Saya" / "Me";
    places: "Tempat" / "Places";
    back: "Kembali" / "Back";
    loading: "Sedang dibuka" / "Opening";
    practice: "Latihan: bukan keluarga sungguhan" / "Practice: these are not real families";
    offline: "Tanpa sinyal. Semua tersimpan di HP ini." / "No signal. Everything is saved on this phone.";
    update_ready: "Versi baru siap." / "A new version is ready.";
    update_now: "Pakai sekarang" / "Use it now";
    again: "Coba lagi" / "Try again";
    close: "Tutup" / "Close";
    cancel: "Batal" / "Cancel";
    yes: "Ya" / "Yes";
    no: "Tidak" / "No";
    lost_page: "Halaman ini sudah tidak ada" / "This page is no longer here";
    lost_page_more: "Alamatnya mungkin dari versi lama. Catatan Anda aman di HP ini." / "The address may be of an older version. Your records are safe on this phone.";
    go_today: "Ke Hari ini" / "Go to Today";

    // ---- Numbers and days ------------------------------------------------------------------------------------------
    thousand: "ribu" / "thousand";
    million: "juta" / "million";
    billion: "miliar" / "billion";
    trillion: "triliun" / "trillion";
    about: "sekitar {}" / "about {}";
    years_short: "{} th" / "{} y";
    months_short: "{} bln" / "{} m";
    ago_today: "hari ini" / "today";
    ago_yesterday: "kemarin" / "yesterday";
    ago_days: "{} hari lalu" / "{} day ago|{} days ago";
    ago_months: "{} bulan lalu" / "{} month ago|{} months ago";
    ago_years: "{} tahun lalu" / "{} year ago|{} years ago";
    per_month: "sebulan" / "a month";
    per_year: "setahun" / "a year";
    unit_m2: "m²" / "m²";
    unit_months: "bulan" / "months";
    unit_days: "hari" / "days";
    unit_persons: "orang" / "people";
    unit_hours_week: "jam seminggu" / "hours a week";
    unit_years: "tahun" / "years";

    // ---- Sign in ---------------------------------------------------------------------------------------------------
    door_title: "Masuk" / "Sign in";
    door_first: "Pertama kali di HP ini perlu sinyal: daftar keluarga Anda diambil dari server. Sesudahnya semua jalan tanpa sinyal." / "The first time on this phone needs a signal: your list of families is fetched from the server. After that everything works without one.";
    door_user: "Nama pengguna" / "User name";
    door_password: "Kata sandi" / "Password";
    door_show: "Tampilkan kata sandi" / "Show the password";
    door_go: "Masuk" / "Sign in";
    door_going: "Mengambil daftar keluarga" / "Fetching your families";
    door_practice: "Akun latihan" / "Practice accounts";
    door_practice_more: "Ketuk satu akun, lalu Masuk." / "Tap an account, then Sign in.";
    role_facilitator: "Pendamping" / "Facilitator";
    role_coordinator: "Koordinator" / "Coordinator";
    role_ministry: "Kementerian" / "Ministry";
    door_empty: "Isi nama pengguna dan kata sandi." / "Fill in user name and password.";
    door_offline: "Server tidak terjangkau. Cari tempat yang ada sinyal, lalu coba lagi. Isian Anda masih di sini." / "The server cannot be reached. Find a place with signal and try again. What you typed is still here.";
    door_wrong: "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya." / "User name or password does not match. Check capital and small letters.";
    door_tries: "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi." / "Too many tries. Wait a few minutes and try again.";
    door_closed: "Akun ini sudah ditutup. Hubungi koordinator Anda." / "This account is closed. Speak with your coordinator.";
    door_portal: "Wi-Fi ini minta masuk dulu di halamannya. Buka halaman itu, atau pakai data seluler." / "This Wi-Fi wants a sign-in on its own page first. Open it, or use mobile data.";
    door_other: "Ini akun orang lain. Masuk dengan akun Anda sendiri; untuk berganti orang, keluar dulu." / "This is another person's account. Sign in with your own; to change person, sign out first.";
    door_server: "Server sedang bermasalah. Coba lagi beberapa menit lagi." / "The server has a problem. Try again in a few minutes.";
    door_storage: "HP ini belum bisa menyimpan. Periksa ruang kosong, dan jangan pakai mode penyamaran." / "This phone cannot store yet. Check free space, and do not use a private window.";

    door_spare: "Kunci cadangan di server tidak cocok dengan HP ini. Kembali, lalu buka dengan PIN Anda." / "The server's spare key does not fit this phone. Go back and open with your PIN.";
    door_forgot: "Masuk dengan sinyal, lalu buat PIN baru. Catatan di HP ini tidak hilang." / "Sign in with a signal, then make a new PIN. Nothing on this phone is lost.";

    // ---- The PIN ---------------------------------------------------------------------------------------------------
    pin: "PIN" / "PIN";
    pin_title: "Buka kunci" / "Unlock";
    pin_whose: "Catatan siapa?" / "Whose records?";
    pin_go: "Buka" / "Open";
    pin_going: "Sedang dibuka" / "Opening";
    pin_wrong: "PIN ini tidak cocok. Coba lagi. Tidak ada catatan yang dihapus." / "This PIN does not match. Try again. No record is deleted.";
    pin_wait: "PIN salah berkali-kali. Coba lagi dalam {}. Catatan Anda aman." / "Too many wrong PINs. Try again in {}. Your records are safe.";
    pin_forgot: "Lupa PIN" / "Forgot the PIN";
    pin_other: "Orang lain" / "Somebody else";
    pin_new_title: "Buat PIN" / "Make a PIN";
    pin_new_more: "PIN membuka catatan di HP ini, juga tanpa sinyal. Enam angka, atau kata sandi paling sedikit 8 huruf." / "The PIN opens the records on this phone, also without signal. Six digits, or a passphrase of at least 8 letters.";
    pin_new: "PIN baru" / "New PIN";
    pin_twice: "PIN baru sekali lagi" / "New PIN once more";
    pin_now: "PIN sekarang" / "Present PIN";
    pin_letters: "Pakai huruf" / "Use letters";
    pin_keep: "Simpan PIN" / "Keep this PIN";
    pin_length: "PIN harus enam angka, atau kata sandi paling sedikit 8 huruf." / "A PIN is six digits, or a passphrase of at least 8 letters.";
    pin_easy: "PIN ini yang pertama dicoba orang. Pilih yang lebih sulit ditebak." / "This is the PIN that people try first. Choose one that is harder to guess.";
    pin_differs: "Kedua PIN berbeda. Ketik lagi." / "The two PINs differ. Type them again.";
    pin_change: "Ganti PIN" / "Change the PIN";
    pin_changed: "PIN sudah diganti." / "The PIN is changed.";
    lock: "Kunci" / "Lock";
    lock_failed: "Belum dikunci: isian terakhir belum tersimpan." / "Not locked yet: the last answer is not saved.";

    // ---- Start that fails ------------------------------------------------------------------------------------------
    boot_other_tab: "Naik Kelas terbuka di tab lain. Tutup tab itu, lalu coba lagi. Catatan Anda aman." / "Naik Kelas is open in another tab. Close that tab and try again. Your records are safe.";
    boot_newer: "Catatan di HP ini dibuat versi yang lebih baru. Muat ulang saat ada sinyal. Catatan Anda aman." / "The records on this phone were made by a newer version. Reload when there is a signal. Your records are safe.";
    boot_lost: "Penyimpanan aplikasi ini telah dihapus dari HP. Yang sudah diterima server aman dan akan diambil kembali setelah Anda masuk. Yang belum terkirim tidak bisa ditemukan." / "This app's storage was deleted from the phone. What the server has received is safe and comes back when you sign in. What was not sent cannot be found.";
    boot_trouble: "Penyimpanan HP ini belum bisa dibuka. Tutup browser, buka lagi, lalu coba lagi. Jangan hapus data browser: catatan Anda masih di sana." / "This phone's storage cannot be opened. Close the browser, open it and try again. Do not clear the browser's data: your records are still there.";
    boot_damaged: "Ada catatan yang rusak di HP ini. Tidak ada yang dihapus. Ketuk Lupa PIN, lalu masuk dengan sinyal." / "A record on this phone is damaged. Nothing was deleted. Tap Forgot the PIN and sign in with a signal.";
    damaged: "Ada catatan yang rusak di HP ini. Tidak ada yang dihapus, dan yang lain tetap jalan. Yang ada di server diambil lagi saat ada sinyal. Bila tetap begini, hubungi koordinator Anda." / "A record on this phone is damaged. Nothing was deleted, and all others work. What the server has is fetched again when there is a signal. If this stays, call your coordinator.";
    boot_go_on: "Masuk lagi" / "Sign in again";

    // ---- Today -----------------------------------------------------------------------------------------------------
    today_counts: "{} keluarga" / "{} family|{} families";
    today_never: "{} belum pernah dinilai" / "{} never assessed";
    today_draft: "Lanjutkan: dimulai {}" / "Continue: started {}";
    today_old: "Asesmen terakhir {}" / "Last assessed {}";
    today_ready: "Siap naik kelas: bicarakan langkah berikutnya" / "Ready: talk about the next step";
    today_nearly: "Hampir siap: tinggal beberapa hal" / "Nearly ready: a few things left";
    today_drafts: "Belum selesai" / "Unfinished";
    today_first: "Kunjungan pertama" / "First visits";
    today_again: "Waktunya dikunjungi lagi" / "Time to visit again";
    today_near: "Siap dan hampir siap" / "Ready and nearly ready";
    today_all: "Lihat semua {} keluarga" / "See {} family|See all {} families";
    today_done: "Semua keluarga sudah dinilai tiga bulan terakhir. Bagus untuk bernapas sebentar." / "Every family was assessed in the last three months. A good moment to breathe.";
    today_empty: "Belum ada keluarga di HP ini" / "No families on this phone yet";
    today_empty_more: "Daftar datang dari koordinator Anda. Sinkronkan saat ada sinyal." / "The list comes from your coordinator. Sync when there is a signal.";
    list_failed: "Daftar keluarga belum bisa dibuka. Catatan Anda masih di HP ini." / "The list of families cannot be opened. Your records are still on this phone.";

    // ---- Families --------------------------------------------------------------------------------------------------
    search: "Cari nama, desa, atau angka KK" / "Search name, village or KK number";
    search_none: "Tidak ada yang cocok dengan \"{}\"" / "Nothing matches \"{}\"";
    search_hint: "Coba sebagian nama, nama anggota lain, atau empat angka terakhir KK." / "Try part of the name, another member, or the last four digits of the KK.";
    found: "{} keluarga" / "{} family|{} families";
    more_rows: "Tampilkan lebih banyak" / "Show more";
    members: "{} orang" / "{} person|{} people";
    desil: "Desil {}" / "Decile {}";
    desil_label: "Desil DTSEN" / "DTSEN decile";
    desil_unknown: "Desil belum ada" / "No decile yet";
    group: "Pertemuan kelompok" / "Group meeting";
    group_who: "Siapa yang hadir?" / "Who came?";
    group_came: "{} keluarga hadir" / "{} family came|{} families came";
    group_all: "Semua yang tampil hadir" / "All shown here came";
    group_nobody: "Tandai dulu keluarga yang hadir." / "First tick the families that came.";
    register: "Daftarkan keluarga" / "Register a family";
    register_go: "Periksa dan daftarkan" / "Check and register";
    alike_ask: "Keluarga ini mungkin sudah terdaftar. Apakah salah satu dari ini?" / "This family may be registered already. Is it one of these?";
    alike_other: "Ini keluarga lain, daftarkan" / "It is another family, register it";
    alike_kk: "Nomor KK sama" / "The same KK number";
    alike_nik: "NIK sama" / "The same NIK";
    alike_born: "Nama mirip, tanggal lahir sama" / "Like names, the same birth date";
    alike_near: "Nama dan alamat mirip, tanggal lahir hampir sama" / "Like names and addresses, nearly the same birth date";
    alike_home: "Nama dan alamat mirip" / "Like names and addresses";
    row_draft: "Asesmen belum selesai" / "Assessment unfinished";
    row_never: "Belum pernah dinilai" / "Never assessed";
    row_last: "Dinilai {}" / "Assessed {}";

    // ---- A family --------------------------------------------------------------------------------------------------
    family_gone: "Keluarga ini tidak ada di HP ini" / "This family is not on this phone";
    family_gone_more: "Mungkin sudah diserahkan ke pendamping lain. Sinkronkan, atau cari di daftar." / "It may have been handed to another facilitator. Sync, or look in the list.";
    family_failed: "Catatan keluarga ini belum bisa dibuka. Isinya masih tersimpan." / "This family's record cannot be opened. Its contents are still stored.";
    start: "Mulai asesmen" / "Start an assessment";
    resume: "Lanjutkan asesmen" / "Continue the assessment";
    starting: "Menyiapkan pertanyaan" / "Preparing the questions";
    start_failed: "Asesmen belum bisa dimulai: penyimpanan HP bermasalah. Catatan keluarga aman. Coba lagi." / "The assessment cannot start: the phone's storage has a problem. The family's record is safe. Try again.";
    no_pack: "Aturan program belum ada di HP ini. Sinkronkan saat ada sinyal. Catatan keluarga aman." / "The programme rules are not on this phone. Sync when there is a signal. The family's record is safe.";
    people: "Anggota keluarga" / "Family members";
    kk: "Nomor KK" / "Family card (KK)";
    address: "Alamat" / "Address";
    what_next: "Catat sesuatu" / "Write something down";
    plan: "Rencana sekarang" / "The plan now";
    copy: "Salinan untuk keluarga" / "Copy for the family";
    copy_about: "Dibuat {} oleh {}, pendamping keluarga ini." / "Made on {} by {}, the facilitator of this family.";
    copy_help: "Bantuan dan peluang" / "Assistance and chances";
    copy_map: "Peta kehidupan" / "Life map";
    copy_warns: "Berisi data keluarga ini: berikan hanya kepada keluarga ini." / "It holds this family's data: give it to this family only.";
    plan_open: "Dua orang menulisnya berbeda. Pilih bersama keluarga, lalu tulis lagi di Susun rencana." / "Two people wrote this differently. Choose with the family and write it again in Make a plan.";
    history: "Riwayat" / "History";
    seen_again: "Ditemui lagi {}" / "To be seen again on {}";
    stage: "Tahap" / "Stage";
    note_begun: "Sudah dimulai" / "Begun";
    today_due: "Janji hari ini" / "Due today";
    today_follow_up: "Kunjungan {} bulan setelah graduasi" / "Visit {} months after graduating";
    today_target: "Graduasi {} dari {} · diusulkan {} · menuju {}" / "Graduated {} of {} · proposed {} · on the way {}";
    last_result: "Keputusan terakhir" / "Last decision";
    frozen_on: "Diputuskan {} dengan aturan {}" / "Decided on {} with rules {}";
    differs: "Menurut aturan dan data hari ini hasilnya lain. Keputusan di bawah tetap berlaku sampai keluarga ini dinilai lagi." / "By the rules and data of today it would come out otherwise. The decision below stands until this family is assessed again.";
    never_assessed: "Keluarga ini belum pernah dinilai. Asesmen pertama kira-kira dua puluh menit." / "This family has never been assessed. The first assessment takes about twenty minutes.";
    draft_open: "Asesmen dimulai {} dan belum selesai. Semua isian tersimpan." / "An assessment was started on {} and is not finished. All answers are saved.";
    discard: "Buang asesmen ini" / "Discard this assessment";
    discard_ask: "Buang asesmen keluarga ini? Isian yang belum selesai akan hilang. Asesmen yang sudah selesai tetap ada." / "Discard this assessment? Its unfinished answers will be lost. Finished assessments stay.";
    discard_note: "Buang catatan ini" / "Discard this note";
    discard_note_ask: "Buang catatan yang belum selesai ini? Isiannya akan hilang. Catatan lain tetap ada." / "Discard this unfinished note? Its answers will be lost. Other notes stay.";
    discard_failed: "Belum bisa dibuang. Isiannya masih ada. Coba lagi." / "It cannot be discarded. Its answers are still there. Try again.";
    coordinator_reads: "Asesmen dilakukan oleh pendamping keluarga ini." / "Assessments are made by this family's facilitator.";

    // ---- The assessment --------------------------------------------------------------------------------------------
    assessment: "Asesmen" / "Assessment";
    assessed_for: "Asesmen {}" / "Assessment of {}";
    state_todo: "Belum" / "Not yet";
    state_partly: "{} dari {}" / "{} of {}";
    state_done: "Selesai" / "Done";
    state_none: "Tidak berlaku" / "Does not apply";
    see_result: "Lihat hasil" / "See the result";
    next_section: "Lanjut: {}" / "Next: {}";
    draft_gone: "Asesmen ini sudah selesai atau dibuang" / "This assessment is finished or was discarded";
    draft_gone_more: "Hasilnya ada di halaman keluarga." / "Its result is on the family's page.";
    dont_know: "Tidak tahu" / "Don't know";
    choose: "Pilih" / "Choose";
    none_of_these: "Tidak ada" / "None of these";
    from_assessment: "Dari asesmen {}." / "From the assessment of {}.";
    from_note: "Dari catatan terakhir, {}." / "From the last note, {}.";
    from_registration: "Dari pendaftaran {}." / "From the registration of {}.";
    from_registry: "Dari data DTSEN {}." / "From DTSEN data of {}.";
    still_same_ask: "Masih sama?" / "Still the same?";
    still_same: "Masih sama" / "Still the same";
    all_same: "Semua di halaman ini masih sama" / "Everything on this page is still the same";
    by_age: "Tidak tahu tanggalnya, tahu umurnya" / "Only the age is known";
    age_years: "Umur (tahun)" / "Age (years)";
    approximate: "Perkiraan dari umur" / "Estimated from the age";
    saving: "Menyimpan" / "Saving";
    save_failed: "Isian terakhir belum tersimpan. Jangan tutup halaman ini: isiannya masih di layar. Isian sebelumnya aman." / "The last answer is not saved. Do not close this page: it is still on the screen. Earlier answers are safe.";
    save_full: "HP penuh: isian terakhir belum tersimpan, tetapi masih di layar. Hapus foto atau aplikasi lain, lalu coba lagi. Isian sebelumnya aman." / "The phone is full: the last answer is not saved but still on the screen. Delete photos or other apps, then try again. Earlier answers are safe.";
    save_other_tab: "Isian ini terbuka di tab lain. Supaya tidak saling menimpa, isi di satu tab saja." / "This is open in another tab. Fill it in in one tab only, so that nothing is overwritten.";
    take_over: "Lanjutkan di sini" / "Go on here";
    newer: "Ada aturan baru (versi {}). Asesmen ini dimulai dengan aturan lama." / "There are new rules (version {}). This assessment was begun under the old ones.";
    newer_see: "Lihat bedanya" / "See what changes";
    newer_ask: "Pindahkan asesmen ini ke aturan baru? Semua jawaban tetap disimpan." / "Move this assessment to the new rules? All answers are kept.";
    newer_new: "Pertanyaan baru" / "New questions";
    newer_changed: "Berubah: periksa lagi jawabannya" / "Changed: check the answer again";
    newer_gone: "Tidak ditanyakan lagi: jawabannya tersimpan sampai asesmen selesai" / "No longer asked: the answer is kept until the assessment is finished";
    newer_take: "Pindahkan" / "Move";
    not_now: "Nanti" / "Later";

    // ---- The roster ------------------------------------------------------------------------------------------------
    add_member: "Tambah anggota" / "Add a member";
    new_member: "Anggota baru" / "New member";
    no_name: "Nama belum ditanyakan" / "Name not asked yet";
    no_age: "umur belum ditanyakan" / "age not asked yet";
    brings: "{} · komponen PKH {}" / "{} · PKH component {}";
    first_these: "Empat hal dulu. Pertanyaan lain muncul sesudahnya." / "Four things first. Other questions follow.";
    remove: "Keluar dari keluarga ini" / "No longer in this family";
    remove_ask: "Keluarkan {} dari anggota keluarga? Isiannya bisa dikembalikan sampai asesmen ini selesai." / "Take {} out of the family? The answers can be brought back until this assessment is finished.";
    because_moved: "Pindah atau punya KK sendiri" / "Moved away or has an own KK";
    because_died: "Meninggal" / "Died";
    because_mistake: "Salah catat" / "Listed by mistake";
    removed: "Sudah keluar" / "No longer here";
    restore: "Kembalikan" / "Bring back";
    next_member: "Berikutnya: {}" / "Next: {}";
    done_members: "Kembali ke daftar anggota" / "Back to the members";

    // ---- Mistakes in a field ---------------------------------------------------------------------------------------
    bad_number: "Tulis dengan angka saja, misalnya 12." / "Write digits only, for example 12.";
    bad_money: "Tulis jumlah rupiah dengan angka, misalnya 1.250.000 atau 1,25 juta." / "Write the rupiah in digits, for example 1,250,000 or 1.25 million.";
    bad_decimal: "Tulis dengan angka, misalnya 36 atau 64,8." / "Write digits, for example 36 or 64.8.";
    bad_date: "Tanggal ini belum terbaca. Tulis hari, bulan, tahun: 5-5-1993 atau 5 Mei 1993." / "This date cannot be read. Write day, month, year: 5-5-1993 or 5 May 1993.";
    no_such_day: "Tanggal ini tidak ada di kalender. Periksa hari dan bulannya." / "This day is not in the calendar. Check day and month.";
    too_small: "Paling sedikit {}." / "At least {}.";
    too_large: "Paling banyak {}. Periksa jumlah nolnya." / "At most {}. Check the number of zeros.";
    bad_length: "Harus {} angka; ini baru {}." / "It has {} digits; these are {}.";
    bad_digits: "Isi angka saja." / "Digits only.";
    spreadsheet: "Angka ini rusak oleh lembar hitung (3,2E+15). Lihat kartunya dan ketik lagi." / "A spreadsheet broke this number (3.2E+15). Look at the card and type it again.";
    too_long: "Terlalu panjang. Singkat sampai {} huruf." / "Too long. Shorten it to {} letters.";
    not_saved: "{} Isian ini belum dihitung; ketikan Anda tetap di sini." / "{} This answer does not count yet; what you typed stays here.";
    nik_sex: "NIK ini milik orang yang jenis kelaminnya lain. Periksa NIK atau jenis kelaminnya; boleh juga dilanjutkan." / "This NIK is of a person of the other sex. Check NIK or sex; you may also go on.";
    nik_date: "Tanggal lahir di NIK ini lain. Periksa NIK atau tanggal lahirnya; boleh juga dilanjutkan." / "The birth date in this NIK differs. Check NIK or birth date; you may also go on.";
    nik_odd: "Tanggal di dalam NIK ini tidak mungkin. Periksa lagi di kartunya; boleh juga dilanjutkan." / "The date inside this NIK cannot be. Look at the card again; you may also go on.";

    // ---- The result ------------------------------------------------------------------------------------------------
    result: "Hasil" / "Result";
    live_none: "Belum ada yang pasti" / "Nothing certain yet";
    live_sure: "Pasti layak: {}" / "Certain: {}";
    live_depends: "Tergantung {}: {}" / "Depends on {}: {}";
    questions: "{} pertanyaan" / "{} question|{} questions";
    sentence_sure: "Keluarga ini layak untuk {}." / "This family qualifies for {}.";
    sentence_cash: "Uang tunainya {} setahun." / "The cash is {} a year.";
    sentence_none: "Belum ada program yang pasti layak untuk keluarga ini." / "No programme is certain for this family yet.";
    sentence_open: "{} program belum dapat dipastikan." / "{} programme cannot be told yet.|{} programmes cannot be told yet.";
    and: "dan" / "and";
    group_sure: "Pasti layak" / "Certainly qualifies";
    group_open: "Belum dapat dipastikan" / "Cannot be told yet";
    group_not: "Belum bisa" / "Not now";
    eligible: "Layak" / "Qualifies";
    undetermined: "Belum dapat dipastikan" / "Cannot be told yet";
    not_eligible: "Belum bisa" / "Not now";
    error_outcome: "Tidak bisa dihitung" / "Cannot be worked out";
    error_more: "Ada angka yang terlalu besar. Periksa jumlah rupiah dan nolnya." / "A number is too large. Check the amounts and their zeros.";
    per_tahap: "{} tiap tahap (tiga bulan)" / "{} each quarter (tahap)";
    amount_open: "Jumlahnya belum pasti" / "Amount not certain yet";
    up_to: "Sampai {}" / "Up to {}";
    amount_year: "{} setahun" / "{} a year";
    amount_once: "{} sekali" / "{} once";
    cover: "Iuran JKN {} setahun dibayar pemerintah. Bukan uang tunai." / "JKN premium of {} a year paid by the government. Not cash.";
    grant_up_to: "Hibah, bukan pinjaman" / "A grant, not a loan";
    why: "Mengapa?" / "Why?";
    law: "Dasar: {}" / "Basis: {}";
    change: "Apa yang bisa mengubahnya?" / "What would change it?";
    change_any: "Salah satu saja sudah cukup:" / "Any one of these is enough:";
    change_none: "Yang menentukan di sini tidak bisa diubah keluarga ini sendiri." / "What decides here is not in this family's hands.";
    label_has: "Punya " / "Has ";
    label_holds: "Sedang punya " / "Has ";
    get_paper: "urus {}" / "get {}";
    get_thing: "siapkan {}" / "get {}";
    bring_about: "usahakan: {}" / "work towards: {}";
    settle: "selesaikan {}" / "settle {}";
    raise: "naikkan {} ke {}" / "raise {} to {}";
    lower: "turunkan {} ke {}" / "lower {} to {}";
    change_to: "ubah {} menjadi {}" / "change {} to {}";
    wait_until: "tunggu sampai {}" / "wait until {}";
    wait_months: "tunggu {} bulan lagi" / "wait {} more month|wait {} more months";
    wait_for: "tunggu sampai {}: {}" / "wait until {}: {}";
    mark_yes: "Terpenuhi" / "Met";
    mark_no: "Tidak terpenuhi" / "Not met";
    mark_ask: "Belum diketahui" / "Not known";
    deciding: "Yang menentukan:" / "What decides:";
    deciding_more: "dan {} pertanyaan lain" / "and {} more question|and {} more questions";
    param_missing: "Angka resmi yang belum ada: {}" / "Official figure not there yet: {}";
    applicants: "Bisa diajukan oleh: {}" / "Who could apply: {}";
    one_loan: "Cukup satu pinjaman usaha. Urutan dari yang paling ringan: {}." / "Only one business loan may be taken. Lightest first: {}.";
    readiness: "Kesiapan naik kelas" / "Readiness to graduate";
    decision_aid: "Alat bantu. Yang memutuskan tetap manusia." / "A decision aid. A person decides.";
    ready: "Siap" / "Ready";
    nearly: "Hampir siap" / "Nearly ready";
    not_yet: "Belum siap" / "Not yet ready";
    protected: "Dilindungi" / "Protected";
    month: "Laporan bulanan" / "Monthly report";
    month_before: "Bulan sebelumnya" / "The month before";
    month_nothing: "Belum ada catatan di bulan ini." / "Nothing was recorded this month yet.";
    month_records: "{} catatan" / "{} record|{} records";
    month_meetings: "{} pertemuan" / "{} meeting|{} meetings";
    month_families: "{} keluarga" / "{} family|{} families";
    month_columns: "Tanggal|Kegiatan|Keluarga|Desa|Isi" / "Day|Activity|Family|Village|What was recorded";
    month_sheet: "Kirim Excel berisi nama keluarga" / "Send Excel with family names";
    month_holds_names: "Berkas berisi nama keluarga: kirim hanya kepada yang berhak." / "The file holds names of families: send it only to those who may read it.";
    hand_out_failed: "Berkas tidak bisa disimpan. Coba lagi dari peramban Chrome." / "The file could not be saved. Try again in Chrome.";
    print: "Cetak" / "Print";
    assessments: "Asesmen" / "Assessments";
    life_map: "Perubahan sejak {}: yang lama di kiri, yang sekarang di kanan." / "Changes since {}: earlier on the left, now on the right.";
    green: "Baik" / "Good";
    yellow: "Sedang" / "In between";
    red: "Kurang" / "Weak";
    unknown_colour: "Belum diketahui" / "Not known";
    unknown_value: "tidak tahu" / "not known";
    keep_note: "Simpan catatan" / "Keep the note";
    finish: "Selesaikan asesmen" / "Finish the assessment";
    finishing: "Menyimpan keputusan" / "Saving the decision";
    finish_first: "Sebelum selesai" / "Before finishing";
    finish_mend: "Perbaiki dulu ({})" / "Mend first ({})";
    finish_confirm: "Pastikan masih benar ({})" / "Confirm that these still hold ({})";
    finish_need: "Isi dulu ({})" / "Fill in first ({})";
    finish_typed: "Ketikan yang belum terbaca ({})" / "Typed but not readable ({})";
    finish_open: "{} pertanyaan belum ditanyakan. Boleh selesai tanpa itu; yang belum pasti tetap tertulis belum pasti." / "{} question was not asked. You may finish without it; what is uncertain stays so.|{} questions were not asked. You may finish without them; what is uncertain stays so.";
    finish_failed: "Keputusan belum tersimpan. Isian masih ada di HP ini. Coba lagi." / "The decision is not saved. The answers are still on this phone. Try again.";
    finish_unsaved: "Isian terakhir belum tersimpan. Tunggu sebentar, lalu coba lagi." / "The last answer is not saved yet. Wait a moment and try again.";

    // ---- After finishing -------------------------------------------------------------------------------------------
    done: "Asesmen selesai" / "Assessment finished";
    done_stored: "Keputusan untuk {} tersimpan di HP ini." / "The decision for {} is saved on this phone.";
    done_waits: "Menunggu dikirim. Akan dikirim sendiri begitu ada sinyal; Anda boleh menutup aplikasi." / "Waiting to be sent. It goes by itself as soon as there is a signal; you may close the app.";
    done_sent: "Server sudah menerimanya." / "The server has received it.";
    to_family: "Ke halaman keluarga" / "To the family's page";

    // ---- Outbox ----------------------------------------------------------------------------------------------------
    sync_now: "Kirim sekarang" / "Send now";
    syncing: "Sedang mengirim" / "Sending";
    nothing_waits: "Tidak ada yang menunggu." / "Nothing is waiting.";
    waits: "{} catatan menunggu dikirim." / "{} record is waiting to be sent.|{} records are waiting to be sent.";
    refused_count: "{} catatan perlu diperbaiki." / "{} record needs mending.|{} records need mending.";
    last_receipt: "Terakhir diterima server: {}." / "Last received by the server: {}.";
    never_receipt: "Belum pernah ada yang dikirim dari HP ini." / "Nothing was sent from this phone yet.";
    waiting: "Menunggu" / "Waiting";
    needs_mending: "Perlu diperbaiki" / "Needs mending";
    recorded: "Dicatat {}" / "Recorded {}";
    mend: "Perbaiki dan kirim lagi" / "Mend and send again";
    outbox_failed: "Kotak keluar belum bisa dibuka. Catatan Anda masih di HP ini." / "The outbox cannot be opened. Your records are still on this phone.";
    mend_failed: "Catatan ini belum bisa dibuka lagi. Catatannya tetap aman di HP ini. Coba lagi." / "This record cannot be opened again yet. It stays safe on this phone. Try again.";
    trouble_sign_in: "Masa masuk Anda habis. Bekerja tetap bisa; untuk mengirim, masuk lagi." / "Your sign-in has expired. You can go on working; to send, sign in again.";
    trouble_busy: "Server sedang ramai. HP ini akan mencoba sendiri lagi." / "The server is busy. This phone will try again by itself.";
    trouble_server: "Server sedang bermasalah. Semua tersimpan di HP ini; akan dicoba lagi." / "The server has a problem. Everything is saved on this phone; it will be tried again.";
    trouble_storage: "Penyimpanan HP bermasalah, jadi pengiriman berhenti. Catatan tidak dihapus. Tutup browser dan buka lagi." / "The phone's storage has a problem, so sending has stopped. Nothing was deleted. Close the browser and open it again.";
    refused_unreadable: "Server tidak bisa membaca catatan ini." / "The server could not read this record.";
    refused_kind: "Server belum mengenal jenis catatan ini. Kirim lagi setelah server diperbarui." / "The server does not know this kind of record yet. Send again after the server is updated.";
    refused_copy: "Catatan dengan nomor sama tetapi isi lain sudah ada. Buka, periksa, lalu kirim sebagai catatan baru." / "A record with the same number but other contents exists. Open it, check it, and send it as a new one.";
    refused_author: "Catatan ini dibuat akun lain." / "This record was made by another account.";
    refused_vault: "Catatan ini dari pemasangan aplikasi yang lain." / "This record comes from another installation of the app.";
    refused_order: "Langkah ini belum bisa untuk keluarga ini: tahapnya sudah lain, persetujuannya tidak berlaku, atau rujukan lain masih berjalan. Buka halaman keluarga." / "This step is not possible for this family: its stage has changed, there is no consent in force, or another referral is under way. Open the family's page.";
    refused_family: "Keluarga ini tidak terdaftar pada Anda. Tanyakan koordinator." / "This family is not assigned to you. Ask your coordinator.";
    refused_exists: "Keluarga ini sudah terdaftar di server. Sinkronkan, lalu cari di daftar." / "The server knows this family already. Sync, then look in the list.";
    refused_village: "Desanya bukan di wilayah Anda. Periksa desanya, lalu kirim lagi." / "The village is not in your area. Check the village, then send again.";
    refused_future: "Ada tanggal di masa depan. Periksa tanggal lahir dan jam HP, lalu kirim lagi." / "A date lies in the future. Check birth dates and the phone's clock, then send again.";
    refused_answer: "Ada jawaban di luar pilihan. Periksa isian, lalu kirim lagi." / "An answer is outside the choices. Check the answers, then send again.";
    refused_pack: "Aturan yang dipakai tidak dikenal server. Buka lagi dengan aturan terbaru." / "The server does not know the rules used. Open it again with the newest rules.";
    refused_member: "Ada jawaban untuk orang yang tidak terdaftar. Periksa anggota keluarga." / "An answer is about a person who is not listed. Check the members.";
    refused_differs: "Keputusan di HP berbeda dari hitungan server. Buka lagi, periksa, lalu kirim." / "The decision differs from the server's. Open it, check it and send it.";
    refused_other: "Server belum menerima catatan ini." / "The server has not taken this record.";

    // ---- Me --------------------------------------------------------------------------------------------------------
    language: "Bahasa" / "Language";
    health: "Keadaan data" / "Condition of the data";
    kept: "Perlindungan data" / "Protection of the data";
    kept_yes: "HP tidak akan menghapusnya sendiri" / "The phone will not delete it by itself";
    kept_no: "HP bisa menghapusnya bila penuh. Pasang aplikasi ini di layar utama." / "The phone may delete it when full. Install this app on the home screen.";
    kept_unknown: "Browser ini tidak memberi tahu" / "This browser does not tell";
    free_space: "Ruang kosong" / "Free space";
    clock: "Jam HP" / "Phone's clock";
    clock_good: "Cocok dengan server" / "Agrees with the server";
    clock_off: "Berbeda {} menit dari server. Atur jam otomatis." / "{} minute off the server's. Set the time automatically.|{} minutes off the server's. Set the time automatically.";
    clock_unknown: "Belum pernah dibandingkan" / "Not compared yet";
    share_text: "Bagikan sebagai teks" / "Share as text";
    copied: "Disalin" / "Copied";
    app_version: "Versi aplikasi" / "App version";
    rules_version: "Aturan program" / "Programme rules";
    area: "Wilayah" / "Area";
    sign_in_again: "Masuk lagi" / "Sign in again";
    sign_out: "Keluar" / "Sign out";
    sign_out_ask: "Keluar dari akun ini? Catatan di HP tidak dihapus, juga {} yang belum terkirim. PIN Anda tetap membukanya; untuk mengirim lagi perlu masuk dengan sinyal." / "Sign out? Nothing on this phone is deleted, nor the {} not yet sent. Your PIN still opens it; to send again, sign in with a signal.";
    records: "{} catatan" / "{} record|{} records";
    sign_out_failed: "Belum bisa keluar. Catatan Anda aman. Coba lagi." / "Cannot sign out yet. Your records are safe. Try again.";
}

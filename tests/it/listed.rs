//! A family of an imported list comes to its facilitator's phone, and what comes later mends it.

use crate::phone::{Endpoint, NOON, Phone, families, shown, sync};
use naik_kelas_app::usecase::open_family;
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, FactPath},
    id::KpmId,
};
use naik_kelas_server::intake::{
    columns::Source,
    keys::KeyRing,
    run::{Holder, Settings, Summary, Target, run},
};
use tokio::runtime::Handle;

const MEMBERS: &str = "kode_kelurahan_desa,kelurahan_desa,alamat,nomor_kartu_keluarga,nomor_induk_kependudukan,nama,\
                       tanggal_lahir,jenis_kelamin,status_hubungan_keluarga,desil_nasional";

/// Imports a list for a facilitator of the practice district.
async fn import(endpoint: &Endpoint, holder: Holder, as_of: &str, desil: u8) -> Summary {
    let lines = [
        MEMBERS.to_owned(),
        format!(
            "3209152001,Sumber,Jl. Melati 7,3209150101209912,3209154405909901,Siti Aminah Contoh,04/05/1990,2,1,{desil}"
        ),
        format!(
            "3209152001,Sumber,Jl. Melati 7,3209150101209912,3209150101159902,Budi Contoh,01/01/2015,1,3,{desil}"
        ),
    ];
    let (db, as_of) = (endpoint.state.db.clone(), Date::parse(as_of).unwrap());
    let offer = endpoint.state.shelf.newest(as_of).unwrap().clone();
    let runtime = Handle::current();
    let import = move || {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        std::fs::write(&file, lines.join("\n")).unwrap();
        let target = Target {
            db: &db,
            runtime: &runtime,
            ring: &KeyRing::new(&[7; 32]),
            pack: &offer.pack,
        };
        let settings = Settings {
            source: Source::Dtsen,
            as_of: Some(as_of),
            area: None,
            village: None,
            holder: Some(holder),
            reassign: false,
            now: NOON,
        };
        run(&target, &file, &settings, &mut |_| {}).unwrap()
    };
    tokio::task::spawn_blocking(import).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_family_comes_to_the_phone_and_a_newer_list_mends_it() {
    let endpoint = Endpoint::with_families(3).await;
    let local = tokio::task::LocalSet::new();
    local
        .run_until(async {
            let phone = Phone::new(1);
            let dewi = phone.sign_in(&endpoint, 0).await;
            let holder = Holder {
                user: dewi.person.user,
                regency: dewi.person.area,
            };
            let before = families(&dewi);
            let first = import(&endpoint, holder, "2026-07-10", 2).await;
            assert_eq!((first.added, first.assigned, first.bad), (1, 1, 0));
            sync(&dewi).await;
            let new: Vec<KpmId> = families(&dewi)
                .into_iter()
                .filter(|kpm| !before.contains(kpm))
                .collect();
            let [kpm] = new.as_slice() else {
                panic!("one family more, not {}", new.len());
            };
            let seen = open_family(&dewi, *kpm).await.unwrap().kpm;
            assert_eq!(
                (seen.name.as_str(), seen.present().count()),
                ("Siti Aminah Contoh", 2)
            );

            import(&endpoint, holder, "2026-10-10", 4).await;
            sync(&dewi).await;
            let seen = open_family(&dewi, *kpm).await.unwrap().kpm;
            let desil = seen
                .known
                .get(&FactPath::family("desil"))
                .and_then(Answer::value);
            assert_eq!((desil, seen.present().count()), (Some(&Value::Int(4)), 2));
            assert_eq!(families(&dewi).len(), before.len() + 1);
            assert_eq!((shown(&dewi).waiting, shown(&dewi).refused), (0, 0));
        })
        .await;
}

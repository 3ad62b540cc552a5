//! What `public/unpacked.js` calls: the file is put into [`room`] as it comes, and [`unpack`] goes as far as it reaches.

#![expect(
    unsafe_code,
    reason = "functions that a page calls by name are marked so; nothing in them is unsafe"
)]

use std::sync::Mutex;

use crate::HEADER;
use crate::coder::Reading;
use crate::unpack::{MARGIN, Unpacking};

/// Small beside the compiler's own, as in the app.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// One file, once.
struct Phone {
    reading: Reading,
    unpacking: Option<Unpacking>,
}

static PHONE: Mutex<Option<Phone>> = Mutex::new(None);

/// Makes room for a file of this many bytes at most, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *const u8 {
    let mut phone = Phone {
        reading: Reading::new(vec![0; bytes]),
        unpacking: None,
    };
    let place = phone.reading.file().as_ptr();
    if let Ok(mut own) = PHONE.lock() {
        *own = Some(phone);
    }
    place
}

/// Goes on with the first `have` bytes of the file; `is_all` tells that there are no more. The module, once it is whole;
/// until then, and if the file is spoilt, nothing.
#[unsafe(no_mangle)]
pub extern "C" fn unpack(have: usize, is_all: bool) -> *const u8 {
    with(|phone| {
        // At the end the coder looks four bytes ahead of what it has used.
        let until = if is_all {
            have + 8
        } else {
            have.saturating_sub(MARGIN)
        };
        while phone.reading.at() <= until {
            match &mut phone.unpacking {
                None => phone.unpacking = Some(begun(&mut phone.reading)),
                Some(unpacking) if unpacking.goes_on() => unpacking.step(&mut phone.reading),
                Some(_) => break,
            }
        }
        let module = phone.unpacking.as_ref().and_then(Unpacking::module);
        module.map_or(std::ptr::null(), <[u8]>::as_ptr)
    })
    .unwrap_or(std::ptr::null())
}

/// Of the module, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn size() -> usize {
    with(|phone| phone.unpacking.as_ref()?.module().map(<[u8]>::len))
        .flatten()
        .unwrap_or(0)
}

fn with<T>(act: impl FnOnce(&mut Phone) -> T) -> Option<T> {
    PHONE.lock().ok()?.as_mut().map(act)
}

fn begun(reading: &mut Reading) -> Unpacking {
    let mut header = [0; HEADER];
    header.fill_with(|| reading.plain());
    reading.begin();
    Unpacking::of_header(&header)
}

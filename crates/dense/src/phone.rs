//! What `public/unpacked.js` calls: the file is put into [`room`] as it comes, and [`unpack`] goes as far as it reaches.

#![expect(
    unsafe_code,
    reason = "functions that a page calls by name are marked so; nothing in them is unsafe"
)]

use std::sync::Mutex;

use crate::HEADER;
use crate::coder::{Read, Reading};
use crate::unpack::{MARGIN, Unpacking};

/// Bytes of the longest file. `public/unpacked.js` and the build know it too.
const ROOM: usize = 1 << 20;

/// One file, once: all zeros at first, so that there is nothing to fetch of it, and nothing to be asked for later.
struct Phone {
    file: [u8; ROOM],
    read: Read,
    begun: bool,
    unpacking: Unpacking,
}

static PHONE: Mutex<Phone> = Mutex::new(Phone {
    file: [0; ROOM],
    read: Read::NOTHING,
    begun: false,
    unpacking: Unpacking::NONE,
});

/// Where the file is to be put.
#[unsafe(no_mangle)]
pub extern "C" fn room() -> *const u8 {
    PHONE
        .lock()
        .map_or(std::ptr::null(), |phone| phone.file.as_ptr())
}

/// Goes on with the first `have` bytes of the file; `is_all` tells that there are no more. The module, as soon as it is
/// whole; until then, and if the file is spoilt, nothing.
#[unsafe(no_mangle)]
pub extern "C" fn unpack(have: usize, is_all: bool) -> *const u8 {
    let Ok(mut phone) = PHONE.lock() else {
        return std::ptr::null();
    };
    let Phone {
        file,
        read,
        begun,
        unpacking,
    } = &mut *phone;
    let mut reading = Reading::new(file, *read);
    // At the end the coder looks four bytes ahead of what it has used.
    let until = if is_all {
        have + 8
    } else {
        have.saturating_sub(MARGIN)
    };
    while reading.at() <= until && (!*begun || unpacking.goes_on()) {
        if *begun {
            unpacking.step(&mut reading);
        } else {
            *begun = true;
            let mut header = [0; HEADER];
            header.fill_with(|| reading.plain());
            reading.begin();
            unpacking.begin_by(&header);
        }
    }
    *read = reading.read();
    unpacking.module().map_or(std::ptr::null(), <[u8]>::as_ptr)
}

/// Of the module, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn size() -> usize {
    length(Unpacking::module)
}

/// Of what travelled behind the module and lies behind it, in bytes; 0 until all is there.
#[unsafe(no_mangle)]
pub extern "C" fn beside() -> usize {
    length(Unpacking::beside)
}

fn length(part: fn(&Unpacking) -> Option<&[u8]>) -> usize {
    let Ok(phone) = PHONE.lock() else {
        return 0;
    };
    part(&phone.unpacking).map_or(0, <[u8]>::len)
}

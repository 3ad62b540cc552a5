//! The encoding of a text file, and a reader that gives UTF-8 whatever it is.

use super::SheetError;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Finds the encoding: by its mark, by the zeros of UTF-16, by what UTF-8 forbids.
pub(super) fn detect(start: &[u8], whole: &mut impl Read) -> Result<&'static Encoding, SheetError> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Ok(encoding);
    }
    let zeros = |parity: usize| {
        let places = start.iter().skip(parity).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    match (zeros(0), zeros(1)) {
        (0, 0) => {}
        (even, odd) if odd > 4 * even && odd * 4 > start.len() => return Ok(UTF_16LE),
        (even, odd) if even > 4 * odd && even * 4 > start.len() => return Ok(UTF_16BE),
        _ => return Err(SheetError::Unknown),
    }
    if start.starts_with(b"%PDF") {
        return Err(SheetError::Unknown);
    }
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let (mut piece, mut sink) = (vec![0; 65_536], vec![0; 65_536 * 3 + 16]);
    let (mut is_utf8, mut is_1252, mut is_text) = (true, true, true);
    loop {
        let read = whole
            .read(&mut piece)
            .map_err(|error| SheetError::Unreadable(error.to_string()))?;
        let bytes = &piece[..read];
        // Bytes to which Windows-1252 gives no letter, and control bytes that no text holds.
        is_1252 &= !bytes
            .iter()
            .any(|b| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D));
        is_text &= !bytes.iter().any(|b| matches!(b, 0..=8 | 14..=25 | 27..=31));
        let (_, _, _, bad) = decoder.decode_to_utf8(bytes, &mut sink, read == 0);
        is_utf8 &= !bad;
        if read == 0 || !is_text {
            break;
        }
    }
    match (is_text, is_utf8, is_1252) {
        (false, ..) => Err(SheetError::Unknown),
        (_, true, _) => Ok(UTF_8),
        (_, _, true) => Ok(WINDOWS_1252),
        _ => Err(SheetError::Encoding),
    }
}

/// UTF-8 from whatever it is, each line ended by one `\n`, so that lines can be counted.
pub(super) struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    /// What was read and not yet decoded: from, to.
    waiting: (usize, usize),
    output: Vec<u8>,
    given: usize,
    ended: bool,
    /// The last byte of what was decoded, before line ends were made one.
    last: u8,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            input: vec![0; 32_768],
            waiting: (0, 0),
            output: Vec::with_capacity(32_768 * 3 + 16),
            given: 0,
            ended: false,
            last: b'\n',
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.given = 0;
        self.output.clear();
        while self.output.is_empty() && !self.ended {
            if self.waiting.0 == self.waiting.1 {
                self.waiting = (0, self.inner.read(&mut self.input)?);
            }
            let (from, to) = self.waiting;
            let last = from == to;
            self.output.resize(32_768 * 3 + 16, 0);
            let (_, used, written, _) =
                self.decoder
                    .decode_to_utf8(&self.input[from..to], &mut self.output, last);
            self.output.truncate(written);
            self.end_lines_alike(last && used == to - from);
            self.waiting.0 = from + used;
            self.ended = last;
        }
        Ok(())
    }
}

impl<R> Utf8<R> {
    /// `\r\n` and `\r` become `\n`; the last line gets one too.
    fn end_lines_alike(&mut self, is_last: bool) {
        let mut last = self.last;
        self.output.retain_mut(|byte| {
            let was = std::mem::replace(&mut last, *byte);
            if *byte == b'\r' {
                *byte = b'\n';
                return true;
            }
            !(*byte == b'\n' && was == b'\r')
        });
        if is_last && !matches!(last, b'\n' | b'\r') {
            self.output.push(b'\n');
        }
        self.last = last;
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.output.len() {
            self.fill()?;
        }
        let left = &self.output[self.given..];
        let count = left.len().min(into.len());
        into[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

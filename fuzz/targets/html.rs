//! Bytes of a page to text and blocks: nothing panics, and what comes out is whole.
#![no_main]

#[path = "../../tests/html/whole.rs"]
mod whole;

use libfuzzer_sys::fuzz_target;
use smallprint::document::decode_page;
use smallprint::document::html::read_page;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = decode_page(bytes, None) {
        let page = read_page(&decoded.text);
        whole::check(&page, &decoded.text);
        let _ = page.metadata();
    }
});

//! A model's fingerprint: what tells one model from another in reports and in `--version`.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Model, file};

impl Model {
    /// SHA-256 of the model's file, hexadecimal: the same that `sha256sum` prints of
    /// `models/NAME.json`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(file::to_json(self));
        digest.iter().fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

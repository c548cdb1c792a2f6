//! What a published site says of itself: which files are ours, and what the costly ones were made from.
//!
//! Nothing but the public output goes into it: no time, no machine, no order of work.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::Placed;

/// Where the manifest lies in a site.
pub(super) const NAME: &str = ".kohyo-manifest.json";

const FORMAT: u32 = 1;

/// The files of a site by address, with the stamp of those that have one.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    pub(super) files: BTreeMap<String, Option<Stamp>>,
}

/// What a file was made from, and what came of it: XXH3-128 in hexadecimal digits.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stamp {
    key: String,
    content: String,
}

impl Manifest {
    pub(super) fn of(placed: &Placed) -> Self {
        let files = placed.iter().map(|(path, place)| (path.clone(), place.stamp.clone()));
        Self { format: FORMAT, files: files.collect() }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let manifest: Self = serde_json::from_slice(bytes).context("it is damaged")?;
        let format = manifest.format;
        ensure!(format == FORMAT, "it has the format {format}, and this program knows {FORMAT}");
        Ok(manifest)
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self).context("cannot write the manifest")?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

impl Stamp {
    pub(super) fn new(key: u128, content: &[u8]) -> Self {
        Self { key: digits(key), content: digits(xxh3_128(content)) }
    }

    pub(super) fn has_key(&self, key: u128) -> bool {
        self.key == digits(key)
    }

    pub(super) fn fits(&self, content: &[u8]) -> bool {
        self.content == digits(xxh3_128(content))
    }
}

fn digits(hash: u128) -> String {
    format!("{hash:032x}")
}

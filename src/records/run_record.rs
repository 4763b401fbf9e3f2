//! What a run into parts must share with the run that goes on with it: the file `run.json`.
//!
//! Input and output: [`RunRecord`] and its JSON. Not done here: the parts themselves (`parts`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::meter::InputSize;
use crate::error::{Error, Result};

/// What the file calls itself.
const FORMAT: &str = "smallprint-run";
/// The version of the file's form.
const SCHEMA: u32 = 1;

/// What makes the output of a run what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// The version of the program.
    pub version: String,
    /// The subcommand.
    pub command: String,
    /// The INPUT arguments as given: their names stand in records.
    pub inputs: Vec<String>,
    /// What the inputs hold; `None` where they have no size.
    pub input_size: Option<InputSize>,
    /// Documents a part.
    pub shard_size: u64,
    /// Flags that shape the output, with their values.
    pub options: BTreeMap<String, Vec<String>>,
    /// The fingerprint of the model of each name.
    pub models: BTreeMap<String, String>,
    /// How many documents the inputs hold; `None` until all are read.
    pub documents: Option<u64>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Form {
    format: String,
    schema: u32,
    version: String,
    command: String,
    inputs: Vec<String>,
    input_files: Option<u64>,
    input_bytes: Option<u64>,
    shard_size: u64,
    options: BTreeMap<String, Vec<String>>,
    models: BTreeMap<String, String>,
    documents: Option<u64>,
}

impl RunRecord {
    /// The JSON of the file, in lines.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let form = Form {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            version: self.version.clone(),
            command: self.command.clone(),
            inputs: self.inputs.clone(),
            input_files: self.input_size.map(|size| size.files),
            input_bytes: self.input_size.map(|size| size.bytes),
            shard_size: self.shard_size,
            options: self.options.clone(),
            models: self.models.clone(),
            documents: self.documents,
        };
        // Strings, numbers and maps with strings as keys can always be written.
        let mut json = serde_json::to_vec_pretty(&form).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// Reads the file.
    ///
    /// # Errors
    /// It is another file, or one of another version; the message says how to mend it.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let unusable = |found: String| {
            Error::usage(format!(
                "unusable record of a run: expected the file that a run with --shard-size writes, \
                 found {found}: name another output folder"
            ))
        };
        let form: Form = serde_json::from_slice(json).map_err(|e| unusable(e.to_string()))?;
        if form.format != FORMAT || form.schema != SCHEMA || form.shard_size == 0 {
            let Form { format, schema, shard_size, .. } = form;
            return Err(unusable(format!(
                "format {format}, schema {schema}, shard_size {shard_size}"
            )));
        }
        let input_size = form.input_files.zip(form.input_bytes);
        Ok(Self {
            version: form.version,
            command: form.command,
            inputs: form.inputs,
            input_size: input_size.map(|(files, bytes)| InputSize { files, bytes }),
            shard_size: form.shard_size,
            options: form.options,
            models: form.models,
            documents: form.documents,
        })
    }

    /// Whether a run `now` can go on with this one: its output would be the same.
    ///
    /// # Errors
    /// Of the kind `usage`, which names the first thing that differs, with what was expected and
    /// what was found.
    pub fn check(&self, now: &Self) -> Result<()> {
        let size = |size: Option<InputSize>| match size {
            Some(InputSize { files, bytes }) => format!("{files} files of {bytes} bytes"),
            None => "inputs without a size, such as standard input".to_owned(),
        };
        let differs = |what: &str, expected: &str, found: &str| {
            (expected != found).then(|| (what.to_owned(), expected.to_owned(), found.to_owned()))
        };
        let difference = differs("the command", &self.command, &now.command)
            .or_else(|| differs("the inputs", &self.inputs.join(" "), &now.inputs.join(" ")))
            .or_else(|| {
                let (before, now) = (self.shard_size.to_string(), now.shard_size.to_string());
                differs("--shard-size", &before, &now)
            })
            .or_else(|| {
                let flags: BTreeSet<_> = self.options.keys().chain(now.options.keys()).collect();
                flags.into_iter().find_map(|flag| {
                    differs(
                        &format!("--{flag}"),
                        &shown(self.options.get(flag)),
                        &shown(now.options.get(flag)),
                    )
                })
            })
            .or_else(|| differs("the version of smallprint", &self.version, &now.version))
            .or_else(|| {
                let names: BTreeSet<_> = self.models.keys().chain(now.models.keys()).collect();
                names.into_iter().find_map(|name| {
                    let of = |run: &Self| run.models.get(name).cloned().unwrap_or_default();
                    differs(&format!("the model of {name} (--model)"), &of(self), &of(now))
                })
            })
            .or_else(|| {
                differs("what the inputs hold", &size(self.input_size), &size(now.input_size))
            });
        difference.map_or(Ok(()), |(what, expected, found)| {
            Err(Error::usage(format!(
                "the run to be resumed was another: {what}: expected {expected}, found {found}; \
                 call it as it was called, or name a new output folder"
            )))
        })
    }
}

/// A flag's values as one reads them.
fn shown(values: Option<&Vec<String>>) -> String {
    match values {
        Some(values) if !values.is_empty() => format!("`{}`", values.join(",")),
        _ => "nothing".to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::records) fn record() -> RunRecord {
        let flag = |name: &str, value: &str| (name.to_owned(), vec![value.to_owned()]);
        RunRecord {
            version: "1.2.3".into(),
            command: "clean".into(),
            inputs: vec!["a b".into(), "-".into()],
            input_size: Some(InputSize { files: 3, bytes: 5000 }),
            shard_size: 10,
            options: [flag("format", "jsonl"), flag("min-words", "5")].into(),
            models: [("text".to_owned(), "f00".to_owned())].into(),
            documents: None,
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        for record in [record(), RunRecord { documents: Some(7), input_size: None, ..record() }] {
            assert_eq!(RunRecord::from_json(&record.to_json()).unwrap(), record);
        }
        for wrong in ["", "{}", "[1]", "{\"format\": \"smallprint-model\"}"] {
            let error = RunRecord::from_json(wrong.as_bytes()).unwrap_err();
            assert_eq!(error.kind().name(), "usage");
            assert!(error.message().contains("expected the file that"), "{error}");
        }
    }

    #[test]
    fn what_differs_is_named_with_expected_and_found() {
        let change = |change: fn(&mut RunRecord)| {
            let mut now = record();
            change(&mut now);
            record().check(&now).unwrap_err().message()
        };
        record().check(&RunRecord { documents: Some(1), ..record() }).unwrap();
        for (message, part) in [
            (change(|now| now.command = "classify".into()), "expected clean, found classify"),
            (change(|now| now.inputs.truncate(1)), "the inputs: expected a b -, found a b;"),
            (change(|now| now.shard_size = 11), "--shard-size: expected 10, found 11"),
            (
                change(|now| now.options.get_mut("min-words").unwrap()[0] = "6".into()),
                "--min-words: expected `5`, found `6`",
            ),
            (
                change(|now| drop(now.options.remove("min-words"))),
                "--min-words: expected `5`, found nothing",
            ),
            (change(|now| now.version = "2".into()), "smallprint: expected 1.2.3, found 2"),
            (
                change(|now| now.models = [("text".to_owned(), "ba4".to_owned())].into()),
                "the model of text (--model): expected f00, found ba4",
            ),
            (
                change(|now| now.input_size = Some(InputSize { files: 3, bytes: 5001 })),
                "expected 3 files of 5000 bytes, found 3 files of 5001 bytes",
            ),
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
}

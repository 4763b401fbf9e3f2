//! The `train` program; everything is in [`smallprint::cli::train`].

use std::process::ExitCode;

fn main() -> ExitCode {
    smallprint::cli::train::main()
}

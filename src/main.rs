//! The `smallprint` program; everything is in [`smallprint::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    smallprint::cli::main()
}

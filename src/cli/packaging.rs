//! `completions` and `man`: files for whoever packages the program.

use clap::Args;
use clap_complete::Shell;

use super::output::write_stdout;
use crate::error::{Error, Result};

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Writes the completions of a shell to standard output.
pub fn completions(args: &CompletionsArgs, mut command: clap::Command) -> Result<()> {
    let mut text = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut text);
    write_stdout(&text)
}

/// Writes the manual page, with a section for each subcommand, to standard output.
pub fn man(mut command: clap::Command) -> Result<()> {
    let failed = |error| Error::io("cannot render the manual page", error);
    command.build();
    let mut text = Vec::new();
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    clap_mangen::Man::new(command).render(&mut text).map_err(failed)?;
    for subcommand in subcommands.into_iter().filter(|c| c.get_name() != "help") {
        let page = clap_mangen::Man::new(subcommand);
        page.render_synopsis_section(&mut text).map_err(failed)?;
        page.render_options_section(&mut text).map_err(failed)?;
    }
    write_stdout(&text)
}

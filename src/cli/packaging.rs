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
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
    for subcommand in subcommands.into_iter().filter(|c| c.get_name() != "help") {
        let title = subcommand.get_name().to_uppercase();
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        let mut section = Vec::new();
        let man = clap_mangen::Man::new(subcommand);
        man.render_synopsis_section(&mut section).map_err(failed)?;
        man.render_options_section(&mut section).map_err(failed)?;
        // Sections of a page of its own become parts of a section of this one.
        let section = String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ");
        page.extend(format!(".SH {title}\n{about}\n").bytes());
        page.extend(section.bytes());
    }
    write_stdout(&page)
}

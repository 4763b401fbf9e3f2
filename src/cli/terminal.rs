//! What the terminal can do: colours and width.

use std::io::IsTerminal as _;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};

use crate::report::{Palette, Tone};

/// Columns of a line where nobody says how many there are.
const DEFAULT_WIDTH: usize = 80;

/// How standard output shows text.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// Colours, or none.
    pub palette: Palette,
    /// Columns of a line.
    pub width: usize,
    /// Whether somebody looks at it.
    pub is_terminal: bool,
}

impl Terminal {
    /// Standard output: coloured where it is a terminal, unless `NO_COLOR`, `CLICOLOR` or
    /// `CLICOLOR_FORCE` say otherwise; as wide as `COLUMNS` or the terminal says, else 80 columns.
    pub fn stdout() -> Self {
        let stdout = std::io::stdout();
        let coloured = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self {
            palette: if coloured { Palette::coloured(marks) } else { Palette::plain() },
            width: columns().or_else(terminal_columns).unwrap_or(DEFAULT_WIDTH),
            is_terminal: stdout.is_terminal(),
        }
    }

    /// A file: plain, as wide as `COLUMNS` says, else 80 columns.
    pub fn file() -> Self {
        Self {
            palette: Palette::plain(),
            width: columns().unwrap_or(DEFAULT_WIDTH),
            is_terminal: false,
        }
    }
}

fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|&columns| columns > 0)
}

fn terminal_columns() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width)).filter(|&columns| columns > 0)
}

fn marks(tone: Tone) -> (String, String) {
    let style = style(tone);
    (style.render().to_string(), style.render_reset().to_string())
}

/// The sixteen colours of the terminal's own scheme, so that they fit light and dark.
fn style(tone: Tone) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match tone {
        Tone::Plain => Style::new(),
        Tone::Strong => Style::new().effects(Effects::BOLD),
        Tone::Faint => Style::new().effects(Effects::DIMMED),
        Tone::Error => colour(AnsiColor::Red).effects(Effects::BOLD),
        Tone::Content | Tone::For => colour(AnsiColor::Green),
        Tone::AboutArticle => colour(AnsiColor::Cyan),
        Tone::Disclosure => colour(AnsiColor::Yellow),
        Tone::Furniture => colour(AnsiColor::Magenta),
        Tone::Against => colour(AnsiColor::Red),
    }
}

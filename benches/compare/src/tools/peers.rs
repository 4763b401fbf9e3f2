//! The extractors in Rust, each called as its own documentation shows, on the source alone: no tool
//! is told a page's address. Titles, comments and metadata are left out where there is a choice.

use trafilatura::Options;

/// The text, or why there is none.
pub type Extraction = Result<String, String>;

/// `dom_smoothie`, with text laid out: its default runs paragraphs together.
pub fn dom_smoothie(source: &str) -> Extraction {
    let config =
        dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let article = dom_smoothie::Readability::new(source, None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map_err(|error| error.to_string())?;
    Ok(article.text_content.to_string())
}

/// `libreadability`.
pub fn libreadability(source: &str) -> Extraction {
    let article = libreadability::extract(source, None).map_err(|error| error.to_string())?;
    Ok(article.text_content)
}

/// `rs-trafilatura`.
pub fn rs_trafilatura(source: &str) -> Extraction {
    let result = rs_trafilatura::extract(source).map_err(|error| error.to_string())?;
    Ok(result.content_text)
}

/// The crate `trafilatura`, as it comes.
pub fn trafilatura(source: &str) -> Extraction {
    trafilatura_with(source, &Options::default())
}

/// The crate `trafilatura`, which then also asks Readability and jusText.
pub fn trafilatura_with_fallback(source: &str) -> Extraction {
    trafilatura_with(source, &Options::default().with_fallback(true))
}

fn trafilatura_with(source: &str, options: &Options) -> Extraction {
    let result = trafilatura::extract(source, options).map_err(|error| error.to_string())?;
    Ok(result.content_text)
}

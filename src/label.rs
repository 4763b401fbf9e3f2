//! The vocabulary: seventeen paragraph labels in four groups.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// What a paragraph does on the page. `docs/labels.md` defines each and settles doubtful cases.
///
/// The discriminant is the label's column in every matrix of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// The article's own text: prose, quotations, lists, tables, transcripts.
    Body,
    /// The article's title, subtitle or a section heading.
    Heading,
    /// Author, date, source or agency line.
    Byline,
    /// Image or video caption, photo credit.
    Caption,
    /// Who the writer or publisher is.
    AuthorBio,
    /// Correction, update, editor's note, first-published or translation note.
    EditorialNote,
    /// Limits or discloses responsibility.
    Disclaimer,
    /// Copyright line, terms of reposting, licence, trademark.
    Copyright,
    /// Fair-use or fair-dealing notice.
    FairUse,
    /// Tips and media-inquiry lines, the publisher's address.
    Contact,
    /// Share, like, follow us.
    SharePrompt,
    /// Newsletter, paywall, membership, app, donation appeal.
    SubscribePrompt,
    /// Leave a reply, comment counts and rules.
    CommentPrompt,
    /// A comment that a reader wrote.
    ReaderComment,
    /// Links and teasers to other pieces.
    Related,
    /// Menus, search, login, cookie banners, player controls, rulers.
    Navigation,
    /// Advertisements and promotion of products.
    Advertisement,
}

/// What a label means to a reader: the article itself, facts about it, a disclosure, or noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What a reader came for: `body` and `heading`.
    Content,
    /// `byline`, `caption`, `author_bio`.
    AboutArticle,
    /// `editorial_note`, `disclaimer`, `copyright`, `fair_use`, `contact`.
    Disclosure,
    /// Everything else: prompts, links, menus, advertisements.
    Furniture,
}

impl Group {
    /// The group's name as it stands in records: `content`, `about_article`, ...
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::AboutArticle => "about_article",
            Self::Disclosure => "disclosure",
            Self::Furniture => "furniture",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Label {
    /// Number of labels.
    pub const COUNT: usize = 17;

    /// Every label, in column order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Body,
        Self::Heading,
        Self::Byline,
        Self::Caption,
        Self::AuthorBio,
        Self::EditorialNote,
        Self::Disclaimer,
        Self::Copyright,
        Self::FairUse,
        Self::Contact,
        Self::SharePrompt,
        Self::SubscribePrompt,
        Self::CommentPrompt,
        Self::ReaderComment,
        Self::Related,
        Self::Navigation,
        Self::Advertisement,
    ];

    /// The label's column, 0..17.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The label of a column.
    ///
    /// # Panics
    /// If `index` is 17 or more.
    #[must_use]
    #[track_caller]
    pub fn from_index(index: usize) -> Self {
        Self::ALL[index]
    }

    /// The label's name as it stands in records: `body`, `share_prompt`, ...
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::AuthorBio => "author_bio",
            Self::EditorialNote => "editorial_note",
            Self::Disclaimer => "disclaimer",
            Self::Copyright => "copyright",
            Self::FairUse => "fair_use",
            Self::Contact => "contact",
            Self::SharePrompt => "share_prompt",
            Self::SubscribePrompt => "subscribe_prompt",
            Self::CommentPrompt => "comment_prompt",
            Self::ReaderComment => "reader_comment",
            Self::Related => "related",
            Self::Navigation => "navigation",
            Self::Advertisement => "advertisement",
        }
    }

    /// The label's group.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::Body | Self::Heading => Group::Content,
            Self::Byline | Self::Caption | Self::AuthorBio => Group::AboutArticle,
            Self::EditorialNote
            | Self::Disclaimer
            | Self::Copyright
            | Self::FairUse
            | Self::Contact => Group::Disclosure,
            Self::SharePrompt
            | Self::SubscribePrompt
            | Self::CommentPrompt
            | Self::ReaderComment
            | Self::Related
            | Self::Navigation
            | Self::Advertisement => Group::Furniture,
        }
    }

    /// Whether the label is the article's own: `body` or `heading`.
    #[must_use]
    pub fn is_content(self) -> bool {
        self.group() == Group::Content
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Label {
    type Err = Error;

    /// Parses a label's name exactly as [`Label::as_str`] writes it.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownLabel`] for any other text.
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|label| label.as_str() == name)
            .ok_or_else(|| ErrorKind::UnknownLabel { found: name.to_owned() }.into())
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_names_round_trip() {
        for (column, label) in Label::ALL.into_iter().enumerate() {
            assert_eq!(label.index(), column);
            assert_eq!(Label::from_index(column), label);
            assert_eq!(label.as_str().parse::<Label>().unwrap(), label);
        }
    }

    #[test]
    fn only_body_and_heading_are_content() {
        let content: Vec<_> = Label::ALL.into_iter().filter(|l| l.is_content()).collect();
        assert_eq!(content, [Label::Body, Label::Heading]);
    }

    #[test]
    fn an_unknown_name_says_what_was_found_and_expected() {
        let error = "bodyy".parse::<Label>().unwrap_err().to_string();
        assert!(error.contains("bodyy") && error.contains("share_prompt"), "{error}");
    }
}

//! Invented web pages around the texts of `training-data/`: markup of the usual kinds, a script and a
//! style sheet in every head, about as many bytes of markup as of text around each paragraph.

use std::fmt::Write as _;

use smallprint::Label;

/// What stands in the head of every page and is no text.
const SCRIPT: &str = "<script>(function (w, d) { var q = w.queue = w.queue || []; \
    q.push({ when: Date.now(), if: 1 < 2 && '<p>no</p>' }); d.body && d.body.classList.add('js'); \
    })(window, document);</script>\n";
/// The same.
const STYLE: &str = "<style>.site-menu > li { display: inline-block; margin: 0 1.5em } \
    .article-body p { font: 1.1rem/1.6 serif } @media print { .share { display: none } }</style>\n";
/// How often script and style stand there.
const REPEATED: usize = 6;

/// The source of a page whose blocks are these paragraphs, in order.
pub fn page(paragraphs: &[String], labels: &[Label]) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>");
    push_text(&mut page, paragraphs.first().map_or("", String::as_str));
    page.push_str("</title>\n<meta property=\"og:type\" content=\"article\">\n");
    for _ in 0..REPEATED {
        page.push_str(SCRIPT);
        page.push_str(STYLE);
    }
    page.push_str("</head>\n<body class=\"single post-template\">\n<main id=\"content\">\n");
    let mut headings = 0;
    for (index, (paragraph, &label)) in paragraphs.iter().zip(labels).enumerate() {
        headings += usize::from(label == Label::Heading);
        let (open, close) = markup(label, headings == 1);
        page.push_str(open);
        match paragraph.split_once(' ') {
            // Some paragraphs have a link.
            Some((first, rest)) if label == Label::Body && index % 4 == 0 => {
                let _ = write!(page, "<a class=\"text-link\" href=\"/topic/{index}\">");
                push_text(&mut page, first);
                page.push_str("</a> ");
                push_text(&mut page, rest);
            }
            _ => push_text(&mut page, paragraph),
        }
        page.push_str(close);
        page.push('\n');
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// What stands around a paragraph.
fn markup(label: Label, is_title: bool) -> (&'static str, &'static str) {
    match label {
        Label::Body => ("<div class=\"article-body\"><p>", "</p></div>"),
        Label::Heading if is_title => ("<header><h1 class=\"entry-title\">", "</h1></header>"),
        Label::Heading => ("<div class=\"article-body\"><h2>", "</h2></div>"),
        Label::Byline => {
            ("<div class=\"post-meta\"><span class=\"author vcard\">", "</span></div>")
        }
        Label::Caption => (
            "<figure class=\"wp-caption\"><img src=\"/img/x.jpg\" alt=\"\" width=\"800\" height=\"450\"><figcaption>",
            "</figcaption></figure>",
        ),
        Label::Navigation => {
            ("<nav class=\"site-menu\"><ul><li><a href=\"/section\">", "</a></li></ul></nav>")
        }
        Label::Related => (
            "<aside class=\"related-posts\"><ul><li class=\"card\"><a href=\"/2023/11/story\">",
            "</a></li></ul></aside>",
        ),
        Label::ReaderComment => {
            ("<section id=\"comments\"><div class=\"comment\"><p>", "</p></div></section>")
        }
        Label::SharePrompt => {
            ("<div class=\"share social-links\"><a href=\"#share\" rel=\"nofollow\">", "</a></div>")
        }
        Label::SubscribePrompt => ("<div class=\"newsletter-signup widget\"><p>", "</p></div>"),
        Label::Advertisement => {
            ("<div class=\"ad-slot promo\" data-slot=\"mid\"><p>", "</p></div>")
        }
        _ => ("<footer class=\"site-footer\"><div class=\"textwidget\"><p>", "</p></div></footer>"),
    }
}

/// Text as a page writes it.
fn push_text(page: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => page.push_str("&lt;"),
            '&' => page.push_str("&amp;"),
            '’' => page.push_str("&rsquo;"),
            other => page.push(other),
        }
    }
}

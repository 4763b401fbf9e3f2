//! Features of a block from its markup, its form, what stands around it and the page.

use super::super::own::{features, flag, log1p};
use super::super::schema::{Declared, FeatureGroup};
use super::articles::InArticle;
use super::element::{Sums, ratio};
use super::hints::Kind;
use super::shape::Shape;
use super::signature::Signatures;
use super::skeleton::GROUPS;
use super::standing::Standing;
use crate::document::html::{Enclosing, Page, Tag};

/// A block with all that its features are made of.
pub(in crate::featurize) struct Place<'a> {
    pub(super) shape: &'a Shape,
    pub(super) tag: Tag,
    pub(super) parent_tag: Tag,
    pub(super) enclosing: Enclosing,
    pub(super) depth: u32,
    /// Sums of the groups around it, from the innermost; empty where there are fewer.
    pub(super) groups: [Sums; GROUPS],
    pub(super) alike: &'a Sums,
    pub(super) page: &'a PageSums,
    /// Whether it stands in the element that holds the page's prose.
    pub(super) in_main: bool,
    /// Elements between it and that element.
    pub(super) below_main: u32,
    pub(super) standing: &'a Standing,
    /// Share of its runs of words that stand in the body that the page hands to machines.
    pub(super) in_body: Option<f32>,
    pub(super) in_description: f32,
    pub(super) article: InArticle,
    pub(super) previous: Shape,
    pub(super) next: Shape,
    /// Whether neighbours have the same signature.
    pub(super) like_previous: bool,
    pub(super) like_next: bool,
}

/// What a page is like.
#[derive(Debug, Clone, Default)]
pub(in crate::featurize) struct PageSums {
    pub(super) all: Sums,
    pub(super) main: Sums,
    pub(super) signatures: u32,
    /// Letters in list items, table cells, `pre`.
    pub(super) list_letters: u32,
    pub(super) table_letters: u32,
    pub(super) pre_letters: u32,
    /// Letters of blocks whose signature at least five blocks share, in prose aside.
    pub(super) alike_letters: u32,
    pub(super) articles: u32,
    pub(super) has_main: bool,
    pub(super) has_h1: bool,
    pub(super) has_title_block: bool,
    /// Longest block, in letters.
    pub(super) longest: u32,
    pub(super) has_body: bool,
    pub(super) body_complete: f32,
    pub(super) kind: Kind,
    pub(super) long_articles: u32,
}

/// A body that holds this share of the prose made like its own is whole.
const WHOLE: f32 = 0.8;
/// So many blocks made alike are a list.
const LIST_LENGTH: u32 = 5;

impl PageSums {
    /// What needs no more than the blocks: not the main element, title, body, kind, long articles.
    pub(super) fn of(page: &Page, shapes: &[Shape], signatures: &Signatures, all: Sums) -> Self {
        let mut sums = Self { all, signatures: signatures.len() as u32, ..Self::default() };
        for (index, (block, shape)) in page.blocks.iter().zip(shapes).enumerate() {
            let enclosing = page.enclosing(block);
            let within = |what| if enclosing.has(what) { shape.letters } else { 0 };
            sums.list_letters += within(Enclosing::LIST);
            sums.table_letters += within(Enclosing::TABLE);
            sums.pre_letters += within(Enclosing::PRE);
            let alike = signatures.sums(index);
            if alike.blocks >= LIST_LENGTH && !shape.is_prose {
                sums.alike_letters += shape.letters;
            }
            sums.longest = sums.longest.max(shape.letters);
        }
        for element in &page.elements {
            sums.articles += u32::from(element.tag == Tag::Article);
            sums.has_main |= element.tag == Tag::Main;
            sums.has_h1 |= element.tag == Tag::H1;
        }
        sums
    }

    /// Whether the body that the page hands to machines is the whole article's.
    fn has_whole_body(&self) -> bool {
        self.has_body && self.body_complete >= WHOLE
    }
}

features! { PAGE_FEATURES, fill_page(p: PageSums);
    page_blocks, Page, "ln(1 + blocks of the page)" => log1p(p.all.blocks);
    page_letters, Page, "ln(1 + letters of the page)" => log1p(p.all.letters);
    page_link_ratio, Page, "letters in links of all letters of the page" => p.all.link_ratio();
    page_prose_ratio, Page, "letters in prose of all letters of the page" => p.all.prose_ratio();
    page_prose, Page, "ln(1 + blocks of prose)" => log1p(p.all.prose_blocks);
    page_prose_letters, Page, "ln(1 + letters in prose)" => log1p(p.all.prose_letters);
    page_headings, Page, "headings of all blocks" => ratio(p.all.headings, p.all.blocks);
    page_images, Page, "images a block, at most 1" => ratio(p.all.images, p.all.blocks);
    page_list, Page, "letters in lists of all" => ratio(p.list_letters, p.all.letters);
    page_table, Page, "letters in tables of all" => ratio(p.table_letters, p.all.letters);
    page_pre, Page, "letters in preformatted text of all" => ratio(p.pre_letters, p.all.letters);
    page_alike, Page, "letters in blocks made like at least four others of all"
        => ratio(p.alike_letters, p.all.letters);
    page_signatures, Page, "ways in which blocks are made, of all blocks"
        => ratio(p.signatures, p.all.blocks);
    page_main_prose, Page, "prose in the main element of all letters there" => p.main.prose_ratio();
    page_main_links, Page, "links in the main element of all letters there" => p.main.link_ratio();
    page_main_share, Page, "letters in the main element of all" => ratio(p.main.letters, p.all.letters);
    page_main_blocks, Page, "ln(1 + blocks of the main element)" => log1p(p.main.blocks);
    page_articles, Page, "ln(1 + `article` elements)" => log1p(p.articles);
    page_one_article, Page, "1 for one `article` element" => flag(p.articles == 1);
    page_has_main, Page, "1 if there is a `main` element" => flag(p.has_main);
    page_has_h1, Page, "1 if there is an `h1`" => flag(p.has_h1);
    page_has_title, Page, "1 if a block is the page's title" => flag(p.has_title_block);
    page_longest, Page, "ln(1 + letters of the longest block)" => log1p(p.longest);
    page_body, Page, "1 if the page hands machines its article's whole body" => flag(p.has_whole_body());
    page_body_part, Page, "1 if it hands them a part" => flag(p.has_body && !p.has_whole_body());
    page_kind_article, Page, "1 if it says it is an article" => flag(p.kind == Kind::Article);
    page_kind_product, Page, "1 if it says it is a product" => flag(p.kind == Kind::Product);
    page_kind_forum, Page, "1 if it says it is a forum" => flag(p.kind == Kind::Forum);
    page_kind_collection, Page, "1 if it says it is a list" => flag(p.kind == Kind::Collection);
    page_kind_site, Page, "1 if it says it is a site" => flag(p.kind == Kind::Site);
    page_long_articles, Page, "ln(1 + `article` elements of 500 letters of prose)"
        => log1p(p.long_articles);
}

features! { FEATURES, fill(p: Place<'_>);
    tag_p, Markup, "1 in `p`" => flag(p.tag == Tag::P);
    tag_li, Markup, "1 in `li`" => flag(p.tag == Tag::Li);
    tag_div, Markup, "1 in `div`, `section` or the like"
        => flag(matches!(p.tag, Tag::Div | Tag::Section | Tag::Article | Tag::Main | Tag::Body));
    tag_h1, Markup, "1 in `h1`" => flag(p.tag == Tag::H1);
    tag_h2, Markup, "1 in `h2`" => flag(p.tag == Tag::H2);
    tag_h3, Markup, "1 in `h3`" => flag(p.tag == Tag::H3);
    tag_h4, Markup, "1 in `h4` to `h6`" => flag(matches!(p.tag, Tag::H4 | Tag::H5 | Tag::H6));
    tag_td, Markup, "1 in `td`" => flag(p.tag == Tag::Td);
    tag_th, Markup, "1 in `th`" => flag(p.tag == Tag::Th);
    tag_dd, Markup, "1 in `dd` or `dt`" => flag(matches!(p.tag, Tag::Dd | Tag::Dt));
    tag_a, Markup, "1 right in `a` around blocks" => flag(p.tag == Tag::A);
    tag_control, Markup, "1 in `button`, `select`, `label`, `legend` or `summary`"
        => flag(matches!(p.tag, Tag::Button | Tag::Select | Tag::Label | Tag::Legend | Tag::Summary));
    tag_figcaption, Markup, "1 in `figcaption` or `caption`"
        => flag(matches!(p.tag, Tag::Figcaption | Tag::Caption));
    tag_pre, Markup, "1 in `pre`" => flag(p.tag == Tag::Pre);
    parent_li, Markup, "1 if the element around it stands in `li`" => flag(p.parent_tag == Tag::Li);
    parent_td, Markup, "1 if the element around it stands in `td`" => flag(p.parent_tag == Tag::Td);
    parent_quote, Markup, "1 if the element around it stands in `blockquote`"
        => flag(p.parent_tag == Tag::Blockquote);
    parent_a, Markup, "1 if the element around it stands in `a`" => flag(p.parent_tag == Tag::A);
    parent_article, Markup, "1 if the element around it stands in `article`"
        => flag(p.parent_tag == Tag::Article);
    in_nav, Markup, "1 within `nav`" => flag(p.enclosing.has(Enclosing::NAV));
    in_header, Markup, "1 within `header`" => flag(p.enclosing.has(Enclosing::HEADER));
    in_footer, Markup, "1 within `footer`" => flag(p.enclosing.has(Enclosing::FOOTER));
    in_aside, Markup, "1 within `aside`" => flag(p.enclosing.has(Enclosing::ASIDE));
    in_article, Markup, "1 within `article`" => flag(p.enclosing.has(Enclosing::ARTICLE));
    in_main_tag, Markup, "1 within `main`" => flag(p.enclosing.has(Enclosing::MAIN));
    in_form, Markup, "1 within a form" => flag(p.enclosing.has(Enclosing::FORM));
    in_figure, Markup, "1 within `figure`" => flag(p.enclosing.has(Enclosing::FIGURE));
    in_caption, Markup, "1 within a caption" => flag(p.enclosing.has(Enclosing::CAPTION));
    in_table, Markup, "1 within a table" => flag(p.enclosing.has(Enclosing::TABLE));
    in_head_cell, Markup, "1 within a head cell" => flag(p.enclosing.has(Enclosing::HEAD_CELL));
    in_list, Markup, "1 within a list" => flag(p.enclosing.has(Enclosing::LIST));
    in_quote, Markup, "1 within `blockquote`" => flag(p.enclosing.has(Enclosing::QUOTE));
    in_pre, Markup, "1 within preformatted text" => flag(p.enclosing.has(Enclosing::PRE));
    in_control, Markup, "1 within a control" => flag(p.enclosing.has(Enclosing::CONTROL));
    hidden, Markup, "1 if hidden" => flag(p.enclosing.has(Enclosing::HIDDEN));
    aria_hidden, Markup, "1 if hidden from readers aloud" => flag(p.enclosing.has(Enclosing::ARIA_HIDDEN));
    noscript, Markup, "1 within `noscript`" => flag(p.enclosing.has(Enclosing::NOSCRIPT));
    in_details, Markup, "1 within `details`" => flag(p.enclosing.has(Enclosing::DETAILS));
    in_dialog, Markup, "1 within a dialog" => flag(p.enclosing.has(Enclosing::DIALOG));
    in_address, Markup, "1 within `address`" => flag(p.enclosing.has(Enclosing::ADDRESS));
    in_heading, Markup, "1 within a heading" => flag(p.enclosing.has(Enclosing::HEADING));
    in_paragraph, Markup, "1 within `p`" => flag(p.enclosing.has(Enclosing::PARAGRAPH));
    depth, Markup, "elements around it, over 10, at most 4" => (p.depth as f32 / 10.0).min(4.0);
    letters, Form, "ln(1 + letters)" => log1p(p.shape.letters);
    letters_80, Form, "1 for 80 letters and more" => flag(p.shape.letters >= 80);
    letters_200, Form, "1 for 200 letters and more" => flag(p.shape.letters >= 200);
    link_ratio, Form, "letters in links of all" => p.shape.link_ratio();
    all_link, Form, "1 if nine tenths are links" => flag(p.shape.link_ratio() > 0.9);
    no_link, Form, "1 if there is no link" => flag(p.shape.link_letters == 0);
    links, Form, "ln(1 + links)" => log1p(p.shape.links);
    linked_letters, Form, "ln(1 + letters in links)" => log1p(p.shape.link_letters);
    images, Form, "ln(1 + images in it or before it)" => log1p(p.shape.images);
    marks, Form, "ln(1 + sentence ends and commas)" => log1p(p.shape.stops + p.shape.commas);
    marks_ratio, Form, "sentence ends and commas for 100 letters, at most 10"
        => (100.0 * (p.shape.stops + p.shape.commas) as f32 / (p.shape.letters + 20) as f32).min(10.0);
    ends_sentence, Form, "1 if it ends a sentence" => flag(p.shape.ends_sentence);
    html_prose, Form, "1 for running prose with few links" => flag(p.shape.is_prose);
    group1_blocks, Groups, "ln(1 + blocks of the group)" => log1p(p.groups[0].blocks);
    group1_links, Groups, "links of its letters" => p.groups[0].link_ratio();
    group1_prose, Groups, "prose of its letters" => p.groups[0].prose_ratio();
    group1_share, Groups, "its prose of the page's" => ratio(p.groups[0].prose_letters, p.page.all.prose_letters);
    group1_letters, Groups, "its letters of the page's" => ratio(p.groups[0].letters, p.page.all.letters);
    group1_mean, Groups, "ln(1 + letters a block)" => log1p(p.groups[0].letters / p.groups[0].blocks.max(1));
    group1_headings, Groups, "headings a block" => ratio(p.groups[0].headings, p.groups[0].blocks);
    group1_images, Groups, "images a block" => ratio(p.groups[0].images, p.groups[0].blocks);
    group2_blocks, Groups, "ln(1 + blocks of the group around it)" => log1p(p.groups[1].blocks);
    group2_links, Groups, "links of its letters" => p.groups[1].link_ratio();
    group2_prose, Groups, "prose of its letters" => p.groups[1].prose_ratio();
    group2_share, Groups, "its prose of the page's" => ratio(p.groups[1].prose_letters, p.page.all.prose_letters);
    group2_letters, Groups, "its letters of the page's" => ratio(p.groups[1].letters, p.page.all.letters);
    group2_mean, Groups, "ln(1 + letters a block)" => log1p(p.groups[1].letters / p.groups[1].blocks.max(1));
    group3_blocks, Groups, "ln(1 + blocks of the third group)" => log1p(p.groups[2].blocks);
    group3_links, Groups, "links of its letters" => p.groups[2].link_ratio();
    group3_prose, Groups, "prose of its letters" => p.groups[2].prose_ratio();
    group3_share, Groups, "its prose of the page's" => ratio(p.groups[2].prose_letters, p.page.all.prose_letters);
    group3_letters, Groups, "its letters of the page's" => ratio(p.groups[2].letters, p.page.all.letters);
    group4_links, Groups, "links of the fourth group's letters" => p.groups[3].link_ratio();
    group4_prose, Groups, "prose of its letters" => p.groups[3].prose_ratio();
    group4_share, Groups, "its prose of the page's" => ratio(p.groups[3].prose_letters, p.page.all.prose_letters);
    group4_letters, Groups, "its letters of the page's" => ratio(p.groups[3].letters, p.page.all.letters);
    alike, Alike, "ln(1 + blocks made like it)" => log1p(p.alike.blocks - 1);
    alike_links, Alike, "links of their letters" => p.alike.link_ratio();
    alike_prose, Alike, "prose of their letters" => p.alike.prose_ratio();
    alike_share, Alike, "their prose of the page's" => ratio(p.alike.prose_letters, p.page.all.prose_letters);
    alike_letters, Alike, "their letters of the page's" => ratio(p.alike.letters, p.page.all.letters);
    alike_mean, Alike, "ln(1 + letters a block)" => log1p(p.alike.letters / p.alike.blocks.max(1));
    like_previous_made, Alike, "1 if the block before is made like it" => flag(p.like_previous);
    like_next_made, Alike, "1 if the block after is made like it" => flag(p.like_next);
    in_main, Standing, "1 within the element that holds the prose" => flag(p.in_main);
    below_main, Standing, "ln(1 + elements between it and that element)"
        => if p.in_main { log1p(p.below_main) } else { 0.0 };
    letters_before, Standing, "letters before it of the page's" => ratio(p.standing.letters_before, p.page.all.letters);
    prose_before, Standing, "prose before it of the page's" => ratio(p.standing.prose_before, p.page.all.prose_letters);
    no_prose_before, Standing, "1 if no prose stands before it"
        => flag(p.standing.prose_before == 0 && p.page.all.prose_letters > 0);
    no_prose_after, Standing, "1 if no prose stands after it"
        => flag(p.standing.prose_before >= p.page.all.prose_letters && p.page.all.prose_letters > 0);
    until_html_prose, Standing, "ln(1 + blocks until the next prose)" => log1p(p.standing.until_prose);
    since_html_prose, Standing, "ln(1 + blocks since the last prose)" => log1p(p.standing.since_prose);
    since_heading, Standing, "ln(1 + blocks since the last heading), 5 before the first"
        => p.standing.since_heading.map_or(5.0, log1p);
    under_h1, Standing, "1 under an `h1`" => flag(p.standing.heading_level == 1);
    under_h2, Standing, "1 under an `h2`" => flag(p.standing.heading_level == 2);
    under_h3, Standing, "1 under an `h3`" => flag(p.standing.heading_level == 3);
    under_h4, Standing, "1 under an `h4` to `h6`" => flag(p.standing.heading_level > 3);
    before_title, Standing, "1 before the block that is the page's title"
        => flag(p.standing.since_title.is_none() && p.page.has_title_block);
    since_title, Standing, "ln(1 + blocks since the title)" => p.standing.since_title.map_or(0.0, log1p);
    is_title, Standing, "1 for the block that is the page's title" => flag(p.standing.since_title == Some(0));
    title_own, Standing, "words that the title has, of its own" => p.standing.title_own;
    title_share, Standing, "words of the title that it has" => p.standing.title_share;
    in_body, Standing, "its runs of words in the body that the page hands to machines, of all"
        => p.in_body.unwrap_or(0.0);
    out_of_body, Standing, "1 less that, where the body is whole"
        => p.in_body.filter(|_| p.page.has_whole_body()).map_or(0.0, |share| 1.0 - share);
    out_of_body_short, Standing, "the same under 40 letters" => p.in_body.filter(|_| p.page.has_whole_body() && p.shape.letters < 40).map_or(0.0, |share| 1.0 - share);
    standfirst, Standing, "1 for 40 letters and more of the description soon after the title"
        => flag(p.in_description >= 0.6 && p.shape.letters >= 40 && p.standing.since_title.is_some_and(|n| (1..8).contains(&n)));
    after_title, Standing, "1 for the block after the title" => flag(p.standing.since_title == Some(1));
    after_title_long, Standing, "1 for 40 letters and more in the first three after the title"
        => flag(p.shape.letters >= 40 && p.standing.since_title.is_some_and(|n| (1..4).contains(&n)));
    in_description, Standing, "its runs of words in the page's description, of all" => p.in_description;
    in_title_article, Standing, "1 in the outermost `article` that the title stands in" => flag(p.article.in_title);
    in_other_article, Standing, "1 in another one" => flag(p.article.in_other);
    in_largest_article, Standing, "1 in the one with most prose" => flag(p.article.in_largest);
    in_smaller_article, Standing, "1 in another of several long ones"
        => flag(!p.article.in_largest && p.page.long_articles > 1 && p.enclosing.has(Enclosing::ARTICLE));
    h1s_since_title, Standing, "ln(1 + `h1` elements since the title)" => log1p(p.article.h1s_since_title);
    repeats, Standing, "ln(1 + blocks with the same text)" => log1p(p.standing.repeats);
    in_group, Standing, "ln(1 + blocks of its group before it)" => log1p(p.standing.in_group);
    previous_letters, Standing, "ln(1 + letters) of the block before" => log1p(p.previous.letters);
    next_letters, Standing, "ln(1 + letters) of the block after" => log1p(p.next.letters);
    previous_links, Standing, "links of the letters of the block before" => p.previous.link_ratio();
    next_links, Standing, "links of the letters of the block after" => p.next.link_ratio();
    previous_html_prose, Standing, "1 if the block before is prose" => flag(p.previous.is_prose);
    next_html_prose, Standing, "1 if the block after is prose" => flag(p.next.is_prose);
    next_heading, Standing, "1 if the block after is a heading" => flag(p.next.is_heading);
    previous_heading, Standing, "1 if the block before is a heading" => flag(p.previous.is_heading);
}

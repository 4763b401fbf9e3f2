//! Whole pages, all of whose blocks are kept, as plain text and as Markdown.

use proptest::prelude::*;

use super::*;
use crate::document::html::read_page;
use crate::label::Label;

fn render(source: &str, form: Form) -> String {
    let page = read_page(source);
    let kept = (0..page.blocks.len()).map(|index| (index, Label::Body));
    form.write(&of_page(&page, kept, None), "\n")
}

#[track_caller]
fn assert_rendered(source: &str, plain: &str, markdown: &str) {
    assert_eq!(render(source, Form::Text), plain, "plain text of {source}");
    assert_eq!(render(source, Form::Markdown), markdown, "Markdown of {source}");
}

#[test]
fn headings_paragraphs_and_breaks() {
    assert_rendered(
        "<h2>The <b>ferry</b><br>stays</h2><p>One line<br>and 2 * 3 of *another*.<p># no heading",
        "The ferry\nstays\nOne line\nand 2 * 3 of *another*.\n# no heading",
        "## The ferry stays\n\nOne line  \nand 2 * 3 of \\*another\\*.\n\n\\# no heading",
    );
}

#[test]
fn a_heading_without_a_tag_stands_below_the_last_that_has_one() {
    let page = read_page("<p>First<h3>Second</h3><p>Third<p>Fourth");
    let labels = [Label::Heading, Label::Body, Label::Heading, Label::Body];
    let pieces = of_page(&page, labels.into_iter().enumerate(), None);
    assert_eq!(Form::Markdown.write(&pieces, ""), "## First\n\n### Second\n\n#### Third\n\nFourth");
}

#[test]
fn lists_have_marks_and_nest() {
    assert_rendered(
        "<p>Bring:<ul><li>rope<li>boots<ol><li>left<li><p>right<p>and laces</ol><li>• tea</ul><p>Go.",
        "Bring:\n- rope\n- boots\n  - left\n  - right\n    and laces\n• tea\nGo.",
        "Bring:\n\n- rope\n- boots\n  1. left\n  2. right\n\n     and laces\n- • tea\n\nGo.",
    );
}

#[test]
fn items_keep_their_numbers_where_others_are_dropped() {
    let page = read_page("<ul><li>a<ol><li>Advertisement<li>b</ol></ul>");
    let kept = [(0, Label::Body), (2, Label::Body)];
    let pieces = of_page(&page, kept.into_iter(), None);
    // A list that does not begin at 1 cannot stand right below a line of text.
    assert_eq!(Form::Markdown.write(&pieces, ""), "- a\n\n  2. b");
    assert_eq!(Form::Text.write(&pieces, "\n"), "- a\n  - b");
}

#[test]
fn lists_that_lay_a_page_out_have_no_marks() {
    for source in [
        "<ul><li><h3>Ann</h3><p>I saw it.</ul>".to_owned(),
        "<ol><li><article><p>Ann</p><p>I saw it.</article></ol>".to_owned(),
        format!("<ul><li>{}</ul>", "<p>Words.".repeat(7)),
    ] {
        assert!(!render(&source, Form::Text).contains("- "), "{source}");
        assert!(!render(&source, Form::Markdown).contains("- "), "{source}");
    }
}

#[test]
fn tables_of_data_have_a_row_a_line() {
    assert_rendered(
        "<table><caption>Fares</caption><tr><th>Boat<th>Price<tr><td>Early<td>$4|5<tr><td>Late<td>\
         <p>$5<p>(Sundays)</table>",
        "Fares\nBoat | Price\nEarly | $4|5\nLate | $5 (Sundays)",
        "Fares\n\n| Boat | Price |\n| --- | --- |\n| Early | $4\\|5 |\n| Late | $5 (Sundays) |",
    );
}

#[test]
fn a_heading_in_a_caption_is_the_title_of_the_table() {
    for caption in
        ["<caption><h3>Fares</h3></caption>", "<caption><div><h3>Fares</h3>by boat</div>"]
    {
        let page =
            format!("<p>Before.<table>{caption}<tr><td>Early<td>$4<tr><td>Late<td>$5</table>");
        let by_boat = if caption.contains("by boat") { "by boat\n" } else { "" };
        assert_eq!(
            render(&page, Form::Text),
            format!("Before.\nFares\n{by_boat}Early | $4\nLate | $5")
        );
        let table = "| Early | $4 |\n| --- | --- |\n| Late | $5 |";
        let markdown = format!("Before.\n\n### Fares\n\n{}{table}", by_boat.replace('\n', "\n\n"));
        assert_eq!(render(&page, Form::Markdown), markdown);
    }
    // In a cell it says that the table lays the page out, with a caption or without.
    let layout = "<table><caption>News</caption><tr><td><h3>a</h3><td>b<tr><td>c<td>d</table>";
    assert_eq!(render(layout, Form::Text), "News\na\nb\nc\nd");
}

#[test]
fn cells_of_data_have_at_most_two_hundred_bytes_in_the_mean() {
    let table = |last: usize| {
        let cell = |bytes: usize| format!("<td>{}", "x".repeat(bytes));
        let source = format!("<table><tr>{0}{0}<tr>{0}{1}</table>", cell(200), cell(last));
        render(&source, Form::Text).contains(" | ")
    };
    assert!(table(199) && table(200));
    assert!(!table(201) && !table(399));
}

#[test]
fn cells_stand_in_their_columns() {
    assert_rendered(
        "<table><tr><th><th>May<th>June<tr><th rowspan=2>Boats<td><td>3<tr><td>4<td>5\
         <tr><th>Crew<td colspan=2>none</table>",
        " | May | June\nBoats |  | 3\n | 4 | 5\nCrew | none",
        "| | May | June |\n| --- | --- | --- |\n| Boats | | 3 |\n| | 4 | 5 |\n| Crew | none |",
    );
}

#[test]
fn a_table_whose_rows_have_heads_has_no_first_row_of_them() {
    let markdown =
        render("<table><tr><th>Length<td>9 m<tr><th>Width<td>3 m</table>", Form::Markdown);
    assert_eq!(markdown, "| | |\n| --- | --- |\n| Length | 9 m |\n| Width | 3 m |");
}

#[test]
fn tables_that_lay_a_page_out_are_blocks() {
    let prose = "The board voted to keep the boats. ".repeat(20);
    for source in [
        // Columns of prose, one row, a heading, a table in a table, code beside line numbers.
        format!("<table><tr><td>a<td>{prose}<tr><td>b<td>c</table>"),
        "<table><tr><td>Left<td>Right</table>".to_owned(),
        "<table><tr><td><h2>News</h2><td>a<tr><td>b<td>c</table>".to_owned(),
        "<table><tr><td>a<td>b<tr><td>c<td><table><tr><td>d</table></table>".to_owned(),
        "<table><tr><td>1<td><pre>a\nb</pre><tr><td>2<td>c</table>".to_owned(),
        "<table><tr><td>a<td><p>b<p>c<p>d<p>e<p>f<tr><td>g<td>h</table>".to_owned(),
    ] {
        assert!(!render(&source, Form::Text).contains(" | "), "{source}");
        assert!(!render(&source, Form::Markdown).contains('|'), "{source}");
    }
}

#[test]
fn code_and_quotations_are_kept_as_they_are() {
    assert_rendered(
        "<p>Run:<pre>if a:\n    b()\n# ``` end</pre><blockquote><p>One<p>Two<ul><li>three</ul>\
         </blockquote><blockquote>Four</blockquote>",
        "Run:\nif a:\n    b()\n# ``` end\nOne\nTwo\n- three\nFour",
        "Run:\n\n````\nif a:\n    b()\n# ``` end\n````\n\n> One\n>\n> Two\n>\n> - three\n\n> Four",
    );
}

#[test]
fn long_tables_whose_cells_reach_far_down_lose_nothing() {
    let rows: String = (0..20_000).map(|n| format!("<tr><td rowspan=255>a{n}<td>b{n}")).collect();
    let text = render(&format!("<table>{rows}</table>"), Form::Text);
    assert_eq!(text.lines().count(), 20_000);
    for (n, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split(" | ").filter(|cell| !cell.trim().is_empty()).collect();
        assert_eq!(cells, [format!("a{n}"), format!("b{n}")]);
    }
}

#[test]
fn cells_far_apart_fill_no_memory() {
    let rows: String =
        (1..900).map(|n| format!("<tr><td colspan={n}><td>a<td>b")).collect::<Vec<_>>().concat();
    let markdown = render(&format!("<table>{rows}</table>"), Form::Markdown);
    assert!(markdown.len() < 40_000, "{}", markdown.len());
    let deep = "<blockquote><ul><li>".repeat(300) + "deep" + &"<p>b".repeat(300);
    assert!(render(&deep, Form::Markdown).len() < 30_000);
}

/// What Markdown gives back, as far as words go: escapes and marks taken out.
fn words_of(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphabetic();
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

proptest! {
    #[test]
    fn no_word_is_lost_or_added(
        source in "(<(p|h[1-3]|ul|ol|li|blockquote|pre|table|tr|td|th colspan=2|th rowspan=3|td colspan=9)>|\
            </(ul|ol|li|blockquote|pre|table)>|<br>|[a-z*_#>|`~&;<0-9.\\\\\\[\\]+= \n-]{1,9}){0,40}"
    ) {
        let page = read_page(&source);
        let texts: Vec<&str> = page.blocks.iter().map(|block| page.block_text(block)).collect();
        let expected = words_of(&texts.join("\n"));
        prop_assert_eq!(words_of(&render(&source, Form::Text)), expected.clone());
        prop_assert_eq!(words_of(&render(&source, Form::Markdown)), expected);
    }
}

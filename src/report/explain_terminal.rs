//! Why paragraphs got their labels, for people: the text with its cues marked, the decision in a
//! sentence, and the scores of both passes taken apart into lines that add up.

use super::classify_terminal::{MAX_TEXT_WIDTH, head};
use super::number::{count, ratio};
use super::styled::{Flow, Palette, Tone, one_line};
use super::table::cut;
use crate::document::Document;
use crate::featurize::schema;
use crate::label::Label;
use crate::templates::Sighting;
use crate::verdict::{
    Contribution, Explanation, FoundCue, PassExplanation, Score, TemplateEvidence, Verdict,
};

/// Features and cues shown unless another number is asked for.
pub const DEFAULT_TOP: usize = 6;

/// Columns before everything that is said of a paragraph.
const INDENT: usize = 4;
/// Columns of the longest bar.
const BAR: usize = 10;
/// Narrower than this, bars are left out.
const MIN_WIDTH_BARS: usize = 60;
/// From this width on, what a feature means is said behind it.
const MIN_WIDTH_MEANING: usize = 110;

/// The document's explanations, wrapped to `width` columns, with a newline at the end. Of each
/// pass, the `top` strongest features are shown, and the `top` strongest cues are marked.
///
/// Control characters are shown, never passed through.
///
/// # Panics
/// If an explanation is of a paragraph that the verdict does not have.
#[must_use]
pub fn explain_terminal(
    document: &Document,
    verdict: &Verdict,
    explanations: &[Explanation],
    top: usize,
    palette: &Palette,
    width: usize,
) -> String {
    let mut out = String::new();
    head(&mut out, document, verdict, palette, width);
    // A page's first pass has all columns of a text's, with the same meaning.
    let passes = [schema::page_first_pass(), schema::page_second_pass(), schema::second_pass()];
    let meanings = passes.concat();
    let page = Page { palette, width, top, meanings: &meanings };
    for (place, explanation) in explanations.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        let text = verdict.paragraphs[explanation.index].text(document);
        page.paragraph(&mut out, explanation, text);
    }
    out
}

struct Page<'a> {
    palette: &'a Palette,
    width: usize,
    top: usize,
    meanings: &'a [schema::Feature],
}

impl Page<'_> {
    fn flow<'o>(&'o self, out: &'o mut String, indent: usize) -> Flow<'o> {
        out.extend(std::iter::repeat_n(' ', indent));
        Flow::new(out, self.palette, self.width.min(indent + MAX_TEXT_WIDTH), indent)
    }

    fn paragraph(&self, out: &mut String, e: &Explanation, text: &str) {
        let mut flow = self.flow(out, 0);
        flow.push(Tone::Strong, &format!("[{}] ", e.index));
        flow.push(Tone::of(e.label.group()), e.label.as_str());
        flow.push(Tone::Plain, &format!(" {}", probability(e.probability))).end();
        let weaker = self.marked_text(out, text, &e.cues);
        if weaker > 0 {
            let cues = if weaker == 1 { "cue is" } else { "cues are" };
            let note = format!("{} weaker {cues} not marked.", count(weaker as u64));
            self.flow(out, INDENT).push(Tone::Faint, &note).end();
        }
        out.push('\n');
        self.flow(out, INDENT).push(Tone::Plain, &decision(e)).end();
        if let Some(template) = &e.template {
            self.flow(out, INDENT).push(Tone::Plain, &seen_elsewhere(template)).end();
        }
        self.pass(out, "By itself", &e.first);
        self.pass(out, "With its neighbours", &e.second);
    }

    fn pass(&self, out: &mut String, what: &str, pass: &PassExplanation) {
        let mut flow = self.flow(out, INDENT);
        flow.push(Tone::Strong, what).push(Tone::Plain, ": ");
        flow.push(Tone::of(pass.label.group()), pass.label.as_str());
        flow.push(Tone::Plain, &format!(" {}", probability(pass.probability))).end();
        let against = match pass.label {
            _ if pass.boilerplate.is_none() => "all others",
            Label::Body => "heading",
            Label::Heading => "body",
            _ => "the other kinds",
        };
        if let Some(boilerplate) = &pass.boilerplate {
            self.score(out, "boilerplate against content", boilerplate);
        }
        self.score(out, &format!("{} against {against}", pass.label), &pass.kind);
    }

    /// The text with its strongest cues marked; gives how many are not marked.
    fn marked_text(&self, out: &mut String, text: &str, cues: &[FoundCue]) -> usize {
        let marked = strongest(cues, self.top);
        let mut flow = self.flow(out, INDENT);
        let mut done = 0;
        for cue in &marked {
            flow.push(Tone::Plain, &text[done..cue.span.start]);
            let found = cue.span.slice(text);
            if self.palette.is_coloured() {
                flow.push(Tone::of(cue.label.group()), found);
            } else {
                flow.push(Tone::Plain, "[").push(Tone::Plain, found).push(Tone::Plain, "]");
            }
            let note = format!("{{{} {}}}", cue.label, signed(hundredths(cue.weight)));
            flow.push_unbroken(Tone::Faint, &note);
            done = cue.span.end;
        }
        flow.push(Tone::Plain, &text[done..]).end();
        cues.len() - marked.len()
    }

    /// The score as a sum: one line for the intercept, one for each of the strongest features, one
    /// for all others. Rounding is in the line of the others, so that the lines add up.
    fn score(&self, out: &mut String, what: &str, score: &Score) {
        let (listed, others) =
            score.contributions.split_at(self.top.min(score.contributions.len()));
        let rest = hundredths(score.score)
            - hundredths(score.intercept)
            - listed.iter().map(|c| hundredths(c.contribution)).sum::<i64>();
        let strongest = listed.first().map_or(0.0, |c| c.contribution.abs());
        let (speak_for, against): (Vec<_>, Vec<_>) =
            listed.iter().partition(|c| c.contribution > 0.0);
        self.line(out, hundredths(score.intercept), None, "intercept", Tone::Plain);
        for c in speak_for.into_iter().chain(against) {
            let tone = if c.contribution > 0.0 { Tone::For } else { Tone::Against };
            let share = c.contribution / strongest;
            self.line(out, hundredths(c.contribution), Some(share), &self.feature(c), tone);
        }
        if !others.is_empty() || rest != 0 {
            let other = match others.len() {
                0 => "rounding".to_owned(),
                1 => "1 other feature".to_owned(),
                n => format!("{} other features", count(n as u64)),
            };
            self.line(out, rest, None, &other, Tone::Plain);
        }
        self.line(out, hundredths(score.score), None, what, Tone::Strong);
    }

    fn feature(&self, c: &Contribution) -> String {
        let text = format!("{} = {}", c.feature, value(c.value));
        let meaning = self.meanings.iter().find(|feature| feature.name == c.feature);
        match meaning {
            Some(feature) if self.width >= MIN_WIDTH_MEANING => {
                format!("{text:40} {}", feature.meaning)
            }
            _ => text,
        }
    }

    fn line(&self, out: &mut String, number: i64, share: Option<f32>, what: &str, tone: Tone) {
        let indent = INDENT.min(self.width / 4);
        out.extend(std::iter::repeat_n(' ', indent));
        let sign = if tone == Tone::Strong { "= " } else { "" };
        let number = format!("{:>8}", format!("{sign}{}", signed(number)));
        self.palette.paint(out, if tone == Tone::Strong { tone } else { Tone::Plain }, &number);
        let mut used = indent + number.len();
        if self.width >= MIN_WIDTH_BARS {
            let cells = share.map_or(0, |share| (share.abs() * BAR as f32).round() as usize);
            let bar = if share.is_some_and(|s| s < 0.0) { '\u{2591}' } else { '\u{2588}' };
            let bar: String = std::iter::repeat_n(bar, cells).collect();
            out.push_str("  ");
            self.palette.paint(out, tone, &bar);
            out.extend(std::iter::repeat_n(' ', BAR - cells));
            used += 2 + BAR;
        }
        out.push_str("  ");
        let what =
            cut(&one_line_keeping_columns(what), self.width.saturating_sub(used + 2).max(12));
        self.palette.paint(out, if tone == Tone::Strong { tone } else { Tone::Plain }, &what);
        out.push('\n');
    }
}

/// Feature names come from a model file; nothing in them may reach the terminal as a command.
fn one_line_keeping_columns(text: &str) -> String {
    if text.chars().any(char::is_control) { one_line(text) } else { text.to_owned() }
}

/// The strongest cues of which no two share a byte, in order of place.
fn strongest(cues: &[FoundCue], top: usize) -> Vec<&FoundCue> {
    let mut by_weight: Vec<&FoundCue> = cues.iter().collect();
    by_weight.sort_by(|a, b| {
        let longer = || b.span.len().cmp(&a.span.len());
        b.weight.total_cmp(&a.weight).then_with(longer).then(a.span.start.cmp(&b.span.start))
    });
    let mut marked: Vec<&FoundCue> = Vec::new();
    for cue in by_weight {
        if marked.len() == top {
            break;
        }
        if marked.iter().all(|m| m.span.end <= cue.span.start || cue.span.end <= m.span.start) {
            marked.push(cue);
        }
    }
    marked.sort_by_key(|cue| cue.span.start);
    marked
}

/// The rule and what it came to, in words.
fn decision(e: &Explanation) -> String {
    let boilerplate = probability(e.boilerplate);
    let threshold = probability(e.threshold);
    let (next, next_probability) = (e.runner_up.0, probability(e.runner_up.1));
    let side = if e.label.is_content() {
        format!(
            "Boilerplate {boilerplate} is below the threshold {threshold}: content, and of body \
             and heading the likelier is {}",
            e.label
        )
    } else {
        format!(
            "Boilerplate {boilerplate} reaches the threshold {threshold}: boilerplate, and the \
             likeliest kind is {}",
            e.label
        )
    };
    let next = if e.runner_up.1 > e.probability {
        format!("By itself {next} would be likelier ({next_probability}).")
    } else {
        format!("Next comes {next} ({next_probability}).")
    };
    format!("{side} ({}). {next}", probability(e.probability))
}

/// What other documents of the publisher say, in words.
fn seen_elsewhere(template: &TemplateEvidence) -> String {
    let Sighting { holders, others } = template.sighting;
    let documents = if others == 1 { "document" } else { "documents" };
    let [holders, others] = [holders, others].map(|n| count(u64::from(n)));
    let odds = signed(hundredths(template.log_odds));
    format!(
        "Of {others} other {documents} of the publisher, {holders} hold it: {odds} to the log-odds of \
         boilerplate."
    )
}

fn probability(p: f32) -> String {
    ratio(Some(f64::from(p)))
}

fn hundredths(x: f32) -> i64 {
    (f64::from(x) * 100.0).round() as i64
}

fn signed(hundredths: i64) -> String {
    let sign = if hundredths < 0 { '-' } else { '+' };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

/// A feature's value: whole numbers without decimals.
fn value(x: f32) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x:.3}") }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::super::snapshot::assert_snapshot;
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn report(top: usize, palette: &Palette, width: usize) -> String {
        let (document, verdict) = sample::document();
        explain_terminal(&document, &verdict, &[sample::explanation()], top, palette, width)
    }

    #[test]
    fn the_report_is_as_reviewed() {
        for width in [30, 80, 160] {
            let text = report(4, &Palette::plain(), width);
            assert_snapshot(&format!("explain_{width}.txt"), &text);
        }
        assert_snapshot("explain_coloured.txt", &report(4, &sample::palette(), 80));
    }

    #[test]
    fn the_lines_add_up_to_the_score() {
        for top in 0..9 {
            let text = report(top, &Palette::plain(), 80);
            let mut sums = 0;
            let mut sum = 0;
            for line in text.lines() {
                let Some(number) = line
                    .get(4..12)
                    .and_then(|n| n.trim_start_matches([' ', '=']).parse::<f64>().ok())
                else {
                    continue;
                };
                if line.contains(" against ") {
                    assert_eq!(sum, (number * 100.0).round() as i64, "{text}");
                    sums += 1;
                    sum = 0;
                } else {
                    sum += (number * 100.0).round() as i64;
                }
            }
            assert_eq!(sums, 3, "{text}");
        }
    }

    #[test]
    fn cues_are_marked_where_they_stand_the_stronger_before_the_weaker() {
        let text = report(1, &Palette::plain(), 80);
        assert!(text.contains("News. [All rights reserved]{copyright +4.50}\n"), "{text}");
        assert!(text.contains("2 weaker cues are not marked."), "{text}");
        let text = report(9, &Palette::plain(), 80);
        assert!(text.contains("Ferry [News]{navigation +0.50}. [All"), "{text}");
        assert!(text.contains("1 weaker cue is not marked."), "{text}");
    }

    #[test]
    fn the_decision_is_told_as_it_was_made() {
        let mut e = sample::explanation();
        assert_eq!(
            decision(&e),
            "Boilerplate .800 reaches the threshold .620: boilerplate, and the likeliest kind is \
             copyright (.750). Next comes navigation (.050)."
        );
        e.label = crate::Label::Body;
        e.threshold = 0.9;
        e.probability = 0.2;
        e.runner_up = (crate::Label::Copyright, 0.75);
        assert_eq!(
            decision(&e),
            "Boilerplate .800 is below the threshold .900: content, and of body and heading the \
             likelier is body (.200). By itself copyright would be likelier (.750)."
        );
    }

    #[test]
    fn what_other_documents_hold_is_told_where_it_is_known() {
        let mut e = sample::explanation();
        let told = |e: Explanation, width| {
            let (document, verdict) = sample::document();
            explain_terminal(&document, &verdict, &[e], 1, &Palette::plain(), width)
        };
        assert!(!told(e.clone(), 200).contains("of the publisher"));
        let sighting = Sighting { holders: 11, others: 1_200 };
        e.template = Some(TemplateEvidence { sighting, log_odds: 2.5 });
        let expected = "Of 1,200 other documents of the publisher, 11 hold it: +2.50 to the log-odds \
                        of boilerplate.";
        assert_eq!(seen_elsewhere(&e.template.unwrap()), expected);
        assert!(told(e.clone(), 60).contains("Of 1,200 other documents"));
        let sighting = Sighting { holders: 0, others: 1 };
        let one = seen_elsewhere(&TemplateEvidence { sighting, log_odds: 0.0 });
        assert!(one.starts_with("Of 1 other document of the publisher, 0 hold it: +0.00"), "{one}");
    }

    #[test]
    fn it_fits_every_width() {
        for width in 45..200 {
            for line in report(9, &Palette::plain(), width).lines() {
                assert!(line.width() <= width, "{width}: {line}");
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }
}

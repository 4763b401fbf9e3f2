//! What the first pass made of the blocks around: of the same element, the same making, the same
//! section, before and after.

use std::sync::LazyLock;

use super::super::log_odds::LogOdds;
use super::super::own::{features, flag, log1p};
use super::super::schema::{Declared, FeatureGroup};
use super::skeleton::{GROUPS, OUTSIDE, Skeleton};
use crate::document::html::NO_ELEMENT;

/// Probabilities are kept this far from 0 and 1 where their log-odds are a feature.
const FLOOR: f32 = 0.003;
static LOG_ODDS: LazyLock<LogOdds> = LazyLock::new(|| LogOdds::new(FLOOR));
/// How much of what stood before is left one block further.
const FADE: f32 = 0.6;

/// Expected letters of content, and all letters.
#[derive(Debug, Clone, Copy, Default)]
struct Weighed {
    content: f32,
    letters: f32,
}

impl Weighed {
    fn add(&mut self, other: Self) {
        self.content += other.content;
        self.letters += other.letters;
    }

    fn without(self, other: Self) -> Self {
        Self { content: self.content - other.content, letters: self.letters - other.letters }
    }

    /// The share of content, drawn to one half where there are few letters.
    fn share(self) -> f32 {
        (self.content.max(0.0) + 5.0) / (self.letters.max(0.0) + 10.0)
    }

    /// Log-odds of that share.
    fn log_odds(self) -> f32 {
        LOG_ODDS.of(self.share())
    }

    fn share_of(self, whole: Self) -> f32 {
        (self.content / whole.content.max(1.0)).clamp(0.0, 1.0)
    }
}

/// What surrounds a block. Probabilities of content are given as log-odds.
pub(in crate::featurize) struct Near {
    own: f32,
    groups: [Weighed; GROUPS],
    groups_odds: [f32; GROUPS],
    alike: Weighed,
    alike_odds: f32,
    alike_blocks: u32,
    section_odds: f32,
    is_heading: bool,
    previous: f32,
    next: f32,
    above: f32,
    below: f32,
    /// Content before it of the page's.
    before: f32,
    since_content: u32,
    until_content: u32,
    in_content: bool,
    below_content: u32,
    letters: u32,
    links: f32,
    page: OfPage,
}

/// What is the same for all blocks of a page.
#[derive(Debug, Clone, Copy, Default)]
struct OfPage {
    all: Weighed,
    odds: f32,
    log_letters: f32,
    /// Of the element that holds the content.
    element_odds: f32,
}

features! { FEATURES, fill(n: Near);
    content, Structure, "log-odds of content" => n.own;
    content_short, Structure, "the same under 40 letters" => if n.letters < 40 { n.own } else { 0.0 };
    content_links, Structure, "the same where links are" => n.links * n.own;
    group1_content, Structure, "of its group, itself aside" => n.groups_odds[0];
    group2_content, Structure, "of the group around that" => n.groups_odds[1];
    group3_content, Structure, "of the third group" => n.groups_odds[2];
    group4_content, Structure, "of the fourth group" => n.groups_odds[3];
    group1_of_content, Structure, "its group's content of the page's" => n.groups[0].share_of(n.page.all);
    group2_of_content, Structure, "of the group around that" => n.groups[1].share_of(n.page.all);
    group3_of_content, Structure, "of the third group" => n.groups[2].share_of(n.page.all);
    group4_of_content, Structure, "of the fourth group" => n.groups[3].share_of(n.page.all);
    alike_content, Structure, "of the blocks made like it, itself aside" => n.alike_odds;
    alike_content_many, Structure, "the same where there are four or more"
        => if n.alike_blocks > 4 { n.alike_odds } else { 0.0 };
    alike_of_content, Structure, "their content of the page's" => n.alike.share_of(n.page.all);
    section_content, Structure, "of the blocks from heading to heading, itself aside" => n.section_odds;
    section_content_heading, Structure, "the same for the heading"
        => if n.is_heading { n.section_odds } else { 0.0 };
    previous_content, Structure, "of the block before" => n.previous;
    next_content, Structure, "of the block after" => n.next;
    between_content, Structure, "the lower of both" => n.previous.min(n.next);
    above_content, Structure, "of the blocks before, fading" => n.above;
    below_content, Structure, "of the blocks after, fading" => n.below;
    amid_content, Structure, "the lower of both" => n.above.min(n.below);
    content_before, Structure, "content before it of the page's" => n.before;
    content_first, Structure, "1 before the twentieth part of the content" => flag(n.before < 0.05);
    content_last, Structure, "1 after all but a twentieth part" => flag(n.before > 0.95);
    since_content, Structure, "ln(1 + blocks since the last content)" => log1p(n.since_content);
    until_content, Structure, "ln(1 + blocks until the next content)" => log1p(n.until_content);
    in_content, Structure, "1 in the element that holds the content" => flag(n.in_content);
    under_content, Structure, "ln(1 + elements between it and that)" => if n.in_content { log1p(n.below_content) } else { 0.0 };
    content_element, Structure, "of that element" => n.page.element_odds;
    content_element_in, Structure, "the same within it" => if n.in_content { n.page.element_odds } else { 0.0 };
    page_content, Structure, "of the page" => n.page.odds;
    page_content_letters, Structure, "ln(1 + letters of content)" => n.page.log_letters;
}

/// What the first pass made of a page's blocks.
pub(in crate::featurize) struct Judged {
    content: Vec<f32>,
    /// Log-odds of the same.
    odds: Vec<f32>,
    weighed: Vec<Weighed>,
    elements: Vec<Weighed>,
    signatures: Vec<Weighed>,
    alike: Vec<u32>,
    sections: Vec<Weighed>,
    section_of: Vec<u32>,
    above: Vec<Weighed>,
    below: Vec<Weighed>,
    before: Vec<Weighed>,
    since: Vec<u32>,
    until: Vec<u32>,
    page: Weighed,
    of_page: OfPage,
    content_element: u32,
    /// Elements between each and that one; [`OUTSIDE`] outside of it.
    below_content: Vec<u32>,
}

/// An element holds the content if it has this share of it.
const HOLDS: f32 = 0.7;
/// From this probability on, a block counts as content where blocks are counted.
const LIKELY: f32 = 0.5;

impl Judged {
    /// Gathers what the first pass made of the page: the probability of content of each block.
    pub(in crate::featurize) fn new(skeleton: &Skeleton, content: Vec<f32>) -> Self {
        let n = skeleton.len();
        let weigh = |(bone, &p): (&super::skeleton::Bone, &f32)| {
            let letters = bone.letters as f32;
            Weighed { content: p * letters, letters }
        };
        let weighed: Vec<Weighed> = skeleton.bones().iter().zip(&content).map(weigh).collect();
        let mut judged = Self {
            elements: vec![Weighed::default(); skeleton.parents().len()],
            signatures: vec![Weighed::default(); skeleton.signatures()],
            alike: vec![0; skeleton.signatures()],
            sections: vec![Weighed::default()],
            section_of: Vec::with_capacity(n),
            above: Vec::with_capacity(n),
            below: vec![Weighed::default(); n],
            before: Vec::with_capacity(n),
            since: Vec::with_capacity(n),
            until: vec![n as u32; n],
            page: Weighed::default(),
            content_element: NO_ELEMENT,
            below_content: Vec::new(),
            odds: content.iter().map(|&p| LOG_ODDS.of(p)).collect(),
            of_page: OfPage::default(),
            weighed,
            content,
        };
        judged.gather_forwards(skeleton);
        judged.gather_backwards();
        judged.gather_elements(skeleton);
        judged.gather_page();
        judged
    }

    fn gather_forwards(&mut self, skeleton: &Skeleton) {
        let n = skeleton.len();
        let (mut fading, mut last) = (Weighed::default(), None);
        for (i, bone) in skeleton.bones().iter().enumerate() {
            let own = self.weighed[i];
            if bone.element != NO_ELEMENT {
                self.elements[bone.element as usize].add(own);
            }
            self.signatures[bone.signature as usize].add(own);
            self.alike[bone.signature as usize] += 1;
            if bone.is_heading {
                self.sections.push(Weighed::default());
            }
            let section = self.sections.len() - 1;
            self.section_of.push(section as u32);
            self.sections[section].add(own);
            self.before.push(self.page);
            self.page.add(own);
            self.above.push(fading);
            fading = fade(fading, own);
            self.since.push(last.map_or(n, |at: usize| i - at) as u32);
            if self.content[i] > LIKELY {
                last = Some(i);
            }
        }
    }

    fn gather_backwards(&mut self) {
        let (mut fading, mut next) = (Weighed::default(), None);
        for i in (0..self.content.len()).rev() {
            self.below[i] = fading;
            fading = fade(fading, self.weighed[i]);
            if let Some(at) = next {
                let at: usize = at;
                self.until[i] = (at - i) as u32;
            }
            if self.content[i] > LIKELY {
                next = Some(i);
            }
        }
    }

    fn gather_elements(&mut self, skeleton: &Skeleton) {
        // Every element stands after its parent.
        for (index, &parent) in skeleton.parents().iter().enumerate().rev() {
            if parent != NO_ELEMENT {
                let own = self.elements[index];
                self.elements[parent as usize].add(own);
            }
        }
        let page = self.page;
        let holds = |e: &Weighed| page.content > 0.0 && e.content >= HOLDS * page.content;
        let found = self.elements.iter().rposition(holds);
        self.content_element = found.map_or(NO_ELEMENT, |index| index as u32);
        self.below_content = skeleton.below(self.content_element);
    }

    fn gather_page(&mut self) {
        let element = self.elements.get(self.content_element as usize).unwrap_or(&self.page);
        self.of_page = OfPage {
            all: self.page,
            odds: self.page.log_odds(),
            log_letters: libm::logf(1.0 + self.page.content),
            element_odds: element.log_odds(),
        };
    }

    /// Fills the columns of what surrounds a block.
    pub(in crate::featurize) fn fill(&self, skeleton: &Skeleton, index: usize, row: &mut [f32]) {
        let bone = &skeleton.bones()[index];
        let own = self.weighed[index];
        let of = |element: u32| {
            self.elements.get(element as usize).map_or(Weighed::default(), |e| e.without(own))
        };
        let below_content = self.below_content.get(bone.element as usize).copied();
        let below_content = below_content.filter(|&steps| steps != OUTSIDE);
        let at = |i: Option<usize>| {
            i.and_then(|i| self.odds.get(i)).copied().unwrap_or(LOG_ODDS.lowest())
        };
        let signature = bone.signature as usize;
        let alike = self.signatures[signature].without(own);
        let section = self.sections[self.section_of[index] as usize].without(own);
        let groups = skeleton.groups(index).map(of);
        let [first, second, third, fourth] = groups;
        // All at once, since single logarithms would take a quarter of the second pass's rows.
        let of_each =
            [first, second, third, fourth, alike, section, self.above[index], self.below[index]];
        let [first, second, third, fourth, alike_odds, section_odds, above, below] =
            LOG_ODDS.of_each(of_each.map(Weighed::share));
        let near = Near {
            own: self.odds[index],
            groups,
            groups_odds: [first, second, third, fourth],
            alike,
            alike_odds,
            alike_blocks: self.alike[signature],
            section_odds,
            is_heading: bone.is_heading,
            previous: at(index.checked_sub(1)),
            next: at(Some(index + 1)),
            above,
            below,
            before: self.before[index].share_of(self.page),
            since_content: self.since[index],
            until_content: self.until[index],
            in_content: below_content.is_some(),
            below_content: below_content.unwrap_or(0),
            letters: bone.letters,
            links: super::element::ratio(bone.link_letters, bone.letters),
            page: self.of_page,
        };
        fill(&near, row);
    }
}

fn fade(fading: Weighed, next: Weighed) -> Weighed {
    Weighed {
        content: FADE * fading.content + next.content,
        letters: FADE * fading.letters + next.letters,
    }
}

#[cfg(test)]
mod tests;

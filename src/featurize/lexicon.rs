//! Hand-made word lists: small closed classes of English words that a feature counts.
//!
//! Words that a model can learn from data are not listed here; see `cues`. A list earns its
//! place where it generalises over words that training data holds too few of.

/// A hand-made list. The discriminant is the list's bit in [`crate::kernel::table::Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum List {
    /// Articles, conjunctions, prepositions, auxiliaries.
    Function,
    /// we, our, us.
    We,
    /// you, your.
    You,
    /// I, my, me.
    I,
    /// he, she, they and their forms.
    They,
    /// Verbs that report speech.
    Said,
    /// Past-tense auxiliaries and verbs of narration.
    Past,
    /// Month names and their short forms.
    Month,
    /// Names of days, today, yesterday, ago, updated times.
    Day,
    /// Names of social networks and of ways to share.
    Network,
    /// Verbs that open a prompt: click, sign, read.
    Prompt,
    /// Words of rights and responsibility.
    Legal,
    /// Words of pictures and their credits.
    Photo,
    /// Words of newsletters, accounts and payment.
    Account,
    /// Words of comment sections.
    Comment,
    /// Words of lists of other pieces.
    More,
    /// Words of trades and offices: editor, reporter, professor.
    Role,
    /// News agencies and words of their credits.
    Agency,
}

/// Every list with its words, in lower case without apostrophes.
pub const LISTS: &[(List, &str)] = &[
    (
        List::Function,
        "the a an and or but nor of to in on at by for from with without into onto over under after \
         before between through during about against among as if than then that this these those \
         which who whom whose what when where why how is are was were be been being has have had do \
         does did will would can could may might must shall should not no so because while although \
         though until unless since there here its it such both either each every any some all most \
         much many more less few other another own same only also too very just even still yet",
    ),
    (List::We, "we our ours us weve were ourselves"),
    (List::You, "you your yours youre youve youll yourself"),
    (List::I, "i im ive id me my mine myself"),
    (List::They, "he she they him her them his hers their theirs himself herself themselves"),
    (
        List::Said,
        "said says say told tells added adds noted notes explained explains stated states claimed \
         claims argued argues warned warns wrote writes replied asked announced reported according \
         insisted admitted denied confirmed revealed suggested recalled testified acknowledged \
         tweeted quoted",
    ),
    (
        List::Past,
        "was were had been went came took made gave found became began held brought kept left led \
         lost met paid ran saw sent sold spent stood thought won died killed moved called used \
         known seen taken given",
    ),
    (
        List::Month,
        "january february march april may june july august september october november december jan \
         feb mar apr jun jul aug sep sept oct nov dec",
    ),
    (
        List::Day,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs \
         fri sat sun today yesterday ago am pm est edt pst pdt gmt utc bst ist cet",
    ),
    (
        List::Network,
        "facebook twitter instagram whatsapp linkedin reddit pinterest telegram youtube tiktok \
         tumblr flipboard messenger snapchat mastodon bluesky threads gab parler vk email print \
         tweet tweets pin rss copy sms flipboard stumbleupon digg delicious google x",
    ),
    (
        List::Prompt,
        "click sign subscribe share follow read join download visit donate support register log \
         login enter submit reply view watch see buy shop get learn find check contact call listen \
         tap scroll skip select choose continue start try order save browse explore discover please \
         like play close accept allow",
    ),
    (
        List::Legal,
        "copyright reserved rights liability liable responsible responsibility warranties warranty \
         permission permitted reproduced reproduction redistributed republished licence license \
         licensed trademark trademarks disclaimer views opinions expressed endorse endorsement \
         accuracy advice constitute purposes informational prohibited authorized authorised owner \
         terms conditions affiliate commission sponsored compensation material fair",
    ),
    (
        List::Photo,
        "photo photos image images photograph photographer picture pictures pictured credit credits \
         getty shutterstock unsplash istock courtesy file screenshot illustration graphic video \
         afp epa reuters wikimedia commons handout",
    ),
    (
        List::Account,
        "newsletter newsletters email emails inbox subscriber subscribers subscription subscriptions \
         subscribe unsubscribe account member members membership password username login free trial \
         premium donation donations donate patreon paypal app alerts notifications",
    ),
    (
        List::Comment,
        "comment comments commenting reply replies commenter commenters moderated moderation \
         moderators disqus discussion thread upvote report flag",
    ),
    (
        List::More,
        "related read more previous next latest popular trending recommended recent stories articles \
         posts also archives archive tags tagged filed categories category topics must top story see \
         older newer",
    ),
    (
        List::Role,
        "author editor reporter correspondent writer journalist columnist contributor contributing \
         staff freelance professor fellow lecturer director founder senior associate blogger host \
         producer researcher analyst expert phd novelist",
    ),
    (
        List::Agency,
        "ap reuters afp pti ani upi xinhua tass dpa bloomberg agency agencies newswire wire \
         staff desk bureau source via",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::kernel::scan::LISTS as CAPACITY;

    #[test]
    fn every_list_has_a_bit_of_its_own_and_words_that_the_scan_can_produce() {
        let bits: HashSet<u8> = LISTS.iter().map(|(list, _)| *list as u8).collect();
        assert_eq!(bits.len(), LISTS.len());
        assert!(bits.iter().all(|&bit| usize::from(bit) < CAPACITY));
        for word in LISTS.iter().flat_map(|(_, words)| words.split_whitespace()) {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        }
    }
}

//! Word lists: reporting verbs, titles, words of organisations, words that are part of no name.
//!
//! In: a word. Out: the lists it is in, as bits, found with one look-up and without allocating. The
//! lists hold common English words of reporting; what is in none of them is judged by its place.

use std::sync::LazyLock;

/// Bytes of the longest word in a list: what fits one number.
const LONGEST: usize = size_of::<Key>();

/// The bytes of a word in lower case, zeros behind them.
type Key = u128;

/// A set of word lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// Whether the two sets share a list.
    pub(super) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Those of both.
    pub(super) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// Verbs that report what somebody says, in the forms that have a subject.
pub(super) const SAYS: Class = Class(1 << 0);
/// Participles of reporting, whose subject is that of the sentence.
pub(super) const PARTICIPLES: Class = Class(1 << 1);
/// Verbs whose object is put in the speaker's words.
pub(super) const NAMES_IT: Class = Class(1 << 2);
/// Verbs that may stand before their subject.
pub(super) const INVERTS: Class = Class(1 << 3);
/// What may stand between a subject and its reporting verb.
pub(super) const LINKS: Class = Class(1 << 4);
/// Forms of be and get: what follows is said to the subject, not by it.
pub(super) const BE: Class = Class(1 << 5);
/// What makes a statement one that was not made.
pub(super) const NEVER: Class = Class(1 << 6);
/// Pronouns that speak.
pub(super) const PRONOUNS: Class = Class(1 << 7);
/// What begins a noun phrase.
pub(super) const DETERMINERS: Class = Class(1 << 8);
/// What ends a noun phrase or is no part of one.
pub(super) const NO_NOUN: Class = Class(1 << 9);
/// Prepositions that carry a noun phrase on.
pub(super) const CHAINS: Class = Class(1 << 10);
/// Small words inside names.
pub(super) const PARTICLES: Class = Class(1 << 11);
/// Words that have a capital only because a sentence begins, or that are no name.
pub(super) const NO_NAME: Class = Class(1 << 12);
/// What stands before a person's name.
pub(super) const TITLES: Class = Class(1 << 13);
/// Those of [`TITLES`] that a body or a thing may have too.
pub(super) const ADJECTIVES: Class = Class(1 << 14);
/// Titles of men.
pub(super) const MALE_TITLES: Class = Class(1 << 15);
/// Titles of women.
pub(super) const FEMALE_TITLES: Class = Class(1 << 16);
/// Words in the names of organisations, places and works.
pub(super) const BODIES: Class = Class(1 << 17);
/// Countries and cities that stand for those who speak for them.
pub(super) const PLACES: Class = Class(1 << 18);
/// Persons spoken of by what they are: `the` and one of these may mean the one person who speaks.
pub(super) const ROLES: Class = Class(1 << 19);
/// Nouns of single persons, spoken of with `he` or `she` afterwards; [`ROLES`] are such too.
pub(super) const HUMANS: Class = Class(1 << 20);
/// First names of men.
pub(super) const MEN: Class = Class(1 << 21);
/// First names of women.
pub(super) const WOMEN: Class = Class(1 << 22);
/// What stands for a reporting verb.
const FOR_A_VERB: Class = Class(1 << 23);
/// All without which nothing says that somebody said something.
pub(super) const REPORTS: Class = SAYS.or(NAMES_IT).or(PARTICIPLES).or(INVERTS).or(FOR_A_VERB);
/// Small words after which a clause with a subject of its own may begin.
pub(super) const OPENERS: Class = Class(1 << 24);

/// The lists that a word is in, whatever its case.
pub(super) fn classes(word: &str) -> Class {
    key(word).map_or(Class::default(), |key| TABLE.get(key))
}

/// The key of a word; `None` where it is longer than any in a list.
fn key(word: &str) -> Option<Key> {
    let mut lower = [0; LONGEST];
    lower.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(Key::from_le_bytes(lower))
}

/// Whether a word is one of a few, whatever its case.
pub(super) fn is_one_of(word: &str, few: &[&str]) -> bool {
    few.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Words with their lists. Every word of every article is looked up here, so that a key is one
/// number, hashed by a multiplication and compared at once.
struct Table {
    /// A power of two, at most half of them taken; an empty one has the key 0.
    slots: Vec<(Key, Class)>,
}

impl Table {
    fn new(lists: &[(Class, &str)]) -> Self {
        let n_words: usize = lists.iter().map(|(_, words)| words.split_whitespace().count()).sum();
        let slots = vec![(0, Class::default()); (2 * n_words).next_power_of_two()];
        let mut table = Self { slots };
        for (class, words) in lists {
            for key in words.split_whitespace().filter_map(key) {
                let slot = table.slot(key);
                let (_, before) = table.slots[slot];
                table.slots[slot] = (key, before.or(*class));
            }
        }
        table
    }

    /// The slot of a key, or the empty one where it would be.
    fn slot(&self, key: Key) -> usize {
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(23);
        let hash = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let mut slot = hash as usize & (self.slots.len() - 1);
        while self.slots[slot].0 != key && self.slots[slot].0 != 0 {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    fn get(&self, key: Key) -> Class {
        self.slots[self.slot(key)].1
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(LISTS));

/// Every list with its words, in lower case.
#[rustfmt::skip] // words side by side
const LISTS: &[(Class, &str)] = &[
    (SAYS, "\
        acknowledge acknowledged acknowledges add added adds admit admits admitted advised \
        advises agreed agrees alleged alleges announce announced announces answered argue argued \
        argues ask asked asks assert asserted asserts believed believes blogged bragged \
        captioned cautioned cautions chimed claim claimed claims clarified clarifies clarify \
        commented complain complained complains concede conceded concedes concluded concludes \
        confirm confirmed confirms contended contends continued continues countered cried \
        declare declared declares demanded denied denies describe described describes disagreed \
        disagrees elaborate elaborated elaborates emailed emphasise emphasised emphasises \
        emphasize emphasized emphasizes enthused enthuses exclaim exclaimed exclaims explain \
        explained explains gush gushed gushes hinted implied implies insist insisted insists \
        joked jokes lamented laments murmured mused muses muttered mutters noted notes observed \
        observes opine opined opines pledged pledges pointed points posted predict predicted \
        predicts proclaimed proclaims promised put puts quip quipped quips raved raves reads \
        recalled recalls recommended recommends recount recounted recounts reiterate reiterated \
        reiterates remarked repeated replied replies reported responded responds retort retorted \
        retorts reveal revealed reveals ruled said say says screamed shared shares shouted \
        stated states stipulates stressed stresses suggest suggested suggests summarised \
        summarises summarized summed sums tell tells testified testifies texted thinks thought \
        told tweeted urged urges vowed vows warn warned warns whispered whispers wondered \
        wonders write writes written wrote yelled yells"),
    (FOR_A_VERB, "according quoted"),
    (OPENERS, "\
        after although and as because before but how if or since so than that then though what \
        when where which while yet"),
    (PARTICIPLES, "\
        acknowledging adding admitting alleging announcing answering arguing asking asserting \
        blasting branding calling cautioning claiming commenting complaining concluding \
        condemning confirming continuing crying declaring demanding denouncing describing \
        dismissing dubbing emphasising emphasizing exclaiming explaining hailing insisting \
        joking labeling labelling noting observing pledging posting praising predicting \
        promising reading recalling referring reiterating remarking repeating replying \
        responding revealing saying screaming shouting slamming stating stressing suggesting \
        telling testifying tweeting urging vowing warning whispering writing yelling"),
    (NAMES_IT, "\
        accuse accused accuses blamed blames blast blasted blasts branded call called calls \
        characterise characterised characterises characterize characterized characterizes cite \
        cited cites condemn condemned condemns criticise criticised criticises criticize \
        criticized criticizes decried decries deemed denounce denounced denounces derided \
        derides describe described describes dismiss dismissed dismisses dubbed dubs expressed \
        expresses hail hailed hails highlighted highlights labeled labelled lauded lauds mocked \
        mocks praise praised praises refer referred refers rejected rejects slam slammed slams \
        speaks spoke talked talks termed touted touts"),
    (INVERTS, "\
        add added adds admits admitted advised advises agreed agrees announced answered argued \
        argues ask asked asks boasted claimed concluded concludes confirmed confirms continued \
        continues cried declared described describes emphasised emphasises emphasized emphasizes \
        exclaimed explain explained explains insisted insists joked jokes laments laughed laughs \
        note noted notes observed observes quipped quips reads recalled recalls recommends \
        remarked replied replies responded responds revealed reveals said say says screamed \
        shared shares shouted stated states stressed stresses suggested suggests tells tweeted \
        warn warned warns whispered write writes wrote yelled"),
    (LINKS, "\
        afterward afterwards again all already also always am are as be been being both \
        continued did does each earlier either even eventually ever famously first friday \
        further goes got had has have herself himself however instead is just later likes long \
        meanwhile monday now often on once only out previously publicly quickly quoted recently \
        repeatedly reportedly saturday simply since sometimes soon still sunday themselves then \
        thursday to today too took tried tuesday ultimately was wednesday well went were will \
        would yesterday yet"),
    (BE, "\
        am are be been being get gets getting got is was were widely"),
    (NEVER, "\
        can can't cannot can’t could could've couldn't couldn’t could’ve didn't didn’t doesn't \
        doesn’t don't don’t hadn't hadn’t hasn't hasn’t haven't haven’t isn't isn’t may might \
        must never nobody not refuse refused refuses should should've shouldn't shouldn’t \
        should’ve wasn't wasn’t won't won’t would've wouldn't wouldn’t would’ve"),
    (PRONOUNS, "\
        he i it she they we"),
    (DETERMINERS, "\
        a all an another any both dozens each every few five four her his hundreds its many more \
        most my no one other our several some the their these this those three two your"),
    (NO_NOUN, "\
        about according across after again against also although am amid among are as asked be \
        because been before being between but by can could despite did do does during earlier \
        even friday goes had has have he here herself him himself how i if in into is it just \
        later may me might monday must never nor not now on once only onto or over per recently \
        said saturday say says shall she should since so still sunday than that them themselves \
        then there they this though through thursday to today told tomorrow tonight tuesday \
        under unless until upon us via was we wednesday went were what when where which while \
        who whom whose why will with within without would yesterday you"),
    (CHAINS, "\
        at for from of"),
    (PARTICLES, "\
        abu al ap bin bint da dal de del della den der des di do dos du el ibn la las le los ten \
        ter van vom von y zu"),
    (NO_NAME, "\
        a about according across added additionally after again against all also although \
        always amid among an and another any anyone appearing april are as asked asking at \
        august authorities back because before being between both breaking but by can \
        citing click commenting could critics dear december despite did doctors does don't \
        don’t down during each earlier eight even every everybody everyone experts fans \
        february few finally first five following for four friday from furthermore had has \
        having he he's hello her here hey he’s hi his how however i i'm i've if image in \
        indeed instead investigators is it it's its it’s i’m i’ve january july june just \
        last later let's like long many march maybe meanwhile monday more moreover most my \
        nearly never next nine no nobody nor not november now october off officials often \
        oh ok okay on once one only or other others our out over people per perhaps photo \
        pictured please police prosecutors rather read recently referring related \
        researchers residents responding said saturday says scientists second see \
        september seven several she she's she’s should since six so some someone sometimes \
        sorry speaking still such sunday talking ten than thank thanks that that's that’s \
        the their then there there's therefore there’s these they they're they’re third \
        this those though three through thursday thus to today told tomorrow tonight too \
        top tuesday two under unless unlike until up users very via video visit was watch \
        we we're wednesday welcome well were we’re what what's what’s when where which \
        while who whom whose why with within without witnesses would writing yes yesterday \
        you your"),
    (TITLES, "\
        acting actor actress adm adm. administrator admiral alderman alderwoman ambassador \
        american analyst archbishop assistant attorney attorney-general aunt australian \
        author ayatollah bishop british brother canadian candidate capt capt. captain \
        cardinal ceo cfo chair chairman chairperson chairwoman chancellor chaplain chef \
        chief chief-of-staff chinese city cllr cmdr co-founder co-owner coach col col. \
        colonel commander commentator commissioner congressman congresswoman conservative \
        constable consul coo correspondent councillor councilman councilmember \
        councilwoman county crown cto curator dame dean defence defense democrat \
        democratic deputy designer det detective director district doctor dr dr. economist \
        editor editor-in-chief emir engineer envoy european executive father finance \
        foreign former founder french gen gen. general german gov gov. governor grand head \
        headmaster headmistress headteacher health hon hon. host house imam indian \
        inspector interior iranian irish israeli italian japanese judge justice king \
        labour lady lawyer lead leader librarian lieutenant lord lt lt. magistrate maj \
        maj. major majority manager mayor minister minority miss mp mr mr. mrs mrs. ms ms. \
        mx nurse officer opposition organiser organizer owner palestinian pastor pc \
        planner pope premier president presidential prime prince princess principal prof \
        prof. professor queen rabbi ranger registrar rep rep. reporter representative \
        republican researcher rev rev. reverend russian saint scientist scottish secretary \
        sen sen. senate senator sens sergeant sgt sgt. sheikh sheriff sir sister solicitor \
        spanish speaker spokesman spokesperson spokeswoman staff sultan superintendent \
        supt tory treasurer trooper trustee u.s. uk ukrainian uncle under-secretary us \
        vicar vice warden welsh white"),
    (ADJECTIVES, "\
        acting american assistant australian british canadian chief chinese city conservative \
        county crown defence defense democrat democratic deputy district european executive \
        finance foreign former french german grand health house indian interior iranian irish \
        israeli italian japanese labour lead majority minority opposition palestinian \
        presidential prime republican russian scottish senate spanish staff tory u.s. uk \
        ukrainian us vice welsh white"),
    (MALE_TITLES, "\
        actor brother chairman congressman councilman father king lord mr mr. pope prince sir \
        spokesman uncle"),
    (FEMALE_TITLES, "\
        actress aunt chairwoman congresswoman councilwoman dame lady miss mrs mrs. ms ms. \
        princess queen sister spokeswoman"),
    (BODIES, "\
        academy act administration agency airlines airways alliance army assembly \
        assessment associates association authority avenue awards bank bbc board boulevard \
        brothers bureau business cabinet campaign center centers centre chamber channel \
        charity christmas city clinic club co coalition college commission committee \
        community companies company confederation conference congress constitution corp \
        corp. corporation council county court courts cup daily department dept district \
        division drive easter education embassy enterprises eve exchange express facebook \
        federation festival fire firm force forces forum foundation fund games gazette \
        google government group halloween hanukkah health herald holdings hospital hotel \
        hotels house images inc inc. index industries initiative instagram institute \
        institution international island islands journal kremlin laboratory labs lake lane \
        law league library llc llp ltd ltd. magazine mail media ministry mirror movement \
        museum nation nations network networks news newspaper office organisation \
        organization parliament partners partnership party photos plaza plc police poll \
        post press prize program programme project radio records report reserve restaurant \
        review rights river road royal school schools science security senate series \
        service services society square states station store street studio studios study \
        summit survey system systems team telegraph television thanksgiving times today \
        tower tribune trust tv twitter union united university valley war watch weekly \
        works world youtube"),
    (PLACES, "\
        afghanistan africa america argentina australia austria baghdad beijing belarus belgium \
        berlin brazil britain brussels california canada chicago china colombia congress cuba \
        damascus delhi denmark egypt england europe finland florida france gaza germany greece \
        hungary india indonesia iran iraq ireland israel italy japan jerusalem kiev korea kyiv \
        lebanon libya london mexico moscow nato netherlands nigeria norway ottawa pakistan paris \
        parliament philippines poland portugal qatar rome russia scotland seoul spain sweden \
        switzerland syria taiwan tehran texas tokyo turkey uk ukraine us usa venezuela vietnam \
        wales washington yemen"),
    (ROLES, "\
        activist actor actress ambassador analyst artist athlete author billionaire candidate \
        ceo chairman champion chef coach comedian commander congressman congresswoman defender \
        democrat designer diplomat director doctor duchess duke economist envoy farmer filmmaker \
        founder general goalkeeper governor historian justice lawmaker lawyer leader manager \
        mayor midfielder minister mother novelist photographer physician pilot player politician \
        pope premier president prince princess principal prisoner professor psychologist rapper \
        republican researcher scientist senator singer star striker teacher teenager therapist \
        tycoon writer"),
    (HUMANS, "\
        boy brother buyer caller child colleague commentator customer dad daughter driver \
        employee expert fan father friend girl guest husband insider journalist lady man mom \
        mother mum neighbor neighbour nurse officer official parent passenger patient person \
        reporter resident shopper sister soldier son source spokesman spokesperson spokeswoman \
        student survivor user victim viewer wife witness woman worker"),
    (MEN, "\
        aaron adam ahmed alan albert alberto alex alexander ali anatoly andrew andy anthony \
        antonio arthur barack ben benjamin bernard bernie bill billy bob boris brad brandon \
        brian bruce bruno carl carlos charles charlie chris christian christopher colin craig \
        dad dan daniel danny dave david dennis derek diego dmitry don donald douglas ed eddie \
        edward elon emmanuel enrique eric ethan evan ezra father fernando francis frank fred \
        garrett gary gavin geoffrey george gerald giovanni glenn gordon graham grandpa greg \
        gregory guy harold harry hassan henry howard hugh hugo hunter ian ibrahim igor ivan jack \
        jacob jake james jamie jason jay jeff jeffrey jeremy jerry jim jimmy joe joel john \
        johnny jon jonathan jordan jose joseph josh joshua juan justin karl keith ken kenneth \
        kevin kyle larry lawrence lenny leo leon leonard leonardo liam logan louis luca luke \
        marc marco marcus mario mark martin mason mateo matt matthew max michael mick miguel \
        mike mohamed mohammed muhammad nathan neil nicholas nick nigel noah oliver oscar owen \
        pablo papa patrick paul pedro pete peter phil philip phillip pierce rafael ralph ray \
        raymond richard rick rob robert robin rod rodney rodrigo roger ron ronald ross roy \
        russell ryan sam samuel santiago scott sean sergei sergey simon stephen steve steven \
        stuart ted terry theodore thomas tim timothy toby todd tom tommy tony trevor tyler \
        victor vincent vladimir walter warren wayne will william xavier yuri zachary"),
    (WOMEN, "\
        abigail alice alison amanda amber amy andrea angela angelina anita ann anna anne annie \
        ashley barbara beth betty beverly beyonce bonnie brenda caitlin carla carol caroline \
        carolyn catherine charlotte cheryl chloe christina christine cindy claire clara claudia \
        cynthia danielle debbie deborah denise diana diane donna dorothy elaine eleanor elena \
        elizabeth ellen emily emma erica erin esther eva evelyn fatima fiona florence frances \
        gabrielle gemma gina gloria grace grandma granny hannah heather helen hillary holly \
        irene isabel jackie jacqueline jane janet janice jean jennifer jenny jess jessica jill \
        joan joanna jodie joy joyce judith judy julia julie karen kate katherine kathleen \
        kathryn kathy katie katy kayla kelly kim kirsten kristen kristin laura lauren leah linda \
        lisa liz lori louise lucy lynn madison maggie mama margaret maria marie marilyn marina \
        martha mary maya megan meghan melania melanie melissa michelle miranda molly mom monica \
        mother mum nancy naomi natalie nicola nicole nina olivia oprah pamela patricia paula \
        pauline penny rachel rebecca rita robyn rosa rose rosie ruth sally samantha sandra sara \
        sarah selena sharon sheila sophia sophie stacey stephanie sue susan susie suzanne sylvia \
        tara taylor teresa theresa tina tracey tracy valerie vanessa veronica victoria virginia \
        wendy yvonne zoe"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_lower_case_words_that_can_be_found() {
        for (class, words) in LISTS {
            for word in words.split_whitespace() {
                assert_eq!(word.to_lowercase(), word);
                assert!(classes(word).has(*class), "{word} is longer than {LONGEST}");
            }
        }
        assert!(classes("Said").has(SAYS) && !classes("sai").has(SAYS));
        assert_eq!(classes("a word much too long for a list"), Class::default());
    }
}

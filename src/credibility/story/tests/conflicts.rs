//! Days, numbers and channels on which two accounts agree or differ.

use super::super::{Comparison, PointKind, Relation};
use super::account;

/// The points of two articles that share a story besides the sentences given.
fn points(a: &str, b: &str) -> Vec<(PointKind, Relation, String, String)> {
    let story = [
        "The ferry Halcyon ran aground off Brannock in thick fog with a cargo of timber and apples.",
        "Captain Imogen Farrar steered for the shoal because the Brannock light had failed that night.",
    ];
    let accounts = [
        account("star", &["Ferry Halcyon aground off Brannock", story[0], a, story[1]]),
        account("echo", &["Halcyon ferry runs aground off Brannock", story[0], b, story[1]]),
    ];
    let comparison = Comparison::new(&accounts);
    assert_eq!(comparison.stories.len(), 1);
    let found = comparison.pair(0, 1).unwrap().points.iter();
    let text = |n: usize, passage| accounts[n].text(passage).to_owned();
    found.map(|p| (p.kind, p.relation, text(0, p.a), text(1, p.b))).collect()
}

#[track_caller]
fn check(a: &str, b: &str, expected: &[(PointKind, Relation, &str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|&(kind, relation, a, b)| (kind, relation, a.into(), b.into()))
        .collect();
    assert_eq!(points(a, b), expected, "{a} / {b}");
}

use PointKind::{Channel, Day, Number};
use Relation::{Compatible, Different, Same};

#[test]
fn another_day_of_one_event_is_a_difference() {
    check(
        "Divers from Calder raised the Halcyon on Tuesday with two cranes and a barge.",
        "Divers from Calder raised the Halcyon on Wednesday with two cranes and a barge.",
        &[(Day, Different, "Tuesday", "Wednesday"), (Number, Same, "two", "two")],
    );
    check(
        "Divers from Calder raised the Halcyon on 3 March with cranes and a barge.",
        "Divers from Calder raised the Halcyon on March 3rd with cranes and a barge.",
        &[(Day, Same, "3 March", "March 3rd")],
    );
    // A weekday cannot be held against a date, and an article that has both days may mean two events.
    check(
        "Divers from Calder raised the Halcyon on 3 March with cranes and a barge.",
        "Divers from Calder raised the Halcyon on Wednesday with cranes and a barge.",
        &[],
    );
    check(
        "Divers from Calder raised the Halcyon on Tuesday with cranes and a barge. It sank on Wednesday.",
        "Divers from Calder raised the Halcyon on Wednesday with cranes and a barge.",
        &[],
    );
}

#[test]
fn another_number_of_the_same_is_a_difference() {
    check(
        "Rescuers from Calder brought 14 passengers ashore in rubber boats before the tide turned.",
        "Rescuers from Calder brought twelve passengers ashore in rubber boats before the tide turned.",
        &[(Number, Different, "14", "twelve")],
    );
    check(
        "Rescuers from Calder brought 1,187 passengers ashore in rubber boats before the tide turned.",
        "Rescuers from Calder brought about 1,200 passengers ashore in rubber boats before the tide turned.",
        &[(Number, Compatible, "1,187", "1,200")],
    );
    check(
        "Rescuers from Calder brought 12 passengers ashore in rubber boats before the tide turned.",
        "Rescuers from Calder brought twelve passengers ashore in rubber boats before the tide turned.",
        &[(Number, Same, "12", "twelve")],
    );
    // Other things are counted, or a time is given, or the number is not understood.
    for (a, b) in
        [("14 passengers", "two horses"), ("14 hours", "12 hours"), ("14-odd men", "12 men")]
    {
        check(
            &format!(
                "Rescuers from Calder brought {a} ashore in rubber boats before the tide turned."
            ),
            &format!(
                "Rescuers from Calder brought {b} ashore in rubber boats before the tide turned."
            ),
            &[],
        );
    }
}

#[test]
fn a_channel_has_several_names() {
    check(
        "Farrar told Channel Four on Monday that the light had failed twice before.",
        "The light had gone out before, Captain Farrar said on Channel 4, and Brannock knew it.",
        &[(Channel, Same, "Channel Four", "Channel 4")],
    );
    check(
        "Farrar told state television on Monday that the light had failed twice before.",
        "Speaking on Channel 4 on Tuesday, Imogen Farrar of Brannock said that the fog was thick.",
        &[],
    );
    check(
        "Imogen Farrar told state television on Monday that the light had failed twice before.",
        "Speaking on Channel 4 on Tuesday, Imogen Farrar of Brannock said that the fog was thick.",
        &[
            (Channel, Compatible, "state television", "Channel 4"),
            (Day, Different, "Monday", "Tuesday"),
        ],
    );
    // Two interviews are no contradiction, unless the words are the same.
    check(
        "Imogen Farrar told Channel 5 that the light had failed twice before.",
        "Speaking on Channel 4, Imogen Farrar of Brannock said that the fog was thick.",
        &[],
    );
    check(
        "“Nobody in the tower answered when I called them twice,” Farrar told Channel 5.",
        "“Nobody in the tower answered when I called them twice,” Farrar told Channel 4.",
        &[(Channel, Different, "Channel 5", "Channel 4")],
    );
}

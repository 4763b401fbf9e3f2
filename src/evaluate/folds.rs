//! Folds for cross-validation: every publisher in one fold, folds of like weight, the same on
//! every machine and for every order of the data.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The fold, 0..k, of each of `groups`, in the order given.
///
/// A group is a name and a weight (documents or paragraphs). A name that is listed twice is one
/// group with the sum of its weights. Groups are taken in the order of a hash of name and `seed`,
/// each into the fold that is lightest so far; of equally light folds the one with fewer groups,
/// then the first. So no fold is empty, a group's fold depends neither on the order of the data
/// nor on the machine, and no two folds lie further apart than the heaviest group.
///
/// # Errors
/// [`Usage`](crate::error::ErrorKind::Usage) for fewer than 2 folds,
/// [`Data`](crate::error::ErrorKind::Data) for fewer groups than folds.
pub fn assign_folds<S: AsRef<str>>(groups: &[(S, u64)], k: usize, seed: u64) -> Result<Vec<usize>> {
    if k < 2 {
        return Err(Error::usage(format!("{k} folds asked for, expected at least 2")));
    }
    let mut weights = BTreeMap::<&str, u64>::new();
    for (name, weight) in groups {
        let sum = weights.entry(name.as_ref()).or_default();
        *sum = sum.saturating_add(*weight);
    }
    if weights.len() < k {
        return Err(Error::data(format!(
            "{} publishers cannot fill {k} folds, expected at least one publisher a fold; add \
             data or ask for fewer folds",
            weights.len()
        )));
    }
    let mut order: Vec<_> =
        weights.iter().map(|(name, weight)| (key(name, seed), *name, *weight)).collect();
    order.sort_unstable();

    let mut loads = vec![(0_u64, 0_usize); k];
    let mut folds = BTreeMap::new();
    for (_, name, weight) in order {
        // `min_by_key` takes the first of equals.
        let lightest = (0..k).min_by_key(|&fold| loads[fold]).unwrap_or(0);
        loads[lightest].0 = loads[lightest].0.saturating_add(weight);
        loads[lightest].1 += 1;
        folds.insert(name, lightest);
    }
    Ok(groups.iter().map(|(name, _)| folds[name.as_ref()]).collect())
}

fn key(name: &str, seed: u64) -> [u8; 32] {
    Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn too_few_groups_or_folds_are_refused() {
        let groups = [("a", 3), ("b", 1), ("a", 2)];
        let error = assign_folds(&groups, 3, 0).unwrap_err().to_string();
        assert!(error.contains("2 publishers cannot fill 3 folds"), "{error}");
        assert!(assign_folds(&groups, 0, 0).is_err());
        assert!(assign_folds(&groups, 1, 0).is_err());
        let folds = assign_folds(&groups, 2, 0).unwrap();
        assert_eq!(folds[0], folds[2]);
        assert_ne!(folds[0], folds[1]);
    }

    #[test]
    fn groups_without_weight_fill_folds_too() {
        let mut folds = assign_folds(&[("a", 0), ("b", 0), ("c", 0)], 3, 7).unwrap();
        folds.sort_unstable();
        assert_eq!(folds, [0, 1, 2]);
    }

    #[test]
    fn the_seed_matters() {
        let groups: Vec<_> = (0..40).map(|i| (format!("site{i}.example"), 1)).collect();
        let by_seed = |seed| assign_folds(&groups, 5, seed).unwrap();
        assert_eq!(by_seed(1), by_seed(1));
        assert_ne!(by_seed(1), by_seed(2));
    }

    proptest! {
        #[test]
        fn folds_are_filled_balanced_and_blind_to_order(
            weights in prop::collection::btree_map("[a-d]{1,3}", 0_u64..50, 5..40),
            k in 2_usize..6,
            seed: u64,
            turn in 0_usize..40,
        ) {
            let mut groups: Vec<(String, u64)> = weights.into_iter().collect();
            let folds = assign_folds(&groups, k, seed).unwrap();
            let mut loads = vec![0; k];
            let mut members = vec![0; k];
            for ((_, weight), &fold) in groups.iter().zip(&folds) {
                loads[fold] += weight;
                members[fold] += 1;
            }
            prop_assert!(members.iter().all(|&n| n > 0), "{:?}", members);
            let heaviest = groups.iter().map(|g| g.1).max().unwrap();
            let apart = loads.iter().max().unwrap() - loads.iter().min().unwrap();
            prop_assert!(apart <= heaviest, "{:?}", loads);

            let by_name: BTreeMap<String, usize> =
                groups.iter().map(|g| g.0.clone()).zip(folds).collect();
            let n = groups.len();
            groups.rotate_left(turn % n);
            groups[..n / 2].reverse();
            for (group, fold) in groups.iter().zip(assign_folds(&groups, k, seed).unwrap()) {
                prop_assert_eq!(by_name[&group.0], fold);
            }
        }
    }
}

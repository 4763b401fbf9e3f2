//! What the counts of a paragraph say about it.

/// How many other documents of a publisher hold a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sighting {
    /// Other documents that hold it, at most `others`.
    pub holders: u32,
    /// Other documents.
    pub others: u32,
}

/// What the two features of a [`Sighting`] weigh, in calibrated log-odds of boilerplate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Of [`Sighting::share`].
    pub share: f64,
    /// Of [`Sighting::log_holders`].
    pub log_holders: f64,
}

/// Added to the holders and others of a share, as if one more document did not hold the paragraph:
/// the share of one in one is no certainty.
const SMOOTHING: f64 = 1.0;

impl Sighting {
    /// Holders of all others and one more, 0..1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.holders) / (f64::from(self.others) + SMOOTHING)
    }

    /// ln(1 + holders).
    #[must_use]
    pub fn log_holders(self) -> f64 {
        libm::log1p(f64::from(self.holders))
    }
}

/// The weights that are used.
///
/// Fitted by maximum likelihood on the out-of-fold scores of the real articles of news-text and
/// sloppy-text; `evaluate --cross-validate --with-templates` prints them (docs/templates.md).
pub const WEIGHTS: Weights = Weights { share: 1.426, log_holders: 1.69 };

impl Weights {
    /// What a sighting adds to the log-odds of boilerplate: 0 for a paragraph that no other document
    /// holds. A paragraph seen nowhere else is no less boilerplate for it: links to other articles
    /// change from page to page.
    #[must_use]
    pub fn log_odds(self, sighting: Sighting) -> f64 {
        self.share * sighting.share() + self.log_holders * sighting.log_holders()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_holders_and_a_greater_share_are_more_evidence_and_none_is_none() {
        let odds = |holders, others| WEIGHTS.log_odds(Sighting { holders, others });
        assert_eq!(odds(0, 0), 0.0);
        assert_eq!(odds(0, 44), 0.0);
        assert!(odds(1, 1) > 0.0);
        assert!(odds(2, 44) > odds(1, 44));
        assert!(odds(2, 4) > odds(2, 44));
        let weights = Weights { share: 2.0, log_holders: 1.0 };
        // 3 of 4 and one more: 2 * 3/5 + ln 4.
        let sighting = Sighting { holders: 3, others: 4 };
        assert!((weights.log_odds(sighting) - (1.2 + 4.0_f64.ln())).abs() < 1e-12);
    }
}

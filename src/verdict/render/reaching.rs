//! The column of a table's cell, past the cells that reach down from rows above.

/// Columns that cells of rows above reach into, and how far this row has come.
///
/// A row costs its cells and the columns that are reached into, and a cell reaches into 254 rows at
/// most: time is linear in the cells of a table.
#[derive(Default)]
pub(super) struct Reaching {
    /// Each column once, the first one first, with the rows that it is still reached into.
    above: Vec<(usize, u8)>,
    /// The same for the cells of this row, of the rows below.
    new: Vec<(usize, u8)>,
    /// How many of `above` stand before the cells of this row that have come so far.
    passed: usize,
    /// The column that the last of these cells would have without the rows above.
    last: u16,
}

impl Reaching {
    /// The column of a cell that its row alone would put at `column`, and that spans `rows`.
    ///
    /// The cells of a row come in the order of their columns. One that does not begins anew.
    pub(super) fn place(&mut self, column: u16, rows: u8) -> usize {
        if column < self.last {
            self.passed = 0;
        }
        self.last = column;
        // What the cell before has passed lies before this one too.
        let mut at = usize::from(column) + self.passed;
        while self.above.get(self.passed).is_some_and(|&(taken, _)| taken <= at) {
            (self.passed, at) = (self.passed + 1, at + 1);
        }
        if rows > 1 {
            self.new.push((at, rows));
        }
        at
    }

    /// Begins the next row.
    pub(super) fn next_row(&mut self) {
        self.above.append(&mut self.new);
        self.above.iter_mut().for_each(|(_, rows)| *rows -= 1);
        self.above.retain(|&(_, rows)| rows > 0);
        // Two runs that are sorted already: a sort that finds them merges them in linear time.
        self.above.sort();
        self.above.dedup_by_key(|(column, _)| *column);
        (self.passed, self.last) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    /// Rows of cells, each with the column that its row alone gives it and the rows that it spans.
    type Rows = Vec<Vec<(u16, u8)>>;

    fn columns(rows: &Rows) -> Vec<Vec<usize>> {
        let mut reaching = Reaching::default();
        let mut found = Vec::new();
        for row in rows {
            found.push(row.iter().map(|&(column, rows)| reaching.place(column, rows)).collect());
            reaching.next_row();
        }
        found
    }

    /// Naive twin: a cell goes past each column in turn that a row above has reached down into.
    fn naive(rows: &Rows) -> Vec<Vec<usize>> {
        // The last row, exclusive, that each column is reached into.
        let mut until = BTreeMap::<usize, usize>::new();
        let mut found = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let above = until.clone();
            let place = |column: u16| {
                let mut at = usize::from(column);
                for (&taken, &until) in &above {
                    at += usize::from(until > index && taken <= at);
                }
                at
            };
            let places: Vec<usize> = row.iter().map(|&(column, _)| place(column)).collect();
            // Of two cells at one column, as where columns have no more numbers, the first one ends.
            let mut ends = BTreeMap::<usize, usize>::new();
            for (&at, &(_, rows)) in places.iter().zip(row).filter(|(_, (_, rows))| *rows > 1) {
                let end = index + usize::from(rows);
                ends.entry(at).and_modify(|known| *known = end.min(*known)).or_insert(end);
            }
            until.extend(ends);
            found.push(places);
        }
        found
    }

    proptest! {
        #[test]
        fn columns_are_those_of_the_naive_way(
            rows in prop::collection::vec(prop::collection::vec((0..9u16, 0..6u8), 0..9), 0..12),
            in_order in any::<bool>(),
        ) {
            let mut rows = rows;
            if in_order {
                rows.iter_mut().for_each(|row| row.sort_unstable());
            }
            prop_assert_eq!(columns(&rows), naive(&rows));
        }
    }

    #[test]
    fn cells_stand_beside_those_that_reach_down() {
        // Three rows of two cells; the first cell spans all rows, the last of the second row two.
        let rows = vec![vec![(0, 3), (1, 1)], vec![(0, 1), (1, 2)], vec![(0, 1), (1, 1)]];
        assert_eq!(columns(&rows), [[0, 1], [1, 2], [1, 3]]);
    }

    #[test]
    fn time_grows_with_the_cells() {
        let started = Instant::now();
        // To go through all columns above for each cell would be thirty thousand million steps.
        let wide: Vec<(u16, u8)> = (0..60_000).map(|column| (column, 30)).collect();
        let plain: Vec<(u16, u8)> = (0..60_000).map(|column| (column, 1)).collect();
        let mut rows = vec![wide];
        rows.extend(std::iter::repeat_n(plain, 20));
        let found = columns(&rows);
        assert_eq!(found[20], (60_000..120_000).collect::<Vec<_>>());
        // Long tables, each row of which reaches far down.
        let found = columns(&vec![vec![(0, u8::MAX), (1, 1)]; 20_000]);
        // Of the 254 rows above, each has its first cell at another column.
        assert_eq!(found[19_999].len(), 2);
        assert!(found[19_999][0] < 255, "{:?}", found[19_999]);
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }
}

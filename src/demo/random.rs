//! Random numbers from a fixed seed.

/// A generator with reproducible numbers (SplitMix64).
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`, which is above 0.
    pub fn below(&mut self, end: i64) -> i64 {
        (self.next() % end.max(1).unsigned_abs()) as i64
    }

    /// True with this probability in percent.
    pub fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    /// A random item; `None` of an empty slice.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as i64) as usize)
    }

    /// A random item by its weight, the second value of each pair.
    pub fn weighted<'a, T>(&mut self, items: &'a [(T, i64)]) -> Option<&'a T> {
        let total = items.iter().map(|(_, weight)| weight).sum();
        let mut remaining = self.below(total);
        let item = items.iter().find(|(_, weight)| {
            remaining -= weight;
            remaining < 0
        });
        item.map(|(item, _)| item)
    }

    /// A duration around a median in hours: most are shorter, some much longer.
    pub fn hours(&mut self, median: i64) -> i64 {
        const SPREAD: [i64; 12] = [15, 25, 40, 55, 75, 95, 110, 135, 165, 200, 250, 340];
        let share = self.pick(&SPREAD).copied().unwrap_or(100);
        median * (share + self.below(15)) / 100
    }
}

//! The positions of labels beside a chart.

/// Moves labels apart so that each has `gap` to the next, as near as possible to their ideal positions, between `top` and
/// `bottom`. `ideal` are sorted; so is the result.
pub fn spread(ideal: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    // Labels that touch form a group, which is centred on the mean of the ideal positions of its labels.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for position in ideal {
        let mut group = (*position, 1);
        while let Some((center, size)) = groups.last().copied() {
            let reach = gap * (size + group.1) as f64 / 2.0;
            if group.0 - center >= reach {
                break;
            }
            groups.pop();
            let all = size + group.1;
            group = (
                (center * size as f64 + group.0 * group.1 as f64) / all as f64,
                all,
            );
        }
        let half = gap * (group.1 - 1) as f64 / 2.0;
        group.0 = group.0.min(bottom - half).max(top + half);
        groups.push(group);
    }
    let positions = groups.into_iter().flat_map(|(center, size)| {
        let first = center - gap * (size - 1) as f64 / 2.0;
        (0..size).map(move |index| first + gap * index as f64)
    });
    let mut positions: Vec<f64> = positions.collect();
    keep_apart(&mut positions, gap, top, bottom);
    positions
}

/// Groups that the ends pushed together may touch again: from the bottom up, then from the top down.
fn keep_apart(positions: &mut [f64], gap: f64, top: f64, bottom: f64) {
    let mut lowest = bottom;
    for position in positions.iter_mut().rev() {
        *position = position.min(lowest);
        lowest = *position - gap;
    }
    let mut highest = top;
    for position in positions.iter_mut() {
        *position = position.max(highest);
        highest = *position + gap;
    }
}

/// A name that fits beside a chart: at most so many characters.
pub fn short(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        None => name.to_owned(),
        Some(_) => {
            let start: String = name.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", start.trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_space_stay_where_they_belong() {
        assert_eq!(
            spread(&[10.0, 40.0, 90.0], 14.0, 0.0, 100.0),
            [10.0, 40.0, 90.0]
        );
    }

    #[test]
    fn labels_that_touch_share_the_space_around_them() {
        assert_eq!(spread(&[50.0, 50.0], 14.0, 0.0, 100.0), [43.0, 57.0]);
        assert_eq!(spread(&[2.0, 3.0], 14.0, 0.0, 100.0), [0.0, 14.0]);
        assert_eq!(spread(&[99.0, 100.0], 14.0, 0.0, 100.0), [86.0, 100.0]);
    }

    #[test]
    fn labels_never_touch() {
        let ideal: Vec<f64> = (0..7).map(|index| f64::from(index * index) * 2.0).collect();
        let positions = spread(&ideal, 14.0, 0.0, 100.0);
        assert!(
            positions.windows(2).all(|pair| pair[1] - pair[0] > 13.9),
            "{positions:?}"
        );
        assert!(
            positions[0] >= 0.0 && positions[6] <= 100.1,
            "{positions:?}"
        );
    }

    #[test]
    fn a_long_name_is_cut_to_its_space() {
        assert_eq!(short("Proposal", 10), "Proposal");
        assert_eq!(short("Ofertă trimisă", 8), "Ofertă…");
    }
}
